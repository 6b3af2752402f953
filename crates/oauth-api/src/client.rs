use std::sync::Arc;

use riskgate_directory::{Platform, redirect_uri_matches};
use riskgate_model::{AppRoleAssignment, Application, ServicePrincipal};
use riskgate_store::StoreExt;
use riskgate_store::records::{ClientCredential, Revision};

use crate::error::{OAuthError, quote};
use crate::state::App;

/// A registered application that is enabled in the tenant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Client {
    pub(crate) app_id: String,
    pub(crate) application: Application,
    pub(crate) principal: ServicePrincipal,
    /// What it may prove itself with.
    pub(crate) credentials: Vec<ClientCredential>,
    /// What it was granted at other applications.
    pub(crate) roles: Vec<AppRoleAssignment>,
}

impl App {
    /// The application of a `client_id`, as it is at this moment: it is kept in memory, and the store is asked whether any
    /// was changed since.
    ///
    /// # Errors
    /// `unauthorized_client` if there is none or it is disabled.
    pub(crate) async fn client(&self, client_id: &str) -> Result<Arc<Client>, OAuthError> {
        // The number comes first: what is read after it is at least as new as it says.
        let revision = self.api.store.load::<Revision>(self.api.tenant, Revision::CLIENTS).await?;
        let revision = revision.map_or(0, |revision| revision.version);
        if let Some(client) = self.clients.get(client_id, revision) {
            return Ok(client);
        }
        let client = Arc::new(self.read_client(client_id).await?);
        self.clients.keep(client_id, revision, client.clone());
        Ok(client)
    }

    async fn read_client(&self, client_id: &str) -> Result<Client, OAuthError> {
        let directory = &self.api.directory;
        let application = directory.find_application(client_id).await?;
        let principal = directory.find_service_principal_of(client_id).await?;
        let (Some(application), Some(principal)) = (application, principal) else {
            let message =
                format!("Application with identifier '{}' was not found in the directory.", quote(client_id));
            return Err(OAuthError::unauthorized_client(700_016, message));
        };
        let is_disabled = principal.account_enabled == Some(false)
            || principal.is_disabled == Some(true)
            || application.is_disabled == Some(true);
        if is_disabled {
            let message = format!("Application '{}' is disabled.", quote(client_id));
            return Err(OAuthError::unauthorized_client(7_000_112, message));
        }
        let app_id = application.app_id.clone().unwrap_or_else(|| client_id.to_owned());
        let credentials = self.api.tokens.client_credentials(&app_id).await?;
        let roles = directory.app_role_assignments_of(&principal.id).await?;
        Ok(Client { app_id, application, principal, credentials, roles })
    }
}

impl Client {
    /// Where this redirect address is registered; `None` if it is not. One that is registered for several platforms
    /// counts for the one that asks for more proof of who redeems the code.
    pub(crate) fn platform(&self, redirect_uri: &str) -> Option<Platform> {
        [Platform::Spa, Platform::PublicClient, Platform::Web].into_iter().find(|platform| {
            self.redirect_uris(*platform).iter().any(|known| redirect_uri_matches(known, redirect_uri))
        })
    }

    /// Whether exactly this address is registered, for any platform.
    pub(crate) fn has_redirect_uri(&self, uri: &str) -> bool {
        let platforms = [Platform::Spa, Platform::PublicClient, Platform::Web];
        platforms.into_iter().any(|platform| self.redirect_uris(platform).iter().any(|known| known == uri))
    }

    /// Whether every token of it may be refreshed without proof of who it is: it is a program on someone's machine and
    /// not a server beside it, whose refresh tokens look the same.
    pub(crate) fn is_native(&self) -> bool {
        self.is_public() && self.redirect_uris(Platform::Web).is_empty()
    }

    /// Whether some of its tokens were given out without proof of who it is.
    pub(crate) fn has_public_platform(&self) -> bool {
        self.is_public() || !self.redirect_uris(Platform::Spa).is_empty()
    }

    /// Whether it may use flows without a redirect address and without proof of who it is ("allow public client flows").
    pub(crate) fn allows_public_flows(&self) -> bool {
        self.application.is_fallback_public_client == Some(true)
    }

    /// Whether it runs on someone's machine outside of a browser.
    pub(crate) fn is_public(&self) -> bool {
        self.allows_public_flows() || !self.redirect_uris(Platform::PublicClient).is_empty()
    }

    fn redirect_uris(&self, platform: Platform) -> &[String] {
        let application = &self.application;
        let uris = match platform {
            Platform::Web => application.web.as_ref().map(|web| &web.redirect_uris),
            Platform::Spa => application.spa.as_ref().map(|spa| &spa.redirect_uris),
            Platform::PublicClient => application.public_client.as_ref().map(|public| &public.redirect_uris),
        };
        uris.map(Vec::as_slice).unwrap_or_default()
    }
}
