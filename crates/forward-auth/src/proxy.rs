use http::HeaderMap;
use riskgate_http::RequestContext;
use serde::Deserialize;

use crate::refusal::Refusal;

/// Who asks: how it says what the original request is, and what it does with the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Proxy {
    /// `auth_request`.
    Nginx,
    /// `ForwardAuth`.
    Traefik,
    /// `forward_auth`.
    Caddy,
    /// `ext_authz` over HTTP.
    Envoy,
}

impl Proxy {
    /// Whether it hands an answer other than 2xx on to the browser. nginx understands 401 and 403 only, and takes headers
    /// from them.
    pub(crate) fn passes_answers_on(self) -> bool {
        self != Self::Nginx
    }
}

/// Refuses what did not come through a trusted proxy, or says in two ways where it came from: a proxy writes one of
/// them, and the other is what the visitor made up.
///
/// # Errors
/// [`Refusal::Untrusted`], [`Refusal::Setup`].
pub(crate) fn check_proxy(context: &RequestContext, headers: &HeaderMap) -> Result<(), Refusal> {
    if !context.is_from_trusted_proxy {
        return Err(Refusal::Untrusted);
    }
    if headers.contains_key("forwarded") && headers.contains_key("x-forwarded-for") {
        let reason = "the request has Forwarded and X-Forwarded-For; let the proxy remove one of them";
        return Err(Refusal::Setup(reason.to_owned()));
    }
    Ok(())
}
