use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use riskgate_authentication::PasswordOwner;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::new_password::why;
use crate::SignInWeb;
use crate::texts::current;

/// Name of the form, for its anti-forgery token.
pub(crate) const STRENGTH: &str = "password-strength";

/// What the script of the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
    #[serde(default)]
    username: String,
    password: SecretString,
}

/// `POST /signin/password-strength`: how hard a password would be to guess, and why it would be refused. Nobody is looked up:
/// the name as sent is all that is known of the person, and nothing is kept.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    if web.check_form(&headers, STRENGTH, &sent.anti_forgery).is_err() {
        return StatusCode::FORBIDDEN.into_response();
    }
    let owner = PasswordOwner { user_principal_name: &sent.username, ..PasswordOwner::default() };
    let rules = web.passwords.rules();
    let Some(score) = web.strength.measure(&sent.password, rules, owner).await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let (score, text) = match rules.check(sent.password.expose_secret(), owner) {
        Ok(()) => (score, said(score)),
        Err(refused) => (score.min(1), why(refused)),
    };
    let translation = current();
    let text = translation.as_ref().map_or(text, |translation| translation.text(text));
    let body = serde_json::json!({ "score": score, "text": text }).to_string();
    let mut response = ([(header::CONTENT_TYPE, "application/json")], body).into_response();
    riskgate_http::page_headers(response.headers_mut(), &[]);
    response
}

fn said(score: u8) -> &'static str {
    match score {
        0 => "Guessed at once. Use more words, or words that do not belong together.",
        1 => "Easy to guess. Use more words, or words that do not belong together.",
        2 => "Could be guessed by somebody who takes the time.",
        3 => "Hard to guess.",
        _ => "Very hard to guess.",
    }
}
