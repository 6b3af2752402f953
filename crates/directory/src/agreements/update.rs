use riskgate_store::retry;

use super::RESOURCE;
use super::create::check;
use crate::{Actor, AuditEntry, Directory, DirectoryError, other_target};

impl Directory {
    /// Changes the name of terms of use, or whether they must be opened before they are accepted. What was accepted stays
    /// accepted.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::InvalidValue`], [`DirectoryError::Store`].
    pub async fn update_agreement(
        &self,
        actor: &Actor,
        id: &str,
        display_name: Option<&str>,
        is_viewing_required: Option<bool>,
    ) -> Result<(), DirectoryError> {
        retry(|| async {
            let mut agreement = self.existing_agreement(id).await?;
            let record = &mut agreement.record;
            if let Some(name) = display_name {
                record.display_name = Some(name.to_owned());
            }
            if is_viewing_required.is_some() {
                record.is_viewing_before_acceptance_required = is_viewing_required;
            }
            check(record)?;
            let target = other_target(RESOURCE, &record.id, record.display_name.as_deref());
            let mut batch = self.batch();
            batch.update(&agreement)?;
            let entry = AuditEntry::new("Edit Terms Of Use", "Policy", "Update").target(target);
            self.audit(&mut batch, actor, entry)?;
            Ok(self.store.commit(batch).await?)
        })
        .await
    }
}
