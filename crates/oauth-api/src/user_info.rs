//! `GET|POST /oidc/userinfo` (OpenID Connect Core §5.3).

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use riskgate_directory::GRAPH_APP_ID;
use riskgate_http::{RequestContext, access_token};
use riskgate_tokens::{Actor, DpopError, Presented, VerifyError};
use serde_json::{Value as Json, json};

use crate::answer::json_answer;
use crate::error::OAuthError;
use crate::proof::sentence;
use crate::state::App;
use crate::trace::Trace;

/// The endpoint.
pub(crate) async fn user_info(
    State(app): State<Arc<App>>,
    context: RequestContext,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let trace = Trace::new(&context, None);
    match claims(&app, &method, &headers).await {
        Ok(claims) => json_answer(&claims, &trace),
        Err(error) => refuse(&error, &trace),
    }
}

async fn claims(app: &App, method: &Method, headers: &HeaderMap) -> Result<Json, OAuthError> {
    let Some(sent) = access_token(headers) else { return Err(unauthorized("The access token is empty.")) };
    let is_ours = |audience: &str| {
        audience == "https://graph.microsoft.com" || audience == GRAPH_APP_ID || app.origin.is_ours(audience)
    };
    let presented = Presented {
        token: sent.token,
        is_dpop: sent.is_dpop,
        proof: sent.proof,
        method: method.as_str(),
        url: &format!("{}/oidc/userinfo", app.api.base_url),
    };
    let token = app.api.tokens.verify_presented(presented, is_ours).await.map_err(|error| match error {
        VerifyError::Unavailable(error) => error.into(),
        VerifyError::Proof(error) => unbound(error),
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

fn unauthorized(message: &str) -> OAuthError {
    let error = OAuthError::bad("invalid_token", 50_013, message);
    OAuthError { status: StatusCode::UNAUTHORIZED, ..error }
}

/// A token that is bound to a key, without a good proof of it (RFC 9449 §7.1).
fn unbound(error: DpopError) -> OAuthError {
    let error = OAuthError::bad("invalid_dpop_proof", 50_027, sentence(&error.to_string()));
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
        StatusCode::UNAUTHORIZED if error.error == "invalid_dpop_proof" => {
            "DPoP error=\"invalid_token\", algs=\"ES256 RS256 PS256\""
        }
        StatusCode::UNAUTHORIZED => "Bearer error=\"invalid_token\"",
        StatusCode::FORBIDDEN => "Bearer error=\"insufficient_scope\", scope=\"openid\"",
        _ => return response,
    };
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    response
}
