use std::collections::BTreeSet;

use http::HeaderMap;
use riskgate_directory::{ACCOUNT_APP_ID, GRAPH_APP_ID, SIGN_IN_SCOPES};
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationFacts, ClientAppType, TransferMethod, User, UserAction};
use riskgate_protection::{Attempt, SignInApplication, SignInKind, SignInResource};
use riskgate_store::records::{AuthorizationRequest, SignInTarget};
use secrecy::{ExposeSecret, SecretString};

use crate::SignInWeb;
use crate::error::PageError;

/// Where a sign-in leads, looked up.
pub(crate) struct Target {
    pub(crate) target: SignInTarget,
    /// Name shown to the person.
    pub(crate) application_name: String,
    /// Who answers, so that an application with several providers cannot mix them up (RFC 9207).
    pub(crate) issuer: String,
}

impl Target {
    pub(crate) fn request(&self) -> Option<&AuthorizationRequest> {
        match &self.target {
            SignInTarget::Application(request) => Some(request),
            SignInTarget::Device(device) => Some(&device.request),
            SignInTarget::Page(_) | SignInTarget::Action { .. } => None,
        }
    }

    /// Where a form may lead besides our own pages: browsers apply `form-action` to the redirect after it as well.
    pub(crate) fn origins(&self) -> Vec<String> {
        match &self.target {
            SignInTarget::Application(request) => vec![riskgate_http::origin(&request.redirect_uri)],
            SignInTarget::Device(_) | SignInTarget::Page(_) | SignInTarget::Action { .. } => Vec::new(),
        }
    }

    /// What was proven on the way there. Whoever signs another device in does so by the device code flow from the first
    /// judgement on, and so does everything that device gets; the device of this browser says nothing about that one.
    pub(crate) fn proofs(&self, proven: &AuthenticationFacts) -> AuthenticationFacts {
        match &self.target {
            SignInTarget::Device(_) => AuthenticationFacts {
                transfer_method: Some(TransferMethod::DeviceCodeFlow),
                device_id: None,
                ..proven.clone()
            },
            SignInTarget::Application(_) | SignInTarget::Page(_) | SignInTarget::Action { .. } => {
                proven.clone()
            }
        }
    }

    /// Whether it is a native application, which shows errors itself.
    pub(crate) fn is_native(&self) -> bool {
        match &self.target {
            SignInTarget::Application(request) => {
                client_app_type(&request.redirect_uri) == ClientAppType::MobileAppsAndDesktopClients
            }
            SignInTarget::Device(_) | SignInTarget::Page(_) | SignInTarget::Action { .. } => false,
        }
    }

    /// Whether the application allows no page (`prompt=none`).
    pub(crate) fn is_silent(&self) -> bool {
        self.request().is_some_and(|request| request.prompt.iter().any(|prompt| prompt == "none"))
    }
}

/// A wrong password of somebody who is signed in, or was.
pub(crate) struct WrongPassword<'a> {
    pub(crate) user: &'a User,
    pub(crate) target: &'a Target,
    /// What [`SignInWeb::password_tag`] gave for it.
    pub(crate) password_tag: u64,
}

impl SignInWeb {
    /// What equal passwords share.
    pub(crate) async fn password_tag(&self, password: &SecretString) -> Result<u64, PageError> {
        self.protection.password_tag(password.expose_secret()).await.map_err(PageError::internal)
    }

    /// Counts a wrong password that was typed on another page than the first one, as an attack on the address or the
    /// password it may be.
    pub(crate) async fn count_wrong_password(
        &self,
        wrong: &WrongPassword<'_>,
        context: &RequestContext,
        headers: &HeaderMap,
    ) -> Result<(), PageError> {
        let proven = AuthenticationFacts::default();
        let attempt =
            self.attempt(SignInKind::Interactive, wrong.user, wrong.target, &proven, context, headers);
        let attempt = Attempt { password_tag: Some(wrong.password_tag), ..attempt };
        self.protection.count_failure(&attempt, true).await.map_err(PageError::internal)
    }

    /// Opens the sealed target of an address or form.
    pub(crate) async fn target(&self, context: &str) -> Result<Target, PageError> {
        let target =
            self.forms.sealed().open(SignInTarget::PURPOSE, context).map_err(|_| PageError::Expired)?;
        self.look_up(target).await
    }

    /// Adds what is shown of a target.
    pub(crate) async fn look_up(&self, target: SignInTarget) -> Result<Target, PageError> {
        let application_name = match &target {
            SignInTarget::Page(_) | SignInTarget::Action { .. } => "Your account".to_owned(),
            SignInTarget::Application(request) => self.application_name(&request.client_id).await?,
            SignInTarget::Device(device) => self.application_name(&device.request.client_id).await?,
        };
        Ok(Target { target, application_name, issuer: self.tokens.issuer().to_owned() })
    }

    async fn application_name(&self, app_id: &str) -> Result<String, PageError> {
        let found = self.directory.find_service_principal_of(app_id).await;
        let found = found.map_err(PageError::internal)?.ok_or(PageError::Expired)?;
        Ok(found.display_name.unwrap_or_else(|| app_id.to_owned()))
    }

    /// The attempt to get there.
    pub(crate) fn attempt(
        &self,
        kind: SignInKind,
        user: &User,
        target: &Target,
        authentication: &AuthenticationFacts,
        context: &RequestContext,
        headers: &HeaderMap,
    ) -> Attempt {
        Attempt {
            kind,
            user: user.clone(),
            application: application(target),
            address: context.address,
            user_agent: context.user_agent.clone(),
            session: None,
            device_cookie_id: self.device_cookie_id(headers),
            password_tag: None,
            request_id: context.request_id.clone(),
            correlation_id: target
                .request()
                .map_or(&context.correlation_id, |request| &request.correlation_id)
                .clone(),
            authentication: target.proofs(authentication),
        }
    }
}

fn application(target: &Target) -> SignInApplication {
    let request = match &target.target {
        SignInTarget::Application(request) => request,
        SignInTarget::Device(device) => &device.request,
        SignInTarget::Page(_) => return own_application(None),
        SignInTarget::Action { user_action, .. } => return own_application(Some(*user_action)),
    };
    let name = Some(target.application_name.clone());
    let mut resources = Vec::new();
    if permissions(request).next().is_some() || asks_for_default(request) {
        let graph = Some("Microsoft Graph".to_owned());
        resources.push(SignInResource { app_id: GRAPH_APP_ID.to_owned(), display_name: graph });
    }
    // Whoever asks for an id token is signed in to, so its own policies count.
    if resources.is_empty() || request.scopes.iter().any(|scope| scope == "openid") {
        resources.push(SignInResource { app_id: request.client_id.clone(), display_name: name.clone() });
    }
    SignInApplication {
        client_app_id: request.client_id.clone(),
        client_display_name: name,
        resources,
        client_app_type: client_app_type(&request.redirect_uri),
        user_action: None,
        authentication_contexts: request.claims.contexts(),
    }
}

/// Riskgate's own pages: the account itself, or something done there, which has no resource.
fn own_application(user_action: Option<UserAction>) -> SignInApplication {
    let name = Some("Riskgate Account".to_owned());
    let own = SignInResource { app_id: ACCOUNT_APP_ID.to_owned(), display_name: name.clone() };
    SignInApplication {
        client_app_id: ACCOUNT_APP_ID.to_owned(),
        client_display_name: name,
        resources: if user_action.is_none() { vec![own] } else { Vec::new() },
        client_app_type: ClientAppType::Browser,
        user_action,
        authentication_contexts: BTreeSet::new(),
    }
}

/// A native application is answered on the machine itself, by a scheme of its own, or, on another device, not at all.
fn client_app_type(redirect_uri: &str) -> ClientAppType {
    let host = redirect_uri.strip_prefix("http://");
    let is_loopback =
        host.is_some_and(|h| ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| h.starts_with(own)));
    if is_loopback || !(redirect_uri.starts_with("https://") || redirect_uri.starts_with("http://")) {
        ClientAppType::MobileAppsAndDesktopClients
    } else {
        ClientAppType::Browser
    }
}

/// Names of the Graph permissions a request asks for, whatever resource they are prefixed with.
pub(crate) fn permissions(request: &AuthorizationRequest) -> impl Iterator<Item = &str> {
    let names = request.scopes.iter().map(|scope| scope.rsplit('/').next().unwrap_or_default());
    names.filter(|name| *name != ".default" && !SIGN_IN_SCOPES.contains(name))
}

fn asks_for_default(request: &AuthorizationRequest) -> bool {
    request.scopes.iter().any(|scope| scope.ends_with(".default"))
}
