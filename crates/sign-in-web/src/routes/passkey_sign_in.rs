use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::HeaderMap;
use riskgate_authentication::PasskeyError;
use riskgate_http::RequestContext;
use riskgate_model::{
    AuthenticationFacts, AuthenticationMethodKind, BaseAuthenticationMethod, RiskLevel, User,
};
use riskgate_protection::{Completion, FailedSignIn, SignInKind};
use serde::Deserialize;
use tokio::time::Instant;

use crate::SignInWeb;
use crate::attempt::Target;
use crate::error::{PageError, answer};
use crate::methods::passkey::problem;
use crate::outcome::next::{Arrival, next};
use crate::outcome::refused::{Refusal, refusal, refused_page};
use crate::routes::sign_in::{Shown, page};

/// The account is disabled.
const DISABLED: i32 = 50_057;
/// What was asked for was not passed.
const NOT_PASSED: i32 = 500_121;

/// What the sign-in page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    ctx: String,
    anti_forgery: String,
    pending: String,
    answer: String,
}

/// `POST /signin/with-passkey`: a passkey, which says who it is.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = sign_in(&web, &context, &headers, &sent).await;
    answer(&web, &context, result)
}

async fn sign_in(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: &Sent,
) -> Result<Response, PageError> {
    web.check_form(headers, "sign-in", &sent.anti_forgery)?;
    let target = web.target(&sent.ctx).await?;
    let (browser, began) = (web.browser(headers), Instant::now());
    let user_id = match web.passkeys.verify(browser.id(), &sent.pending, &sent.answer).await {
        Ok(user_id) => user_id,
        Err(error) => {
            let refused = refuse(web, context, headers, &target, sent, error).await;
            web.level(began).await;
            return refused;
        }
    };
    let user = web.directory.find_user(&user_id).await.map_err(PageError::internal)?;
    let user = user.ok_or(PageError::Expired)?;
    if user.account_enabled == Some(false) {
        record_failure(web, context, headers, &target, &user, DISABLED).await?;
        let shown = Refusal { application: Some(&target.application_name), ..refusal(DISABLED) };
        return Ok(refused_page(web, context, &shown));
    }
    if !web.permitted(&user).await?.permits(BaseAuthenticationMethod::Fido2) {
        record_failure(web, context, headers, &target, &user, NOT_PASSED).await?;
        let problem = Some("Your organization no longer lets you sign in with a passkey. Use your password.");
        return page(web, headers, &target, &Shown { ctx: &sent.ctx, username: "", problem }).await;
    }
    arrive(web, context, headers, &target, &user, AuthenticationMethodKind::Fido2).await
}

/// Judges a sign-in that begins with a method that is both kinds of factor. What was found about it was found while its owner proved two kinds of factor, so that closes it as a
/// second factor after a password would.
pub(super) async fn arrive(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    target: &Target,
    user: &User,
    kind: AuthenticationMethodKind,
) -> Result<Response, PageError> {
    let mut proven = AuthenticationFacts::default();
    proven.pass(kind, web.clock.now());
    let proven = web.with_device(context, headers, &user.id, &proven).await?;
    let mut authentication = target.proofs(&proven);
    let attempt = web.attempt(SignInKind::Interactive, user, target, &authentication, context, headers);
    let mut judgement = web.protection.judge(&attempt).await.map_err(PageError::internal)?;
    if judgement.sign_in_level != RiskLevel::None {
        authentication.pass(kind, web.clock.now());
        let completion = Completion { sign_in_id: &judgement.sign_in_id, authentication: &authentication };
        judgement = web.protection.complete(&completion).await.map_err(PageError::internal)?;
    }
    let arrival = Arrival {
        user,
        target,
        authentication: &authentication,
        judgement: &judgement,
        must_change_password: false,
        is_password_breached: false,
        passed: &[],
        session: None,
    };
    next(web, context, headers, &arrival).await
}

/// The sign-in page again. Only a copied passkey is kept in the log: whoever sends anything else has shown nothing that
/// belongs to an account.
async fn refuse(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    target: &Target,
    sent: &Sent,
    error: PasskeyError,
) -> Result<Response, PageError> {
    let Some(problem) = problem(&error) else { return Err(PageError::internal(error)) };
    if let PasskeyError::Cloned { user_id } = &error
        && let Some(user) = web.directory.find_user(user_id).await.map_err(PageError::internal)?
    {
        record_failure(web, context, headers, target, &user, NOT_PASSED).await?;
    }
    let shown = Shown { ctx: &sent.ctx, username: "", problem: Some(problem) };
    page(web, headers, target, &shown).await
}

async fn record_failure(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    target: &Target,
    user: &User,
    error_code: i32,
) -> Result<(), PageError> {
    let proven = AuthenticationFacts::default();
    let attempt = web.attempt(SignInKind::Interactive, user, target, &proven, context, headers);
    let failed = FailedSignIn { attempt: &attempt, error_code };
    web.protection.record_failure(&failed).await.map_err(PageError::internal)
}
