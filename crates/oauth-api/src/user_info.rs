//! `GET|POST /oidc/userinfo` (OpenID Connect Core §5.3).

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use riskgate_directory::GRAPH_APP_ID;
use riskgate_http::RequestContext;
use riskgate_tokens::{Actor, VerifyError};
use serde_json::{Value as Json, json};

use crate::answer::json_answer;
use crate::error::OAuthError;
use crate::state::App;
use crate::trace::Trace;

/// The endpoint.
pub(crate) async fn user_info(
    State(app): State<Arc<App>>,
    context: RequestContext,
    headers: HeaderMap,
) -> Response {
    let trace = Trace::new(&context, None);
    match claims(&app, &headers).await {
        Ok(claims) => json_answer(&claims, &trace),
        Err(error) => refuse(&error, &trace),
    }
}

async fn claims(app: &App, headers: &HeaderMap) -> Result<Json, OAuthError> {
    let Some(token) = bearer(headers) else { return Err(unauthorized("The access token is empty.")) };
    let is_ours = |audience: &str| {
        audience == "https://graph.microsoft.com" || audience == GRAPH_APP_ID || app.origin.is_ours(audience)
    };
    let token = app.api.tokens.verify_access_token(token, is_ours).await.map_err(|error| match error {
        VerifyError::Unavailable(error) => error.into(),
        _ => unauthorized("The access token is not valid, or not valid any more."),
    })?;
    let Actor::User(actor) = &token.actor else { return Err(no_scope()) };
    let has = |scope: &str| actor.scopes.iter().any(|held| held == scope);
    if !has("openid") {
        return Err(no_scope());
    }
    let user = app.user_of_token(&token, actor).await?;
    let user = user.ok_or_else(|| unauthorized("The access token is not valid, or not valid any more."))?;
    let mut claims = json!({ "sub": user.id });
    let profile = [
        ("name", &user.display_name),
        ("given_name", &user.given_name),
        ("family_name", &user.surname),
        ("preferred_username", &user.user_principal_name),
    ];
    let email = [("email", &user.mail)];
    let told = profile.iter().filter(|_| has("profile")).chain(email.iter().filter(|_| has("email")));
    for (name, value) in told {
        if let Some(value) = value {
            claims[*name] = json!(value);
        }
    }
    Ok(claims)
}

/// The token of the only `Authorization` header, if its scheme is Bearer (RFC 6750 §2.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (value, None) = (values.next()?, values.next()) else { return None };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn unauthorized(message: &str) -> OAuthError {
    let error = OAuthError::bad("invalid_token", 50_013, message);
    OAuthError { status: StatusCode::UNAUTHORIZED, ..error }
}

fn no_scope() -> OAuthError {
    let message = "The access token must be a user's, with the scope openid.";
    let error = OAuthError::bad("insufficient_scope", 65_001, message);
    OAuthError { status: StatusCode::FORBIDDEN, ..error }
}

/// The answer with the challenge of RFC 6750 §3.
fn refuse(error: &OAuthError, trace: &Trace) -> Response {
    let mut response = error.answer(trace).into_response();
    let challenge = match error.status {
        StatusCode::UNAUTHORIZED => "Bearer error=\"invalid_token\"",
        StatusCode::FORBIDDEN => "Bearer error=\"insufficient_scope\", scope=\"openid\"",
        _ => return response,
    };
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    response
}
