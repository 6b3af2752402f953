use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderMap, HeaderValue};
use riskgate_core::{Clock, Rng, Timestamp, is_guid};

use crate::{ClientCertificate, TrustedProxies, client_address};

/// Longest `User-Agent` that is kept, in bytes.
const MAX_USER_AGENT: usize = 1024;

/// What [`with_context`] needs.
#[derive(Clone)]
pub struct HttpContext {
    /// Proxies that are believed.
    pub trusted_proxies: TrustedProxies,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness for request identifiers.
    pub rng: Arc<dyn Rng>,
}

/// What is known about a request before anything of it is handled.
#[derive(Debug, Clone)]
pub struct RequestContext {
    /// Identifier given by us, a GUID; header `request-id` of the answer.
    pub request_id: String,
    /// The client's `client-request-id` if it is a GUID, otherwise the request identifier.
    pub correlation_id: String,
    /// Where the request came from.
    pub address: IpAddr,
    /// Whether the peer is a proxy that is believed.
    pub is_from_trusted_proxy: bool,
    /// `User-Agent`, cut to 1,024 bytes.
    pub user_agent: Option<String>,
    /// The certificate the client proved itself with, where one is asked for.
    pub client_certificate: Option<ClientCertificate>,
    /// When it arrived.
    pub at: Timestamp,
}

/// Middleware: puts a [`RequestContext`] into the request and both identifiers into the answer.
pub async fn with_context(State(http): State<HttpContext>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    let peer = peer.unwrap_or_else(|| SocketAddr::from(([0, 0, 0, 0], 0)));
    let certificate = request.extensions().get::<ClientCertificate>().cloned();
    let context = RequestContext {
        client_certificate: certificate,
        ..RequestContext::new(&http, peer, request.headers())
    };
    let ids =
        [("request-id", context.request_id.clone()), ("client-request-id", context.correlation_id.clone())];
    request.extensions_mut().insert(context);
    let mut response = next.run(request).await;
    for (name, id) in ids {
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().entry(name).or_insert(value);
        }
    }
    response
}

impl RequestContext {
    fn new(http: &HttpContext, peer: SocketAddr, headers: &HeaderMap) -> Self {
        let request_id = http.rng.guid();
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let correlation_id =
            text("client-request-id").filter(|id| is_guid(id)).unwrap_or(&request_id).to_owned();
        Self {
            correlation_id,
            address: client_address(peer, headers, &http.trusted_proxies),
            is_from_trusted_proxy: http.trusted_proxies.contains(peer.ip()),
            user_agent: text("user-agent").map(|agent| agent.chars().take(MAX_USER_AGENT).collect()),
            client_certificate: None,
            at: http.clock.now(),
            request_id,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for RequestContext {
    type Rejection = Infallible;

    #[allow(
        clippy::expect_used,
        reason = "a router without the middleware is a programming error every test would show"
    )]
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().expect("with_context is around every router").clone())
    }
}
