use crate::error::OAuthError;
use crate::state::App;

impl App {
    /// Checks the first segment of a path: the tenant's identifier, one of its verified domains, `common` or
    /// `organizations`, in any case, since MSAL for JavaScript lower-cases the whole authority.
    pub(crate) async fn check_tenant(&self, name: &str) -> Result<(), OAuthError> {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        if is(&self.api.tenant.to_string()) || is("common") || is("organizations") {
            return Ok(());
        }
        // Domains are shorter; nothing longer is looked up.
        if name.len() <= 256 && self.domains().await?.iter().any(|domain| is(domain)) {
            return Ok(());
        }
        Err(OAuthError::unknown_tenant(name))
    }

    /// The tenant's verified domains.
    pub(crate) async fn domains(&self) -> Result<Vec<String>, OAuthError> {
        let organization = self.api.directory.organization().await?;
        Ok(organization.verified_domains.into_iter().filter_map(|domain| domain.name).collect())
    }
}
