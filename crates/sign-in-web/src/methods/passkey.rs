use async_trait::async_trait;
use axum::response::Response;
use http::StatusCode;
use riskgate_authentication::PasskeyError;
use riskgate_model::{AuthenticationMethodKind, User};

use super::{Asking, Method, Sent, Verdict};
use crate::SignInWeb;
use crate::error::PageError;
use crate::pages::{PasskeyPage, render};
use crate::routes::waiting::Waiting;

/// A passkey.
pub(super) struct Passkey;

#[async_trait]
impl Method for Passkey {
    fn name(&self) -> &'static str {
        "passkey"
    }

    fn label(&self) -> &'static str {
        "Use a passkey"
    }

    async fn of(&self, web: &SignInWeb, user: &User) -> Result<Option<AuthenticationMethodKind>, PageError> {
        if !web.passkeys.are_available() {
            return Ok(None);
        }
        let passkeys = web.passkeys.list(&user.id).await.map_err(PageError::internal)?;
        Ok((!passkeys.is_empty()).then_some(AuthenticationMethodKind::Fido2))
    }

    async fn page(&self, web: &SignInWeb, asking: &Asking<'_>) -> Result<Response, PageError> {
        let challenge = web.passkeys.challenge_for(&asking.user.id, asking.flow).await;
        let challenge = challenge.map_err(PageError::internal)?;
        let browser = web.browser(asking.headers);
        let anti_forgery = browser.token(&web.forms, self.name());
        let page = PasskeyPage {
            organization: &web.organization,
            username: asking.username(),
            flow: asking.flow,
            anti_forgery: &anti_forgery,
            options: &challenge.options,
            pending: &challenge.pending,
            other_ways: asking.other_ways(web, &browser),
            is_risk_driven: asking.is_risk_driven,
            problem: asking.problem,
        };
        Ok(browser.keep(render(StatusCode::OK, &page, &asking.target.origins())))
    }

    async fn verify(&self, web: &SignInWeb, waiting: &Waiting, sent: &Sent) -> Result<Verdict, PageError> {
        match web.passkeys.verify(&sent.flow, sent.field("pending"), sent.field("answer")).await {
            Ok(user_id) if user_id == waiting.user.id => Ok(Verdict::Passed(AuthenticationMethodKind::Fido2)),
            Ok(_) => Err(PageError::Expired),
            Err(error) => problem(&error).map(Verdict::Wrong).ok_or_else(|| PageError::internal(error)),
        }
    }
}

/// What a person reads whose passkey was not accepted; `None` where that is nobody's mistake.
pub(crate) fn problem(error: &PasskeyError) -> Option<&'static str> {
    match error {
        PasskeyError::Wrong | PasskeyError::Expired => {
            Some("That did not work. Try again, and answer within five minutes.")
        }
        PasskeyError::Unknown => {
            Some("That passkey is not registered here. Use another one, or another way.")
        }
        PasskeyError::Cloned { .. } => Some(
            "That passkey can no longer be used, because there may be a copy of it. Use another way, and remove it from your account.",
        ),
        PasskeyError::Exists => Some("That passkey is registered already."),
        PasskeyError::TooMany => Some("You have ten passkeys already. Remove one first."),
        PasskeyError::Unavailable | PasskeyError::Failed(_) => None,
    }
}
