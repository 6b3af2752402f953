use std::collections::BTreeSet;

use riskgate_model::{UnifiedRoleAssignment, User};
use riskgate_odata::Filter;
use riskgate_store::StoreExt;

use crate::{Directory, DirectoryError, role};

impl Directory {
    /// Template identifiers of the roles a user has.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn role_template_ids(&self, user_id: &str) -> Result<BTreeSet<String>, DirectoryError> {
        let assignments = self.role_assignments(Filter::equals("principalId", user_id)).await?;
        Ok(assignments.into_iter().filter_map(|assignment| assignment.role_definition_id).collect())
    }

    /// The users who have a role, enabled or not, by identifier.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`] for an unknown role, [`DirectoryError::Store`].
    pub async fn members_of_role(&self, role_template_id: &str) -> Result<Vec<User>, DirectoryError> {
        let role = role(role_template_id).ok_or_else(|| DirectoryError::not_found(role_template_id))?;
        let assignments = self.role_assignments(Filter::equals("roleDefinitionId", role.template_id)).await?;
        let ids: Vec<String> =
            assignments.into_iter().filter_map(|assignment| assignment.principal_id).collect();
        let mut users: Vec<User> = self.with_ids(&ids).await?;
        users.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(users)
    }

    /// The role assignments that match; `filter` may use `principalId` and `roleDefinitionId`.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn role_assignments(
        &self,
        filter: Filter,
    ) -> Result<Vec<UnifiedRoleAssignment>, DirectoryError> {
        let rows = self.store.find_all::<UnifiedRoleAssignment>(self.tenant, filter).await?;
        Ok(rows.into_iter().map(|row| row.record).collect())
    }
}
