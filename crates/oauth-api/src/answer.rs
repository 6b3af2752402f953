use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, header};
use serde_json::Value as Json;

use crate::trace::Trace;

/// An answer in JSON that nobody keeps (RFC 6749 §5.1), with the client's identifier for the request.
pub(crate) fn json_answer(body: &Json, trace: &Trace) -> Response {
    let mut response = json(body);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    show_correlation(headers, trace);
    response
}

/// An answer in JSON that is the same for everybody and may be kept for this many seconds.
pub(crate) fn public_answer(body: &Json, seconds: u32) -> Response {
    let mut response = json(body);
    if let Ok(value) = HeaderValue::from_str(&format!("public, max-age={seconds}")) {
        response.headers_mut().insert(header::CACHE_CONTROL, value);
    }
    response
}

/// Puts the client's identifier into the answer, also when it came as a parameter.
pub(crate) fn show_correlation(headers: &mut HeaderMap, trace: &Trace) {
    if let Ok(value) = HeaderValue::from_str(&trace.correlation_id) {
        headers.insert("client-request-id", value);
    }
}

fn json(body: &Json) -> Response {
    let mut response = body.to_string().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    response
}
