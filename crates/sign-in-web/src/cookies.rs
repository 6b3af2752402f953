//! The cookies there are.

use std::time::Duration;

use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};
use riskgate_http::{cookie, host_cookie, remove_host_cookie};

/// Keeps a browser signed in.
const SESSION: &str = "__Host-riskgate-session";
/// Ties a form to the browser it was shown to.
const BROWSER: &str = "__Host-riskgate-browser";
/// Says that a browser was here before.
const FAMILIAR: &str = "__Host-riskgate-familiar";
/// Proves that a browser is a registered device.
const DEVICE: &str = "__Host-riskgate-device";

pub(crate) fn session_token(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, SESSION)
}

pub(crate) fn browser_id(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, BROWSER).filter(|id| id.len() == 43)
}

/// Without `max_age_seconds` the session ends with the browser.
pub(crate) fn set_session(response: &mut Response, token: &str, max_age_seconds: Option<u64>) {
    append(response, host_cookie(SESSION, token, max_age_seconds));
}

pub(crate) fn set_browser_id(response: &mut Response, id: &str) {
    append(response, host_cookie(BROWSER, id, None));
}

pub(crate) fn familiar_browser(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, FAMILIAR)
}

pub(crate) fn set_familiar_browser(response: &mut Response, sealed: &str, lifetime: Duration) {
    append(response, host_cookie(FAMILIAR, sealed, Some(lifetime.as_secs())));
}

pub(crate) fn device_proof(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, DEVICE)
}

pub(crate) fn set_device_proof(response: &mut Response, proof: &str, lifetime: Duration) {
    append(response, host_cookie(DEVICE, proof, Some(lifetime.as_secs())));
}

pub(crate) fn remove_device_proof(response: &mut Response) {
    append(response, remove_host_cookie(DEVICE));
}

pub(crate) fn remove_session(response: &mut Response) {
    append(response, remove_host_cookie(SESSION));
}

fn append(response: &mut Response, value: HeaderValue) {
    response.headers_mut().append(header::SET_COOKIE, value);
}
