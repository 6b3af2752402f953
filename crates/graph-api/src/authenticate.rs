//! From an access token to a [`Caller`] (contract §3.1, RFC 6750, RFC 9449).

use axum::http::{HeaderMap, HeaderValue, header};
use riskgate_core::Timestamp;
use riskgate_http::{RequestContext, SentToken, access_token};
use riskgate_model::User;
use riskgate_odata::Filter;
use riskgate_store::records::Session;
use riskgate_store::{StoreExt, Versioned};
use riskgate_tokens::{AccessToken, Actor, DPOP_ALGORITHMS, DpopError, Presented, UserActor, VerifyError};

use crate::caller::{Caller, CallerKind};
use crate::challenge::{challenge, check_risk};
use crate::dispatch::GraphRequest;
use crate::error::GraphError;
use crate::state::GraphApi;

/// `aud` of tokens for Microsoft Graph, besides our own base URL.
const AUDIENCES: [&str; 2] = ["https://graph.microsoft.com", riskgate_directory::GRAPH_APP_ID];

/// Who sends the request.
///
/// # Errors
/// 401 unless there is exactly one good token of an account that is still enabled, whose sessions were not revoked and
/// whose risk was not raised since it was issued in a way that policies refuse; 503 if that cannot be told.
pub(crate) async fn authenticate(api: &GraphApi, request: &GraphRequest) -> Result<Caller, GraphError> {
    let sent = sent_token(&request.headers)?;
    let presented = Presented {
        token: sent.token,
        is_dpop: sent.is_dpop,
        proof: sent.proof,
        method: request.method.as_str(),
        url: &format!("{}/v1.0{}", api.base_url, request.path),
    };
    let verified = api.tokens.verify_presented(presented, |audience| is_ours(api, audience)).await;
    let token = verified.map_err(refusal)?;
    caller_of(api, &token, &request.context).await
}

/// Who sent a request that is still being answered, as he is now. A key the token is bound to was proven when the request
/// came; the proof was for that moment.
///
/// # Errors
/// Those of [`authenticate`].
pub(crate) async fn authenticate_again(
    api: &GraphApi,
    headers: &HeaderMap,
    context: &RequestContext,
) -> Result<Caller, GraphError> {
    let sent = sent_token(headers)?;
    let verified = api.tokens.verify_access_token(sent.token, |audience| is_ours(api, audience)).await;
    let token = verified.map_err(refusal)?;
    caller_of(api, &token, context).await
}

fn sent_token(headers: &HeaderMap) -> Result<SentToken<'_>, GraphError> {
    access_token(headers).ok_or_else(|| GraphError::unauthorized("Access token is empty."))
}

fn is_ours(api: &GraphApi, audience: &str) -> bool {
    let audience = audience.strip_suffix('/').unwrap_or(audience);
    AUDIENCES.contains(&audience) || audience == api.base_url
}

async fn caller_of(
    api: &GraphApi,
    token: &AccessToken,
    context: &RequestContext,
) -> Result<Caller, GraphError> {
    match &token.actor {
        Actor::User(user) => user_caller(api, token, user, context).await,
        Actor::Application { service_principal_id, roles } => {
            application_caller(api, token, service_principal_id, roles).await
        }
    }
}

fn refusal(error: VerifyError) -> GraphError {
    match error {
        VerifyError::Missing => GraphError::unauthorized("Access token is empty."),
        VerifyError::Expired | VerifyError::NotYetValid => {
            GraphError::unauthorized("Access token has expired or is not yet valid.")
        }
        VerifyError::Revoked => GraphError::unauthorized("Access token was revoked."),
        VerifyError::WrongAudience => {
            GraphError::unauthorized("Access token validation failure. Invalid audience.")
        }
        VerifyError::Malformed | VerifyError::Signature | VerifyError::WrongIssuer => {
            GraphError::unauthorized("Access token validation failure.")
        }
        VerifyError::Proof(error) => bound(error),
        VerifyError::Unavailable(error) => {
            tracing::error!(%error, "access tokens cannot be checked");
            GraphError::unavailable()
        }
    }
}

/// A token that is bound to a key, without a good proof of it (RFC 9449 §7.1).
fn bound(error: DpopError) -> GraphError {
    let challenge = format!("DPoP error=\"invalid_token\", algs=\"{}\"", DPOP_ALGORITHMS.join(" "));
    let mut refused = GraphError::unauthorized(&format!("Access token validation failure: {error}."));
    // The names of the algorithms are always good in a header.
    if let Ok(value) = HeaderValue::from_str(&challenge) {
        refused.headers = vec![(header::WWW_AUTHENTICATE, value)];
    }
    refused
}

async fn user_caller(
    api: &GraphApi,
    token: &AccessToken,
    actor: &UserActor,
    context: &RequestContext,
) -> Result<Caller, GraphError> {
    let user = api.store.load::<User>(api.tenant, &actor.user_id).await?;
    let Some(Versioned { record: user, .. }) = user.filter(|user| user.record.account_enabled == Some(true))
    else {
        return Err(challenge(api, token, token.issued_at, "Access token validation failure."));
    };
    let valid_from = user.sign_in_sessions_valid_from_date_time;
    if is_revoked(api, token, actor, valid_from).await? {
        let since = valid_from.unwrap_or(token.issued_at);
        return Err(challenge(api, token, since, "Access token has expired or is not yet valid."));
    }
    check_risk(api, token, actor, &user, context).await?;
    let roles = api.directory.role_template_ids(&user.id).await?;
    Ok(Caller {
        app_id: token.app_id.clone(),
        permissions: actor.scopes.clone(),
        kind: CallerKind::User {
            id: user.id,
            user_principal_name: user.user_principal_name.unwrap_or_default(),
            roles: roles.into_iter().collect(),
            is_guest: user.user_type.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("guest")),
        },
    })
}

/// Whether the user's sessions were revoked since the token was issued. Tokens count whole seconds; within the second of
/// the revocation the session decides, which a revocation removes and a new sign-in makes anew.
async fn is_revoked(
    api: &GraphApi,
    token: &AccessToken,
    actor: &UserActor,
    valid_from: Option<Timestamp>,
) -> Result<bool, GraphError> {
    let Some(valid_from) = valid_from else { return Ok(false) };
    let (issued, valid) = (token.issued_at.as_seconds(), valid_from.as_seconds());
    if issued != valid {
        return Ok(issued < valid);
    }
    let Some(session) = &actor.session_id else { return Ok(true) };
    let session = api.store.find_one::<Session>(api.tenant, Filter::equals("sessionId", session)).await?;
    Ok(session.is_none_or(|session| session.record.created_date_time < valid_from))
}

async fn application_caller(
    api: &GraphApi,
    token: &AccessToken,
    service_principal_id: &str,
    roles: &[String],
) -> Result<Caller, GraphError> {
    let principal = api.directory.find_service_principal(service_principal_id).await?;
    let Some(principal) = principal.filter(|principal| principal.account_enabled != Some(false)) else {
        return Err(GraphError::unauthorized("Access token validation failure."));
    };
    Ok(Caller {
        app_id: token.app_id.clone(),
        permissions: roles.to_vec(),
        kind: CallerKind::Application {
            service_principal_id: principal.id,
            display_name: principal.display_name.unwrap_or_default(),
        },
    })
}
