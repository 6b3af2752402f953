use riskgate_store::records::GroupMembership;
use riskgate_store::{StoreExt, retry};

use crate::{Actor, AuditEntry, Directory, DirectoryError, group_target, other_target};

impl Directory {
    /// Takes a member out of a group.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`] if there is no such group or it is not a direct member; [`DirectoryError::Store`].
    pub async fn remove_member(
        &self,
        actor: &Actor,
        group_id: &str,
        member_id: &str,
    ) -> Result<(), DirectoryError> {
        retry(|| self.try_remove_member(actor, group_id, member_id)).await
    }

    async fn try_remove_member(
        &self,
        actor: &Actor,
        group_id: &str,
        member_id: &str,
    ) -> Result<(), DirectoryError> {
        let group = self.existing_group(group_id).await?.record;
        let id = GroupMembership::new(&group.id, &member_id.to_ascii_lowercase(), "").id;
        let membership = self
            .store
            .load::<GroupMembership>(self.tenant, &id)
            .await?
            .ok_or_else(|| DirectoryError::not_found(member_id))?;
        let target = match self.member(member_id).await {
            Ok(member) => member.target(),
            // The member was deleted in between; its membership goes all the same.
            Err(DirectoryError::NotFound { .. }) => other_target("Other", &membership.record.member_id, None),
            Err(error) => return Err(error),
        };
        let mut batch = self.batch();
        batch.delete(&membership);
        let entry = AuditEntry::new("Remove member from group", "GroupManagement", "Unassign");
        self.audit(&mut batch, actor, entry.target(target).target(group_target(&group, &[])))?;
        Ok(self.store.commit(batch).await?)
    }
}
