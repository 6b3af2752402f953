//! Cross-origin reading (Fetch standard §3.2). What is answered here depends on secrets in the request itself, never on a
//! cookie, so every origin may read it, as with Entra.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

const HEADERS: &str = "Authorization, Content-Type, DPoP, client-request-id, return-client-request-id, \
                       x-client-SKU, x-client-VER, x-client-OS, x-client-CPU, x-client-current-telemetry, \
                       x-client-last-telemetry, x-ms-lib-capability, X-AnchorMailbox";

/// Middleware: answers preflights, and lets every origin read the answer.
pub(crate) async fn allow_any_origin(request: Request, next: Next) -> Response {
    if request.method() == Method::OPTIONS {
        let mut response = StatusCode::NO_CONTENT.into_response();
        let headers = response.headers_mut();
        allow(headers);
        for (name, value) in [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS"),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS),
            (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        return response;
    }
    let mut response = next.run(request).await;
    allow(response.headers_mut());
    response
}

fn allow(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let exposed = "request-id, client-request-id, Retry-After, WWW-Authenticate";
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(exposed));
}
