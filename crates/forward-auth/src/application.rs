use riskgate_model::{Application, ServicePrincipal};
use url::Url;

use crate::callback;
use crate::refusal::Refusal;
use crate::state::App;

/// A registered application on one of its hosts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Protected {
    pub(crate) app_id: String,
    pub(crate) display_name: Option<String>,
    /// The registered address of the callback on this host, as it is registered.
    pub(crate) redirect_uri: String,
}

impl App {
    /// The application of this `appId`, if it is enabled and registered for this origin.
    ///
    /// # Errors
    /// [`Refusal::Setup`], or what the directory fails with.
    pub(crate) async fn protected(&self, app_id: &str, origin: &str) -> Result<Protected, Refusal> {
        let directory = &self.api.directory;
        let application = directory.find_application(app_id).await.map_err(Refusal::internal)?;
        let principal = directory.find_service_principal_of(app_id).await.map_err(Refusal::internal)?;
        let (Some(application), Some(principal)) = (application, principal) else {
            return Err(Refusal::Setup("no application has the appId that the proxy names".to_owned()));
        };
        if is_disabled(&application, &principal) {
            return Err(Refusal::Disabled);
        }
        let registered = application.web.iter().flat_map(|web| &web.redirect_uris);
        let Some(redirect_uri) = registered.into_iter().find(|uri| is_callback_on(uri, origin)).cloned()
        else {
            let reason = format!("the application has no web redirect URI {origin}{}", callback::PATH);
            return Err(Refusal::Setup(reason));
        };
        let app_id = application.app_id.unwrap_or_else(|| app_id.to_owned());
        Ok(Protected { app_id, display_name: principal.display_name, redirect_uri })
    }
}

fn is_disabled(application: &Application, principal: &ServicePrincipal) -> bool {
    application.is_disabled == Some(true)
        || principal.is_disabled == Some(true)
        || principal.account_enabled == Some(false)
}

fn is_callback_on(redirect_uri: &str, origin: &str) -> bool {
    Url::parse(redirect_uri).is_ok_and(|uri| {
        uri.path() == callback::PATH && uri.query().is_none() && uri.origin().ascii_serialization() == origin
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callback_is_exact() {
        let origin = "https://wiki.example.com";
        assert!(is_callback_on("https://wiki.example.com/.riskgate/callback", origin));
        assert!(is_callback_on("https://Wiki.example.com:443/.riskgate/callback", origin));
        for other in [
            "http://wiki.example.com/.riskgate/callback",
            "https://wiki.example.com:8443/.riskgate/callback",
            "https://wiki.example.com/.riskgate/callback/",
            "https://wiki.example.com/.riskgate/callback?x",
            "https://wiki.example.com/",
            "https://evil.example/.riskgate/callback",
            "com.example:/.riskgate/callback",
        ] {
            assert!(!is_callback_on(other, origin), "{other}");
        }
    }
}
