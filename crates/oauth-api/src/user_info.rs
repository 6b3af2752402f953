//! `GET|POST /oidc/userinfo` (OpenID Connect Core §5.3).

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use riskgate_directory::GRAPH_APP_ID;
use riskgate_http::RequestContext;
use riskgate_model::User;
use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use riskgate_store::records::Session;
use riskgate_tokens::{AccessToken, Actor, UserActor, VerifyError};
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
    let user = current_user(app, &token, actor).await?;
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

/// The user of a token, if the account is enabled and its sessions were not revoked since. Tokens count whole seconds;
/// within the second of a revocation the session decides, which a revocation removes.
async fn current_user(app: &App, token: &AccessToken, actor: &UserActor) -> Result<User, OAuthError> {
    let revoked = || unauthorized("The access token is not valid, or not valid any more.");
    let user = app.api.directory.find_user(&actor.user_id).await?;
    let user = user.filter(|user| user.account_enabled == Some(true)).ok_or_else(revoked)?;
    let Some(valid_from) = user.sign_in_sessions_valid_from_date_time else { return Ok(user) };
    let (issued, valid) = (token.issued_at.as_seconds(), valid_from.as_seconds());
    if issued > valid {
        return Ok(user);
    }
    let session = actor.session_id.as_deref().filter(|_| issued == valid).ok_or_else(revoked)?;
    let filter = Filter::equals("sessionId", session);
    let session = app.api.store.find_one::<Session>(app.api.tenant, filter).await?;
    let is_good = session.is_some_and(|session| session.record.created_date_time >= valid_from);
    if is_good { Ok(user) } else { Err(revoked()) }
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
