use riskgate_model::Group;
use riskgate_store::records::{DeletedKind, GroupMembership};
use riskgate_store::retry;

use crate::users::deleted_item;
use crate::{Actor, AuditEntry, Directory, DirectoryError, group_target};

impl Directory {
    /// Deletes a group: the object moves to the deleted items for 30 days, its memberships are gone at once.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::Store`].
    pub async fn delete_group(&self, actor: &Actor, id: &str) -> Result<(), DirectoryError> {
        let id = retry(|| self.try_delete_group(actor, id)).await?;
        // There may be any number of memberships, too many for one batch. Those that are left say nothing: whoever
        // reads memberships looks whether the group is there.
        for column in ["groupId", "memberId"] {
            if let Err(error) = self.sweep_away::<GroupMembership>(column, &id).await {
                tracing::warn!(group = %id, %error, "memberships of a deleted group are left behind");
            }
        }
        Ok(())
    }

    async fn try_delete_group(&self, actor: &Actor, id: &str) -> Result<String, DirectoryError> {
        let group = self.existing_group(id).await?;
        let now = self.now();
        let mut batch = self.batch();
        batch.delete(&group);
        let gone = Group { deleted_date_time: Some(now), ..group.record.clone() };
        batch.insert(&deleted_item(DeletedKind::Group, &gone.id, &gone, now))?;
        let entry = AuditEntry::new("Delete group", "GroupManagement", "Delete");
        self.audit(&mut batch, actor, entry.target(group_target(&group.record, &[])))?;
        self.store.commit(batch).await?;
        Ok(gone.id)
    }
}
