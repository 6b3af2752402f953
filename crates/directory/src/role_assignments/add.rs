use riskgate_model::UnifiedRoleAssignment;
use riskgate_store::{StoreError, retry, tables};

use crate::identifiers::relation_id;
use crate::roles::Role;
use crate::{Actor, AuditEntry, Directory, DirectoryError, other_target, role, user_target};

impl Directory {
    /// Gives a user a directory role, for the whole tenant (`directoryScopeId` is `/`).
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`] for an unknown user or role; [`DirectoryError::NotSupported`] for another scope or a
    /// principal that is no user; [`DirectoryError::Conflicting`] if the user has the role; [`DirectoryError::Store`].
    pub async fn add_role_assignment(
        &self,
        actor: &Actor,
        principal_id: &str,
        role_definition_id: &str,
        directory_scope_id: &str,
    ) -> Result<UnifiedRoleAssignment, DirectoryError> {
        if directory_scope_id != "/" {
            return Err(DirectoryError::not_supported("A role that is limited to a part of the directory"));
        }
        let role = role(role_definition_id).ok_or_else(|| DirectoryError::not_found(role_definition_id))?;
        retry(|| self.try_add_role_assignment(actor, principal_id, role)).await
    }

    async fn try_add_role_assignment(
        &self,
        actor: &Actor,
        principal_id: &str,
        role: &Role,
    ) -> Result<UnifiedRoleAssignment, DirectoryError> {
        let Some(user) = self.versioned_user(principal_id).await? else {
            return Err(self.refuse_principal(principal_id).await?);
        };
        let assignment = role_assignment(&user.record.id, role);
        let mut batch = self.batch();
        // The user's row goes along unchanged, so that disabling or deleting the user at the same moment, seen as no
        // administrator yet, collides with this.
        batch.update(&user)?;
        batch.insert(&assignment)?;
        let entry = AuditEntry::new("Add member to role", "RoleManagement", "Assign")
            .target(user_target(&user.record, &[]))
            .target(other_target("Role", role.template_id, Some(role.display_name)));
        self.audit(&mut batch, actor, entry)?;
        match self.store.commit(batch).await {
            Err(StoreError::Exists { table, .. }) if table == tables::ROLE_ASSIGNMENTS.name => {
                Err(DirectoryError::Conflicting)
            }
            Err(error) => Err(error.into()),
            Ok(()) => Ok(assignment),
        }
    }

    async fn refuse_principal(&self, id: &str) -> Result<DirectoryError, DirectoryError> {
        let is_other =
            self.find_group(id).await?.is_some() || self.find_service_principal(id).await?.is_some();
        Ok(match is_other {
            true => DirectoryError::not_supported("A directory role for a group or an application"),
            false => DirectoryError::not_found(id),
        })
    }
}

/// The record that gives a user a role; its identifier follows from both, as in Graph.
pub(crate) fn role_assignment(user_id: &str, role: &Role) -> UnifiedRoleAssignment {
    UnifiedRoleAssignment {
        id: format!("{}-1", relation_id(&[role.template_id, user_id])),
        directory_scope_id: Some("/".to_owned()),
        principal_id: Some(user_id.to_owned()),
        role_definition_id: Some(role.template_id.to_owned()),
        ..UnifiedRoleAssignment::default()
    }
}
