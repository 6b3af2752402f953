use riskgate_model::UnifiedRoleAssignment;
use riskgate_store::{StoreExt, retry};

use crate::identifiers::relation_id;
use crate::{
    Actor, AuditEntry, Directory, DirectoryError, GLOBAL_ADMINISTRATOR, other_target, role, user_target,
};

impl Directory {
    /// Takes a role away.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`]; [`DirectoryError::LastAdministrator`]; [`DirectoryError::Store`].
    pub async fn remove_role_assignment(&self, actor: &Actor, id: &str) -> Result<(), DirectoryError> {
        retry(|| self.try_remove_role_assignment(actor, id)).await
    }

    /// Takes a role away from a user; the form of `DELETE /directoryRoles/{id}/members/{id}/$ref`.
    ///
    /// # Errors
    /// Those of [`Directory::remove_role_assignment`].
    pub async fn remove_role_member(
        &self,
        actor: &Actor,
        role_template_id: &str,
        user_id: &str,
    ) -> Result<(), DirectoryError> {
        let id = format!("{}-1", relation_id(&[role_template_id, user_id]));
        match self.remove_role_assignment(actor, &id).await {
            Err(DirectoryError::NotFound { .. }) => Err(DirectoryError::not_found(user_id)),
            outcome => outcome,
        }
    }

    async fn try_remove_role_assignment(&self, actor: &Actor, id: &str) -> Result<(), DirectoryError> {
        let assignment = self
            .store
            .load::<UnifiedRoleAssignment>(self.tenant, id)
            .await?
            .ok_or_else(|| DirectoryError::not_found(id))?;
        let principal_id = assignment.record.principal_id.clone().unwrap_or_default();
        let template_id = assignment.record.role_definition_id.clone().unwrap_or_default();
        let mut batch = self.batch();
        if template_id == GLOBAL_ADMINISTRATOR {
            self.keep_an_administrator(&mut batch, &principal_id).await?;
        }
        batch.delete(&assignment);
        let user = match self.find_user(&principal_id).await? {
            Some(user) => user_target(&user, &[]),
            None => other_target("User", &principal_id, None),
        };
        let name = role(&template_id).map(|role| role.display_name);
        let entry = AuditEntry::new("Remove member from role", "RoleManagement", "Unassign")
            .target(user)
            .target(other_target("Role", &template_id, name));
        self.audit(&mut batch, actor, entry)?;
        Ok(self.store.commit(batch).await?)
    }
}
