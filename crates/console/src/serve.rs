//! Answers with a file in the form the browser takes.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use riskgate_http::page_headers;

use crate::files::{CONSOLE, File, find};
use crate::missing;

/// SHA-256 of nothing: what an empty `<style>` element is allowed by.
const EMPTY_STYLE: &str = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/// The page of this name.
pub(crate) async fn page(files: &'static [File], name: &'static str, headers: HeaderMap) -> Response {
    find(files, name).map_or_else(missing::page, |file| answer(file, &headers))
}

/// The file at a path below `/admin/`. Every other path is one of the console's own, which its script makes sense of,
/// except where only files are: a file of an older version must not be answered with a page.
pub(crate) async fn at(files: &'static [File], Path(path): Path<String>, headers: HeaderMap) -> Response {
    match find(files, &path) {
        Some(file) => answer(file, &headers),
        None if !files.is_empty() && path.starts_with("assets/") => {
            let mut response = (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
            page_headers(response.headers_mut(), &[]);
            response
        }
        None => page(files, CONSOLE, headers).await,
    }
}

fn answer(file: &'static File, request: &HeaderMap) -> Response {
    let (encoding, body) = body(file, request);
    let mut response = body.into_response();
    let headers = response.headers_mut();
    page_headers(headers, &[]);
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' {EMPTY_STYLE}; img-src 'self' data:; \
         connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    // The page names the files of its version, so it is asked for each time; they never change.
    let cache = if file.is_immutable() { "public, max-age=31536000, immutable" } else { "no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media_type()));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The smallest form the browser takes.
fn body(file: &'static File, request: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
    let forms = [("br", file.brotli), ("gzip", file.gzip)];
    let taken =
        forms.into_iter().find_map(|(name, body)| Some((name, body?)).filter(|_| takes(request, name)));
    match taken {
        Some((name, body)) => (Some(name), body),
        None => (None, file.plain),
    }
}

/// Whether `Accept-Encoding` names the coding, with a weight that is not zero (RFC 9110 §12.5.3). A wildcard is not
/// taken at its word: the plain form is always right.
fn takes(request: &HeaderMap, coding: &str) -> bool {
    let values = request.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let is_it = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        is_it
            && !parts.any(|weight| {
                matches!(weight.to_ascii_lowercase().as_str(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
            })
    })
}

#[cfg(test)]
mod tests;
