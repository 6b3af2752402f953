use riskgate_model::ConditionalAccessPolicy;
use riskgate_odata::Filter;
use riskgate_store::records::AgreementFileRecord;
use riskgate_store::{StoreExt, retry};

use super::RESOURCE;
use crate::{Actor, AuditEntry, Directory, DirectoryError, other_target};

impl Directory {
    /// Deletes terms of use that no policy asks for, with their files. What people answered stays as evidence.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::InvalidValue`] while a policy asks for it,
    /// [`DirectoryError::Store`].
    pub async fn delete_agreement(&self, actor: &Actor, id: &str) -> Result<(), DirectoryError> {
        retry(|| self.try_delete_agreement(actor, id)).await
    }

    async fn try_delete_agreement(&self, actor: &Actor, id: &str) -> Result<(), DirectoryError> {
        let agreement = self.existing_agreement(id).await?;
        let policies = self.store.find_all::<ConditionalAccessPolicy>(self.tenant, Filter::Constant(true));
        let asks = |policy: &ConditionalAccessPolicy| {
            let controls = policy.grant_controls.as_ref();
            controls.is_some_and(|c| c.terms_of_use.iter().any(|asked| asked.eq_ignore_ascii_case(id)))
        };
        if let Some(policy) = policies.await?.into_iter().map(|row| row.record).find(asks) {
            return Err(DirectoryError::InvalidValue {
                resource: RESOURCE,
                property: "id".to_owned(),
                reason: format!("The policy with id {} asks for it. Remove it there first.", policy.id),
            });
        }
        let filter = Filter::equals("agreementId", agreement.record.id.as_str());
        let mut batch = self.batch();
        for file in self.store.find_all::<AgreementFileRecord>(self.tenant, filter).await? {
            batch.delete(&file);
        }
        batch.delete(&agreement);
        let target = other_target(RESOURCE, &agreement.record.id, agreement.record.display_name.as_deref());
        let entry = AuditEntry::new("Delete Terms Of Use", "Policy", "Delete").target(target);
        self.audit(&mut batch, actor, entry)?;
        Ok(self.store.commit(batch).await?)
    }
}
