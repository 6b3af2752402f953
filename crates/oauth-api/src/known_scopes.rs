use riskgate_directory::permission;

use crate::error::{OAuthError, quote};
use crate::scope::{ResourceName, Scope, ScopeKind};
use crate::state::App;

impl App {
    /// Every resource must be there, and every scope of Microsoft Graph must be one that can be consented to.
    ///
    /// # Errors
    /// `invalid_scope`, `invalid_resource`.
    pub(crate) async fn check_scopes(&self, scopes: &[Scope]) -> Result<(), OAuthError> {
        let mut checked: Vec<&ResourceName> = Vec::new();
        for scope in scopes {
            if let Some(name) = scope.resource().filter(|name| !checked.contains(name)) {
                self.resource(name).await?;
                checked.push(name);
            }
            let ScopeKind::Named(ResourceName::Graph, name) = &scope.kind else { continue };
            if permission(name).is_none_or(|known| known.delegated_id.is_none() || known.name != name) {
                let message = format!(
                    "The application asked for scope '{}' that doesn't exist on the resource Microsoft Graph.",
                    quote(&scope.text)
                );
                return Err(OAuthError::invalid_scope(650_053, message));
            }
        }
        Ok(())
    }
}
