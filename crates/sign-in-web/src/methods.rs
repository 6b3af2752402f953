//! The ways to prove more at a sign-in that asks for it, and the choice between them.

pub(crate) mod approval;
mod authenticator_app;
pub(crate) mod passkey;
pub(crate) mod temporary_access_pass;

use std::collections::BTreeMap;

use async_trait::async_trait;
use axum::response::Response;
use http::HeaderMap;
use riskgate_access::Control;
use riskgate_model::{AuthenticationFacts, AuthenticationMethodKind, User};

use crate::SignInWeb;
use crate::attempt::Target;
use crate::error::PageError;
use crate::forms::Browser;
use crate::routes::waiting::Waiting;

use approval::Approval;
use authenticator_app::AuthenticatorApp;
use passkey::Passkey;
use temporary_access_pass::TemporaryAccessPass;

/// Every method, the one that is preferred first.
pub(crate) static METHODS: &[&dyn Method] = &[&TemporaryAccessPass, &Passkey, &Approval, &AuthenticatorApp];

/// A way to prove more at a sign-in that asks for it.
#[async_trait]
pub(crate) trait Method: Send + Sync {
    /// Its name in forms: its page posts to `/signin/<name>` with an anti-forgery token of this name.
    fn name(&self) -> &'static str;

    /// What the list of other ways calls it.
    fn label(&self) -> &'static str;

    /// What the person would prove with it; `None` if he has none or it cannot be used here.
    async fn of(&self, web: &SignInWeb, user: &User) -> Result<Option<AuthenticationMethodKind>, PageError>;

    /// The page that asks for it.
    async fn page(&self, web: &SignInWeb, asking: &Asking<'_>) -> Result<Response, PageError>;

    /// Whether what its page sent is right.
    async fn verify(&self, web: &SignInWeb, waiting: &Waiting, sent: &Sent) -> Result<Verdict, PageError>;
}

/// What a page is about that asks for a method.
pub(crate) struct Asking<'a> {
    pub(crate) headers: &'a HeaderMap,
    pub(crate) target: &'a Target,
    pub(crate) user: &'a User,
    /// The token of the waiting sign-in, for the form.
    pub(crate) flow: &'a str,
    /// Whether a policy about risk asks.
    pub(crate) is_risk_driven: bool,
    /// Whether the person has other methods that would do.
    pub(crate) has_others: bool,
    /// What was wrong with the last answer.
    pub(crate) problem: Option<&'a str>,
}

impl Asking<'_> {
    pub(crate) fn username(&self) -> &str {
        self.user.user_principal_name.as_deref().unwrap_or_default()
    }

    /// The anti-forgery token of the form that leads to the other ways; `None` if there are none.
    pub(crate) fn other_ways(&self, web: &SignInWeb, browser: &Browser) -> Option<String> {
        self.has_others.then(|| browser.token(&web.forms, OTHER_WAYS))
    }
}

/// The form that leads to the other ways.
pub(crate) const OTHER_WAYS: &str = "other-ways";

/// What a page of a method sent.
#[derive(serde::Deserialize)]
pub(crate) struct Sent {
    pub(crate) flow: String,
    pub(crate) anti_forgery: String,
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

impl Sent {
    /// A field of the method's own; empty if it was not sent.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }
}

/// What an answer is worth.
pub(crate) enum Verdict {
    /// This was proven.
    Passed(AuthenticationMethodKind),
    /// It counts as a wrong try; what the person reads.
    Wrong(&'static str),
    /// There is nothing to decide yet; what the person reads, if anything.
    NotYet(Option<&'static str>),
    /// Its owner reported the sign-in, which ends it.
    Reported,
}

/// The methods a person has and may use that would pass a control after what he has proven, the one to ask for first.
pub(crate) async fn choices(
    web: &SignInWeb,
    user: &User,
    control: &Control,
    proven: &AuthenticationFacts,
) -> Result<Vec<&'static dyn Method>, PageError> {
    let permitted = web.permitted(user).await?;
    let mut choices = Vec::new();
    for method in METHODS {
        let Some(kind) = method.of(web, user).await?.filter(|kind| permitted.permits_kind(*kind)) else {
            continue;
        };
        if web.protection.would_pass(control, proven, kind).await.map_err(PageError::internal)? {
            choices.push(*method);
        }
    }
    Ok(choices)
}

/// Whether a person has any method besides his password that he may use.
pub(crate) async fn has_any(web: &SignInWeb, user: &User) -> Result<bool, PageError> {
    let permitted = web.permitted(user).await?;
    for method in METHODS {
        if method.of(web, user).await?.is_some_and(|kind| permitted.permits_kind(kind)) {
            return Ok(true);
        }
    }
    Ok(false)
}
