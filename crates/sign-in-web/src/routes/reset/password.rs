use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_authentication::{AuthnError, HashError, ResetError};
use riskgate_directory::Actor;
use riskgate_http::RequestContext;
use riskgate_model::User;
use riskgate_ports::MailContent;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::pages::{MessagePage, NewPasswordPage, NewPasswordReason, render};
use crate::routes::known_context;
use crate::routes::new_password::why;
use crate::routes::password_strength::STRENGTH;

/// What the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    ctx: String,
    flow: String,
    anti_forgery: String,
    #[serde(rename = "newPassword")]
    new_password: SecretString,
    #[serde(rename = "confirmPassword")]
    confirm_password: SecretString,
}

/// `POST /signin/reset/password`: the new password of somebody who has proven that it is he.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = reset(&web, &context, &headers, sent).await;
    answer(&web, &context, result)
}

async fn reset(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    web.check_form(headers, "reset-password", &sent.anti_forgery)?;
    super::required(web)?;
    let proven = web.recovery.resets.proven(&sent.flow).await.map_err(expired)?;
    let user = web.directory.find_user(&proven.record.account).await.map_err(PageError::internal)?;
    // He may have been disabled or deleted since.
    let user = user.filter(|user| user.account_enabled == Some(true)).ok_or(PageError::Expired)?;
    let name = user.user_principal_name.as_deref().unwrap_or_default();
    let again = |problem| page(web, headers, &sent.ctx, &sent.flow, name, Some(problem));
    if sent.new_password.expose_secret() != sent.confirm_password.expose_secret() {
        return again("The two entries differ. Type the same password twice.");
    }
    let hash = match web.passwords.hash_chosen(&user, sent.new_password.clone()).await {
        Ok(Ok(hash)) => hash,
        Ok(Err(refused)) => return again(why(refused)),
        Err(AuthnError::Hash(HashError::Busy)) => return Err(PageError::Busy),
        Err(error) => return Err(PageError::internal(error)),
    };
    // One of two forms sent at once sets the password.
    web.recovery.resets.finish(&proven).await.map_err(expired)?;
    set(web, context, &user, &hash).await?;
    let link = format!("/signin?ctx={}", known_context(web, &sent.ctx));
    let message = MessagePage {
        organization: &web.organization,
        title: "Your password is set",
        text: "You are signed out everywhere. Sign in with the new password.",
        link: Some((&link, "Sign in")),
    };
    Ok(render(StatusCode::OK, &message, &[]))
}

/// Sets the password, ends everything that was signed in, forgets failures that locked the account and closes its risk.
async fn set(web: &SignInWeb, context: &RequestContext, user: &User, hash: &str) -> Result<(), PageError> {
    let mut actor = Actor::user(&user.id, user.user_principal_name.as_deref().unwrap_or_default());
    actor.ip_address = Some(context.address.to_string());
    web.directory.reset_own_password(&actor, &user.id, hash).await.map_err(PageError::internal)?;
    web.passwords.unlock(&user.id).await.map_err(PageError::internal)?;
    web.protection.password_was_reset_by_user(&user.id, &actor).await.map_err(PageError::internal)?;
    web.notify(context, user, MailContent::PasswordReset, "");
    Ok(())
}

fn expired(error: ResetError) -> PageError {
    match error {
        ResetError::Failed(error) => PageError::internal(error),
        _ => PageError::Expired,
    }
}

/// The page that asks for the new password.
pub(super) fn page(
    web: &SignInWeb,
    headers: &HeaderMap,
    ctx: &str,
    flow: &str,
    username: &str,
    problem: Option<&str>,
) -> Result<Response, PageError> {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "reset-password");
    let shown = NewPasswordPage {
        organization: &web.organization,
        username,
        action: "/signin/reset/password",
        context: ctx,
        flow,
        anti_forgery: &anti_forgery,
        strength: &browser.token(&web.forms, STRENGTH),
        reason: NewPasswordReason::Forgotten,
        problem,
    };
    Ok(browser.keep(render(StatusCode::OK, &shown, &[])))
}
