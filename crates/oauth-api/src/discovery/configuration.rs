use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use riskgate_http::RequestContext;
use riskgate_tokens::{ACR_MULTI_FACTOR, ACR_SINGLE_FACTOR, DPOP_ALGORITHMS, SUBJECT_TYPE};
use serde_json::{Value as Json, json};

use super::KEEP;
use crate::answer::public_answer;
use crate::path::tenant_of;
use crate::state::App;
use crate::trace::Trace;

/// The discovery document (OpenID Connect Discovery §3).
pub(crate) async fn configuration(
    State(app): State<Arc<App>>,
    tenant: Result<Path<String>, PathRejection>,
    context: RequestContext,
) -> Response {
    match app.check_tenant(&tenant_of(tenant)).await {
        Ok(()) => public_answer(&document(&app), KEEP),
        Err(error) => error.answer(&Trace::new(&context, None)),
    }
}

/// Every endpoint names the tenant by its identifier, whatever name was asked for: MSAL expects that of Entra.
fn document(app: &App) -> Json {
    let oauth = |name: &str| app.tenant_url(&format!("/oauth2/v2.0/{name}"));
    let proofs = ["client_secret_post", "private_key_jwt", "client_secret_basic"];
    json!({
        "issuer": app.api.tokens.issuer(),
        "authorization_endpoint": oauth("authorize"),
        "token_endpoint": oauth("token"),
        "device_authorization_endpoint": oauth("devicecode"),
        "jwks_uri": app.tenant_url("/discovery/v2.0/keys"),
        "userinfo_endpoint": format!("{}/oidc/userinfo", app.api.base_url),
        "end_session_endpoint": oauth("logout"),
        "revocation_endpoint": oauth("revoke"),
        "revocation_endpoint_auth_methods_supported": [proofs[0], proofs[1], proofs[2], "none"],
        "revocation_endpoint_auth_signing_alg_values_supported": ["RS256", "PS256"],
        "introspection_endpoint": oauth("introspect"),
        "introspection_endpoint_auth_methods_supported": proofs,
        "introspection_endpoint_auth_signing_alg_values_supported": ["RS256", "PS256"],
        "pushed_authorization_request_endpoint": oauth("par"),
        "require_pushed_authorization_requests": false,
        "authorization_response_iss_parameter_supported": true,
        "dpop_signing_alg_values_supported": DPOP_ALGORITHMS,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "grant_types_supported": [
            "authorization_code", "refresh_token", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code",
        ],
        "token_endpoint_auth_methods_supported": [proofs[0], proofs[1], proofs[2], "none"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256", "PS256"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "subject_types_supported": [SUBJECT_TYPE],
        "id_token_signing_alg_values_supported": ["RS256"],
        "acr_values_supported": [ACR_SINGLE_FACTOR, ACR_MULTI_FACTOR],
        "claim_types_supported": ["normal"],
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "nbf", "auth_time", "acr", "amr", "nonce", "sid", "tid", "oid", "ver",
            "at_hash", "acrs", "name", "given_name", "family_name", "preferred_username", "email",
        ],
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "claims_parameter_supported": true,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "backchannel_logout_supported": true,
        "backchannel_logout_session_supported": true,
        "frontchannel_logout_supported": false,
        "http_logout_supported": false,
        "tenant_region_scope": Json::Null,
        "cloud_instance_name": app.origin.host_and_port,
        "msgraph_host": app.origin.host_and_port,
    })
}
