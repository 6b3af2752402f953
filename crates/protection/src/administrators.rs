use std::collections::BTreeMap;

use riskgate_access::Administrator;
use riskgate_directory::{Capability, ROLES};
use riskgate_model::{RiskLevel, User};

use crate::{Protection, ProtectionError};

impl Protection {
    /// The users who can sign in and change policies, by identifier.
    ///
    /// # Errors
    /// [`ProtectionError`] if the directory fails.
    pub async fn policy_administrators(&self) -> Result<Vec<User>, ProtectionError> {
        let mut users = BTreeMap::new();
        for role in ROLES.iter().filter(|role| role.capabilities.contains(&Capability::WritePolicies)) {
            let members = self.directory.members_of_role(role.template_id).await?;
            let enabled = members.into_iter().filter(|user| user.account_enabled == Some(true));
            users.extend(enabled.map(|user| (user.id.clone(), user)));
        }
        Ok(users.into_values().collect())
    }

    /// What policies see of an administrator. His own risk is left out: others, and the command line, can close it.
    ///
    /// # Errors
    /// [`ProtectionError`] if the directory or the store fails.
    pub async fn administrator(&self, user: &User) -> Result<Administrator, ProtectionError> {
        let facts = self.user_facts(user, RiskLevel::None).await?;
        Ok(Administrator { name: user.user_principal_name.clone().unwrap_or_default(), facts })
    }
}
