//! Continuous access evaluation: tokens are refused before they expire when something happened to the account
//! (`entra-semantics` §3.8). A client that handles claims challenges (`cp1`) is told what a new token needs, and asks
//! for one at once.

use axum::http::HeaderValue;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use riskgate_core::Timestamp;
use riskgate_directory::GRAPH_APP_ID;
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationFacts, AuthenticationMethodKind, ClientAppType, MethodUse, User};
use riskgate_protection::{Attempt, SignInApplication, SignInKind, SignInResource};
use riskgate_tokens::{AccessToken, UserActor};
use serde_json::json;

use crate::error::GraphError;
use crate::state::GraphApi;

/// 401 for a token that would be good if nothing had happened since. `since` is the moment a new proof must not be older
/// than.
pub(crate) fn challenge(api: &GraphApi, token: &AccessToken, since: Timestamp, message: &str) -> GraphError {
    if !token.handles_claims_challenges {
        return GraphError::unauthorized(message);
    }
    let nbf = json!({ "essential": true, "value": since.as_seconds().to_string() });
    let claims = STANDARD.encode(json!({ "access_token": { "nbf": nbf } }).to_string());
    let header = format!(
        "Bearer realm=\"\", authorization_uri=\"{}/{}/oauth2/v2.0/authorize\", client_id=\"{GRAPH_APP_ID}\", \
         error=\"insufficient_claims\", claims=\"{claims}\"",
        api.base_url, api.tenant
    );
    let mut error = GraphError::unauthorized(message);
    // Base URL and base64 are always good in a header.
    if let Ok(value) = HeaderValue::from_str(&header) {
        error.headers = vec![(axum::http::header::WWW_AUTHENTICATE, value)];
    }
    error
}

/// Refuses a token of a user whose risk was raised since it was issued, if policies give him none anymore.
///
/// # Errors
/// 401; 503 if that cannot be told.
pub(crate) async fn check_risk(
    api: &GraphApi,
    token: &AccessToken,
    actor: &UserActor,
    user: &User,
    context: &RequestContext,
) -> Result<(), GraphError> {
    let attempt = attempt(token, actor, user, context);
    let raised = api.protection.refused_for_risk_since(&attempt, token.issued_at).await.map_err(|error| {
        tracing::error!(%error, "the risk of a user cannot be looked up");
        GraphError::unavailable()
    })?;
    let message = "Continuous access evaluation resulted in a challenge: the risk of the user has changed since the \
                   access token was issued.";
    raised.map_or(Ok(()), |raised| Err(challenge(api, token, raised, message)))
}

/// What the token was issued for, as far as it says.
fn attempt(token: &AccessToken, actor: &UserActor, user: &User, context: &RequestContext) -> Attempt {
    let at = actor.authenticated_at.unwrap_or(token.issued_at);
    let has = |amr: &str| actor.amr.iter().any(|known| known == amr);
    // A federated sign-in names its method alike, whether it was one factor or several, and a pass whether or not it was
    // good once: then it is taken for the lesser.
    let is_multiple = |method: &AuthenticationMethodKind| match method {
        AuthenticationMethodKind::FederatedMultiFactor => has("mfa"),
        AuthenticationMethodKind::TemporaryAccessPassOneTime => false,
        _ => true,
    };
    let proven =
        AuthenticationMethodKind::ALL.into_iter().filter(|method| has(method.amr()) && is_multiple(method));
    let graph =
        SignInResource { app_id: GRAPH_APP_ID.to_owned(), display_name: Some("Microsoft Graph".to_owned()) };
    Attempt {
        kind: SignInKind::Refresh,
        user: user.clone(),
        application: SignInApplication {
            client_app_id: token.app_id.clone(),
            client_display_name: None,
            resources: vec![graph],
            client_app_type: ClientAppType::Other,
            user_action: None,
            authentication_contexts: Default::default(),
        },
        address: context.address,
        user_agent: context.user_agent.clone(),
        session: None,
        device_cookie_id: None,
        password_tag: None,
        request_id: context.request_id.clone(),
        correlation_id: context.correlation_id.clone(),
        authentication: AuthenticationFacts {
            methods: proven.map(|method| MethodUse { method, at }).collect(),
            ..AuthenticationFacts::default()
        },
    }
}
