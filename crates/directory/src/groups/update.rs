use riskgate_model::Group;
use riskgate_store::retry;
use serde_json::{Map, Value as Json};

use super::rules::GROUP_RULES;
use crate::properties::apply;
use crate::{Actor, AuditEntry, Directory, DirectoryError, group_target};

impl Directory {
    /// Changes a group: absent properties stay, null clears.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`]; those of [`Directory::create_group`].
    pub async fn update_group(
        &self,
        actor: &Actor,
        id: &str,
        properties: &Map<String, Json>,
    ) -> Result<Group, DirectoryError> {
        retry(|| self.try_update_group(actor, id, properties)).await
    }

    async fn try_update_group(
        &self,
        actor: &Actor,
        id: &str,
        properties: &Map<String, Json>,
    ) -> Result<Group, DirectoryError> {
        let mut group = self.existing_group(id).await?;
        let (record, changes) = apply(&GROUP_RULES, &group.record, properties)?;
        group.record = record;
        if !changes.is_empty() {
            let mut batch = self.batch();
            batch.update(&group)?;
            let entry = AuditEntry::new("Update group", "GroupManagement", "Update");
            self.audit(&mut batch, actor, entry.target(group_target(&group.record, &changes)))?;
            self.store.commit(batch).await?;
        }
        Ok(group.record)
    }
}
