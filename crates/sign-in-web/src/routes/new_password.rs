use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::HeaderMap;
use riskgate_access::Control;
use riskgate_authentication::PasswordRefused;
use riskgate_directory::Actor;
use riskgate_http::RequestContext;
use riskgate_ports::MailContent;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::outcome::shown::new_password_page;
use crate::pages::NewPasswordReason;
use crate::routes::waiting::{Waiting, go_on};

/// What the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    flow: String,
    anti_forgery: String,
    #[serde(rename = "newPassword")]
    new_password: SecretString,
    #[serde(rename = "confirmPassword")]
    confirm_password: SecretString,
}

/// `POST /signin/new-password`: the password a person chooses instead of the one an administrator set, or because his
/// account is at risk.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = change(&web, &context, &headers, sent).await;
    answer(&web, &context, result)
}

async fn change(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    web.check_form(headers, "new-password", &sent.anti_forgery)?;
    let mut waiting = Waiting::load(web, &sent.flow).await?;
    // Only after everything else was passed: whoever waits for a code cannot change the password first.
    let record = &waiting.interaction.record;
    let reason = match waiting.control() {
        Some(Control::ChangePassword) => NewPasswordReason::Risk,
        None if record.must_change_password => NewPasswordReason::of(record.is_password_breached),
        _ => return Err(PageError::Expired),
    };
    let again = |problem: &str, waiting: &Waiting| {
        let name = waiting.username();
        Ok(new_password_page(web, headers, &waiting.target, name, &sent.flow, reason, Some(problem)))
    };
    if sent.new_password.expose_secret() != sent.confirm_password.expose_secret() {
        return again("The two entries differ. Type the same password twice.", &waiting);
    }
    let password = sent.new_password.clone();
    let chosen = match reason {
        NewPasswordReason::Risk => secure(web, context, &mut waiting, password).await?,
        _ => web.passwords.choose(&waiting.user, password).await.map_err(PageError::internal)?,
    };
    match chosen {
        Ok(()) => {
            web.notify(context, &waiting.user, MailContent::PasswordChanged, "");
            waiting.interaction.record.must_change_password = false;
            go_on(web, context, headers, waiting).await
        }
        Err(refused) => again(why(refused), &waiting),
    }
}

/// What a person reads whose new password is refused.
pub(crate) fn why(refused: PasswordRefused) -> &'static str {
    match refused {
        PasswordRefused::Breached => {
            "That password is known from data breaches elsewhere, so anybody can try it. Choose another one."
        }
        PasswordRefused::Unchanged => "Choose a password other than the current one.",
        PasswordRefused::TooWeak => {
            "That password is too short, too simple, or it contains your name. Choose another one."
        }
        PasswordRefused::Banned => {
            "That password is made of words that are tried first, so it is easy to guess. Choose another one."
        }
    }
}

/// Sets the password of an account at risk, ends everything that was signed in with the old one, and closes the risk.
async fn secure(
    web: &SignInWeb,
    context: &RequestContext,
    waiting: &mut Waiting,
    password: SecretString,
) -> Result<Result<(), PasswordRefused>, PageError> {
    let user = &waiting.user;
    let hash = match web.passwords.hash_chosen(user, password).await.map_err(PageError::internal)? {
        Ok(hash) => hash,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut actor = Actor::user(&user.id, waiting.username());
    actor.ip_address = Some(context.address.to_string());
    actor.correlation_id = waiting.target.request().map(|request| request.correlation_id.clone());
    web.directory.set_password(&actor, &user.id, &hash, false).await.map_err(PageError::internal)?;
    web.protection.password_was_secured(&user.id, &actor).await.map_err(PageError::internal)?;
    // What was proven before this moment counts no longer, for nobody. He who has just passed a second factor and chosen
    // the password is the one who goes on.
    let now = web.clock.now();
    for used in &mut waiting.interaction.record.authentication.methods {
        used.at = now;
    }
    Ok(Ok(()))
}
