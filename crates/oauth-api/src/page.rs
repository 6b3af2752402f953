use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use riskgate_http::page_headers;

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

/// The page a person sees when an application sent a request that cannot be answered to it: what is wrong, and what an
/// administrator needs to find the request.
pub(crate) fn error_page(error: &OAuthError, trace: &Trace) -> Response {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Sign-in is not possible</title>\n\
         <link rel=\"icon\" href=\"/signin/assets/icon.svg\" type=\"image/svg+xml\">\n\
         <link rel=\"stylesheet\" href=\"/signin/assets/pages.css\">\n</head>\n<body>\n<main class=\"card\">\n\
         <h1 id=\"refused\">Sign-in is not possible</h1>\n\
         <p>The application that sent you here made a request that cannot be answered. \
         You did nothing wrong. Go back to the application; if this happens again, tell its owner.</p>\n\
         <p id=\"reason\">{}</p>\n<h2>Details for your administrator</h2>\n<dl class=\"details\">\n\
         <dt>Error code</dt><dd id=\"error-code\">AADSTS{}</dd>\n<dt>Request id</dt><dd>{}</dd>\n\
         <dt>Correlation id</dt><dd>{}</dd>\n<dt>Time</dt><dd><time datetime=\"{}\">{}</time></dd>\n\
         </dl>\n</main>\n</body>\n</html>\n",
        escape(&error.message),
        error.code,
        escape(&trace.request_id),
        escape(&trace.correlation_id),
        trace.at,
        trace.moment(),
    );
    let mut response = (error.status, page).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    page_headers(headers, &[]);
    show_correlation(headers, trace);
    if let Some(seconds) = error.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nothing_of_the_request_becomes_markup() {
        let trace = Trace {
            request_id: "r".to_owned(),
            correlation_id: "c".to_owned(),
            at: "2026-11-23T10:00:00Z".parse().unwrap(),
        };
        let response = error_page(&OAuthError::unknown_tenant("<script>alert('x')</script>"), &trace);
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        let body = axum::body::to_bytes(response.into_body(), 1 << 16).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(!text.contains("<script>") && text.contains("&lt;script&gt;alert(&#39;x&#39;)"), "{text}");
        assert!(text.contains("AADSTS90002") && text.contains("datetime=\"2026-11-23T10:00:00Z\""), "{text}");
    }
}
