use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::HeaderMap;
use riskgate_http::RequestContext;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::outcome::next::new_password_page;
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

/// `POST /signin/new-password`: the password a person chooses instead of the one an administrator set.
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
    let decision = web
        .protection
        .decision_of(&waiting.interaction.record.sign_in_id)
        .await
        .map_err(PageError::internal)?;
    // Only after everything else was passed: whoever waits for a code cannot change the password first.
    if !waiting.interaction.record.must_change_password
        || decision.is_none_or(|d| d.outcome.error_code().is_some())
    {
        return Err(PageError::Expired);
    }
    let again = |problem: &str, waiting: &Waiting| {
        Ok(new_password_page(web, headers, &waiting.target, waiting.username(), &sent.flow, Some(problem)))
    };
    if sent.new_password.expose_secret() != sent.confirm_password.expose_secret() {
        return again("The two entries differ. Type the same password twice.", &waiting);
    }
    match web.passwords.choose(&waiting.user, sent.new_password.clone()).await.map_err(PageError::internal)? {
        Ok(()) => {
            waiting.interaction.record.must_change_password = false;
            go_on(web, context, headers, waiting).await
        }
        Err(riskgate_authentication::PasswordRefused::Unchanged) => {
            again("Choose a password other than the current one.", &waiting)
        }
        Err(riskgate_authentication::PasswordRefused::TooWeak) => {
            again("That password is too simple, or it contains your user name. Choose another one.", &waiting)
        }
    }
}
