use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use riskgate_http::{RefusedRequest, page_headers};

use crate::answer::show_correlation;
use crate::error::OAuthError;
use crate::trace::Trace;

/// Sends the browser to an address of ours, or to another one that was checked.
pub(crate) fn redirect(location: &str, trace: &Trace) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    let headers = response.headers_mut();
    page_headers(headers, &[]);
    show_correlation(headers, trace);
    match HeaderValue::from_str(location) {
        Ok(location) => {
            headers.insert(header::LOCATION, location);
            response
        }
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// What a person sees when an application sent a request that cannot be answered to it. The sign-in pages make a page of it;
/// a text stands for it where they are not.
pub(crate) fn error_page(error: &OAuthError, trace: &Trace) -> Response {
    let mut response = (error.status, format!("AADSTS{}: {}\n", error.code, error.message)).into_response();
    response.extensions_mut().insert(RefusedRequest {
        code: error.code,
        message: error.message.clone(),
        request_id: trace.request_id.clone(),
        correlation_id: trace.correlation_id.clone(),
        at: trace.at,
    });
    let headers = response.headers_mut();
    page_headers(headers, &[]);
    show_correlation(headers, trace);
    if let Some(seconds) = error.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}
