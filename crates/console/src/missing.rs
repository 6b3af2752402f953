//! What is shown in place of a console that was not built.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use riskgate_http::page_headers;

const PAGE: &str = include_str!("missing.html");

/// 404 with a page that says how to build it.
pub(crate) fn page() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let mut response = (StatusCode::NOT_FOUND, headers, PAGE).into_response();
    page_headers(response.headers_mut(), &[]);
    response
}
