use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::page_headers;

/// Everything but unreserved characters (RFC 3986 §2.3) is escaped, so that `state` comes back byte for byte.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Path of the script that sends the form of a `form_post` answer; without scripts the page has a button.
pub const FORM_POST_SCRIPT: &str = "/signin/assets/form-post.js";

/// How an answer gets to the application (OAuth 2.0 Multiple Response Types §2.1, OAuth 2.0 Form Post).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseMode {
    /// In the query of the redirect.
    Query,
    /// In its fragment.
    Fragment,
    /// In a form that sends itself.
    FormPost,
}

impl ResponseMode {
    /// The mode of this `response_mode`; `query` when there is none.
    pub fn parse(text: Option<&str>) -> Option<Self> {
        match text {
            None | Some("query") => Some(Self::Query),
            Some("fragment") => Some(Self::Fragment),
            Some("form_post") => Some(Self::FormPost),
            Some(_) => None,
        }
    }

    /// Its `response_mode`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Fragment => "fragment",
            Self::FormPost => "form_post",
        }
    }
}

/// Sends `parameters` to `redirect_uri`, which was checked against the application's registration before.
pub fn authorization_response(
    mode: ResponseMode,
    redirect_uri: &str,
    parameters: &[(&str, &str)],
) -> Response {
    if mode == ResponseMode::FormPost {
        return form_post(redirect_uri, parameters);
    }
    let encoded: Vec<_> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, ESCAPED)))
        .collect();
    let separator = match mode {
        ResponseMode::Fragment => '#',
        _ if redirect_uri.contains('?') => '&',
        _ => '?',
    };
    let location = format!("{redirect_uri}{separator}{}", encoded.join("&"));
    match HeaderValue::from_str(&location) {
        Ok(value) => {
            let mut response = StatusCode::FOUND.into_response();
            page_headers(response.headers_mut(), &[]);
            response.headers_mut().insert(header::LOCATION, value);
            response
        }
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

fn form_post(redirect_uri: &str, parameters: &[(&str, &str)]) -> Response {
    let fields: String = parameters
        .iter()
        .map(|(name, value)| {
            format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value))
        })
        .collect();
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Back to the application</title></head>\
         <body><form id=\"answer\" method=\"post\" action=\"{}\">{fields}\
         <noscript><p>You are signed in.</p><button type=\"submit\">Continue</button></noscript></form>\
         <script src=\"{FORM_POST_SCRIPT}\"></script></body></html>",
        escape(redirect_uri)
    );
    let mut response = ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response();
    page_headers(response.headers_mut(), &[&origin(redirect_uri)]);
    response
}

/// Scheme, host and port of an address; `form-action` takes no more.
pub fn origin(uri: &str) -> String {
    match uri.split_once("://") {
        Some((scheme, rest)) => {
            format!("{scheme}://{}", rest.split(['/', '?', '#']).next().unwrap_or_default())
        }
        None => uri.split_once(':').map(|(scheme, _)| format!("{scheme}:")).unwrap_or_default(),
    }
}

fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A line break in an attribute would be normalised by the browser.
            '\r' => out.push_str("&#13;"),
            '\n' => out.push_str("&#10;"),
            c => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(mode: ResponseMode, uri: &str) -> String {
        let response = authorization_response(mode, uri, &[("code", "c"), ("state", "a b+c/ü&x=1")]);
        response.headers()["location"].to_str().unwrap().to_owned()
    }

    #[test]
    fn state_survives_query_and_fragment() {
        let tail = "code=c&state=a%20b%2Bc%2F%C3%BC%26x%3D1";
        assert_eq!(location(ResponseMode::Query, "http://localhost:1"), format!("http://localhost:1?{tail}"));
        assert_eq!(
            location(ResponseMode::Query, "https://a.example/cb?x=y"),
            format!("https://a.example/cb?x=y&{tail}")
        );
        assert_eq!(
            location(ResponseMode::Fragment, "https://a.example/cb"),
            format!("https://a.example/cb#{tail}")
        );
    }

    #[tokio::test]
    async fn a_form_cannot_be_broken_out_of() {
        let response = authorization_response(
            ResponseMode::FormPost,
            "http://localhost:9/\"",
            &[("state", "\"><script>")],
        );
        let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("form-action 'self' http://localhost:9"), "{policy}");
        let body = axum::body::to_bytes(response.into_body(), 1 << 16).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(
            text.contains("value=\"&quot;&gt;&lt;script&gt;\"") && !text.contains("\"><script>\""),
            "{text}"
        );
    }

    #[test]
    fn origins() {
        assert_eq!(origin("https://a.example:1/b?c"), "https://a.example:1");
        assert_eq!(origin("com.example.app:/cb"), "com.example.app:");
    }
}
