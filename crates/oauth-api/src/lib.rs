//! The OAuth 2 and OpenID Connect endpoints, in the shape in which MSAL and the Azure identity libraries take them for
//! Entra's.
//!
//! | path | file |
//! |---|---|
//! | `/{tenant}/v2.0/.well-known/openid-configuration` and what else is read before signing in | `discovery/` |
//! | `/{tenant}/oauth2/v2.0/authorize` | `authorize/` |
//! | `/{tenant}/oauth2/v2.0/par` | `authorize/push.rs` |
//! | `/{tenant}/oauth2/v2.0/token`, one file per grant | `token/` |
//! | `/{tenant}/oauth2/v2.0/devicecode` | `device_code.rs` |
//! | `/{tenant}/oauth2/v2.0/revoke` | `revoke.rs` |
//! | `/{tenant}/oauth2/v2.0/introspect` | `introspect.rs` |
//! | `/{tenant}/oauth2/v2.0/logout` | `logout.rs` |
//! | `/oidc/userinfo` | `user_info.rs` |
//! | what applications are told when a session ends | `back_channel.rs` |
//!
//! Nobody signs in here: a checked authorization request goes, sealed, to the sign-in pages, which issue the code that
//! comes back to `token/`.
//!
//! To add a grant: 1. its file in `token/`, a method of `App` that takes the `TokenRequest`; 2. its name in
//! `token::known_grant`; 3. the name in `grant_types_supported` of `discovery/configuration.rs`; 4. tests in `tests/`,
//! refusals included.
//!
//! To add an error: a constructor in `error.rs` if it has a status of its own, with the number Entra reports it by; the
//! message says what is wrong and what to do.

mod answer;
mod authorize;
mod back_channel;
mod body;
mod claims;
mod client;
mod clients;
mod cors;
mod device_code;
mod discovery;
mod dpop;
mod error;
mod intake;
mod introspect;
mod known_scopes;
mod logout;
mod origin;
mod page;
mod parameters;
mod path;
mod proof;
mod request;
mod resource;
mod revoke;
mod scope;
mod standing;
mod state;
mod tenant;
mod throttle;
mod token;
mod trace;
mod user_info;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::get;
use http::StatusCode;
use riskgate_http::RequestContext;

pub use back_channel::{BackChannel, Receivers};
pub use state::OAuthApi;

use error::OAuthError;
use intake::endpoint;
use state::App;
use trace::Trace;

/// Largest form that is read; client assertions with a certificate chain are the largest honest ones.
pub const MAX_FORM_BYTES: usize = 64 * 1024;

/// The endpoints. `riskgate_http::with_context` must be around them.
pub fn router(state: OAuthApi) -> Router {
    let app = Arc::new(App::new(state));
    let open = Router::new()
        .route("/{tenant}/v2.0/.well-known/openid-configuration", get(discovery::configuration))
        .route("/{tenant}/.well-known/openid-configuration", get(discovery::configuration))
        .route("/{tenant}/discovery/v2.0/keys", get(discovery::keys))
        .route("/common/discovery/instance", get(discovery::instance))
        .route("/common/userrealm/{name}", get(discovery::user_realm))
        .route("/{tenant}/oauth2/v2.0/token", endpoint(token::token, StatusCode::OK, "token refused"))
        .route(
            "/{tenant}/oauth2/v2.0/devicecode",
            endpoint(device_code::device_code, StatusCode::OK, "device code refused"),
        )
        .route(
            "/{tenant}/oauth2/v2.0/par",
            endpoint(authorize::push, StatusCode::CREATED, "pushed request refused"),
        )
        .route("/{tenant}/oauth2/v2.0/revoke", endpoint(revoke::revoke, StatusCode::OK, "revocation refused"))
        .route(
            "/{tenant}/oauth2/v2.0/introspect",
            endpoint(introspect::introspect, StatusCode::OK, "introspection refused"),
        )
        .route("/oidc/userinfo", get(user_info::user_info).post(user_info::user_info))
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(cors::allow_any_origin));
    Router::new()
        .route("/{tenant}/oauth2/v2.0/authorize", get(authorize::authorize).post(authorize::authorize))
        .route("/{tenant}/oauth2/v2.0/logout", get(logout::logout).post(logout::logout))
        .method_not_allowed_fallback(wrong_method)
        .merge(open)
        .with_state(app)
}

/// 405 in JSON: MSAL reads every answer as JSON.
async fn wrong_method(context: RequestContext) -> Response {
    OAuthError::wrong_method().answer(&Trace::new(&context, None))
}
