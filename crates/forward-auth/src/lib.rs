//! Forward authentication: a reverse proxy asks `/forward-auth` about each request to a web application that knows nothing
//! of OpenID Connect, and lets through what is answered with 200. So Conditional Access stands in front of any
//! application, which policies name by its `appId` like every other.
//!
//! | who asks | what |
//! |---|---|
//! | nginx, Traefik, Caddy | `/forward-auth?app=APPID&proxy=nginx\|traefik\|caddy`, the original request in headers |
//! | Envoy | `/forward-auth/envoy/APPID` followed by the original path |
//! | the browser, on the application's host | `/.riskgate/start`, `/.riskgate/callback`, `/.riskgate/sign-out` |
//!
//! # Security model
//!
//! **An application is registered**, with the redirect URI `https://HOST/.riskgate/callback` of the platform *web*. Nothing
//! is answered for a host (scheme, name and port) that the named application has no such address on. That address is also
//! the only source of where a browser is sent: of a request only the path comes back, behind a registered host, so
//! there is no open redirect.
//!
//! **The proxy is believed, and nobody else.** Method, host, path and client address of the original request come in
//! headers; requests from outside `network.trusted_proxies` are refused, and so are those that say something twice or in
//! two ways. A visitor who forges a header that the proxy passes on changes only the answer to himself, and never towards
//! access: the path decides nothing, the host must be registered and a session is bound to it.
//!
//! **Signing in is the ordinary code flow** with PKCE, `state` and `nonce`, run by Riskgate as the client of the registered
//! application. Pages, single sign-on, consent and the sign-in log are those of every application. `state` is sealed
//! and tied to the browser by a cookie, so nobody can be signed in to somebody else's account, and no callback is
//! accepted that the same browser did not begin within the hour.
//!
//! **The session** is a random token in a `__Host-` cookie of the application's host, of which the digest is kept, bound to
//! application and origin. Whoever sees the cookie, the application for one, can use it for nothing but this
//! application. With each request it is checked that the session at Riskgate it came from still exists, that the account
//! is enabled and that its sessions were not revoked.
//!
//! **Conditional Access decides again** when the last decision is older than `forward_auth.judge_again_seconds`, and at once
//! when the address, the browser, a policy, a named location or the user's risk changed. Both outcomes are kept that
//! long, so a blocked page with fifty pictures leaves one sign-in in the log. Every failure closes.
//!
//! **Identity headers** are always all there, empty if there is nothing to say, so that a proxy which copies them
//! overwrites what a visitor sent; `docs/FORWARD-AUTH.md` says for each proxy how they are removed before. Values are
//! printable ASCII, everything else is percent-encoded, so none can break out of its line, and no two users have the
//! same. Groups are given by identifier and on request only: anybody who may create a group can give it the name of
//! another one.
//!
//! To add a proxy: 1. how it says what the original request is, in `original.rs`; 2. its name and what it does with a
//! refusal, in `proxy.rs`; 3. its configuration in `docs/FORWARD-AUTH.md`; 4. a walk in `tests/forward-auth`.

mod application;
mod callback;
mod check;
mod cookies;
mod flow;
mod identity;
mod original;
mod page;
mod proxy;
mod refusal;
mod sign_out;
mod start;
mod state;
mod verdict;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get};

pub use state::ForwardAuth;

use state::App;

/// Largest form that is read.
const MAX_FORM_BYTES: usize = 16 * 1024;

/// The endpoints. `riskgate_http::with_context` must be around them.
pub fn router(state: ForwardAuth) -> Router {
    Router::new()
        .route("/forward-auth", any(check::by_headers))
        .route("/forward-auth/envoy/{app}/", any(check::by_path))
        .route("/forward-auth/envoy/{app}/{*path}", any(check::by_path))
        .route(start::PATH, get(start::start))
        .route(callback::PATH, get(callback::callback))
        .route(sign_out::PATH, get(sign_out::show).post(sign_out::submit))
        .layer(DefaultBodyLimit::max(MAX_FORM_BYTES))
        .with_state(Arc::new(App::new(state)))
}
