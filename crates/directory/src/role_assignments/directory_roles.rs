use std::collections::BTreeSet;

use riskgate_model::DirectoryRole;
use riskgate_odata::Filter;

use crate::identifiers::derived_guid;
use crate::roles::Role;
use crate::{Directory, DirectoryError, GLOBAL_ADMINISTRATOR, ROLES, role};

impl Directory {
    /// The roles somebody has, and Global Administrator; Graph calls these activated.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn directory_roles(&self) -> Result<Vec<DirectoryRole>, DirectoryError> {
        let assignments = self.role_assignments(Filter::Constant(true)).await?;
        let mut used: BTreeSet<String> =
            assignments.into_iter().filter_map(|assignment| assignment.role_definition_id).collect();
        used.insert(GLOBAL_ADMINISTRATOR.to_owned());
        let roles = ROLES.iter().filter(|role| used.contains(role.template_id));
        Ok(roles.map(|role| self.as_directory_role(role)).collect())
    }

    /// The role in this tenant, by its identifier in the tenant or its template identifier.
    pub fn directory_role(&self, id: &str) -> Option<DirectoryRole> {
        let in_tenant = |role: &&Role| self.as_directory_role(role).id.eq_ignore_ascii_case(id);
        role(id).or_else(|| ROLES.iter().find(in_tenant)).map(|role| self.as_directory_role(role))
    }

    fn as_directory_role(&self, role: &Role) -> DirectoryRole {
        DirectoryRole {
            id: derived_guid(self.tenant, role.template_id),
            deleted_date_time: None,
            description: Some(role.description.to_owned()),
            display_name: Some(role.display_name.to_owned()),
            role_template_id: Some(role.template_id.to_owned()),
        }
    }
}
