//! The two cookies on an application's host.

use axum::response::Response;
use http::{HeaderMap, HeaderValue, header};
use riskgate_http::{cookie, host_cookie, remove_host_cookie};

/// Keeps a browser signed in to the application.
const SESSION: &str = "__Host-riskgate-app";
/// Ties a sign-in to the browser that began it.
const BROWSER: &str = "__Host-riskgate-start";

pub(crate) fn session_token(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, SESSION)
}

pub(crate) fn browser_id(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, BROWSER).filter(|id| id.len() == 43)
}

pub(crate) fn set_session(response: &mut Response, token: &str) {
    append(response, host_cookie(SESSION, token, None));
}

pub(crate) fn set_browser_id(response: &mut Response, id: &str) {
    append(response, host_cookie(BROWSER, id, None));
}

pub(crate) fn remove_session(response: &mut Response) {
    append(response, remove_host_cookie(SESSION));
}

fn append(response: &mut Response, value: HeaderValue) {
    response.headers_mut().append(header::SET_COOKIE, value);
}
