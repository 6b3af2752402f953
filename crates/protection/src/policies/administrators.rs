use std::collections::BTreeMap;

use riskgate_access::Administrator;
use riskgate_directory::{Capability, DirectoryError, ROLES};
use riskgate_model::{RiskLevel, User};

use crate::{Protection, ProtectionError};

impl Protection {
    /// The users who can sign in and change policies, by identifier.
    pub(crate) async fn policy_administrators(&self) -> Result<Vec<User>, ProtectionError> {
        let mut users = BTreeMap::new();
        for role in ROLES.iter().filter(|role| role.capabilities.contains(&Capability::WritePolicies)) {
            let members = self.directory.members_of_role(role.template_id).await?;
            let enabled = members.into_iter().filter(|user| user.account_enabled == Some(true));
            users.extend(enabled.map(|user| (user.id.clone(), user)));
        }
        Ok(users.into_values().collect())
    }

    /// What policies see of an administrator; `None` if he is in so many groups that he cannot sign in. His own risk is
    /// left out: others, and the command line, can close it.
    pub(crate) async fn administrator(&self, user: &User) -> Result<Option<Administrator>, ProtectionError> {
        let name = user.user_principal_name.clone().unwrap_or_default();
        match self.user_facts(user, RiskLevel::None).await {
            Ok(facts) => Ok(Some(Administrator { name, facts })),
            Err(ProtectionError::Directory(DirectoryError::TooManyGroups { .. })) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
