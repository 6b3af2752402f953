use riskgate_directory::{DirectoryError, GLOBAL_ADMINISTRATOR};
use riskgate_model::OidcIdentityProvider;

use super::check::invalid;
use crate::Federation;

impl Federation {
    /// Refuses domains that another provider has, and, unless that is wanted, such that no administrator is left who can
    /// sign in without a provider: one that is down or goes astray would lock everybody out.
    pub(super) async fn check_domains(
        &self,
        provider: &OidcIdentityProvider,
        known: &[OidcIdentityProvider],
        allows_lockout: bool,
    ) -> Result<(), DirectoryError> {
        let others = || known.iter().filter(|other| other.id != provider.id);
        if let Some(taken) = others().flat_map(|other| &other.domains).find(|d| provider.domains.contains(d))
        {
            return Err(invalid("domains", &format!("Another identity provider has the domain {taken}.")));
        }
        if allows_lockout || provider.domains.is_empty() || provider.is_enabled != Some(true) {
            return Ok(());
        }
        let enabled = others().filter(|other| other.is_enabled == Some(true));
        let federated: Vec<&String> =
            enabled.flat_map(|other| &other.domains).chain(&provider.domains).collect();
        let administrators = self.directory.members_of_role(GLOBAL_ADMINISTRATOR).await?;
        let is_left = administrators.iter().any(|user| {
            let name = user.user_principal_name.as_deref().unwrap_or_default();
            let domain = name.rsplit_once('@').map(|(_, domain)| domain.to_ascii_lowercase());
            user.account_enabled == Some(true) && domain.is_some_and(|domain| !federated.contains(&&domain))
        });
        if is_left {
            return Ok(());
        }
        Err(invalid(
            "domains",
            "No Global Administrator would be left who can sign in without an identity provider. Keep one whose user name \
             is in another domain.",
        ))
    }
}
