use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use riskgate_directory::DirectoryError;
use riskgate_protection::ProtectionError;
use riskgate_store::StoreError;
use riskgate_tokens::TokenError;
use serde_json::{Value as Json, json};

use crate::answer::json_answer;
use crate::parameters::ParameterError;
use crate::trace::Trace;

/// Longest text an error repeats to its sender.
const LONGEST_QUOTE: usize = 128;

/// Why a request is refused, in the form of RFC 6749 §5.2 with the additions of Entra.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OAuthError {
    pub(crate) status: StatusCode,
    /// `error`, what clients branch on.
    pub(crate) error: &'static str,
    /// The number in `error_codes` and after `AADSTS`.
    pub(crate) code: u32,
    /// What is wrong and what to do, for people.
    pub(crate) message: String,
    /// `suberror`, which tells MSAL what kind of interaction helps.
    pub(crate) suberror: Option<&'static str>,
    /// `claims`, which MSAL hands to the interactive request that follows.
    pub(crate) claims: Option<String>,
    /// Seconds to wait.
    pub(crate) retry_after: Option<u64>,
    /// Whether the client used HTTP Basic and has to be told so (RFC 6749 §5.2).
    pub(crate) is_basic: bool,
}

impl OAuthError {
    fn new(status: StatusCode, error: &'static str, code: u32, message: impl Into<String>) -> Self {
        let (suberror, claims, retry_after) = (None, None, None);
        Self { status, error, code, message: message.into(), suberror, claims, retry_after, is_basic: false }
    }

    /// 400 with any `error`.
    pub(crate) fn bad(error: &'static str, code: u32, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error, code, message)
    }

    /// Something is missing or malformed.
    pub(crate) fn invalid_request(code: u32, message: impl Into<String>) -> Self {
        Self::bad("invalid_request", code, message)
    }

    /// A parameter that must be there is not.
    pub(crate) fn missing(parameter: &str) -> Self {
        let message = format!("The request must contain the following parameter: '{parameter}'.");
        Self::invalid_request(900_144, message)
    }

    /// A parameter comes twice.
    pub(crate) fn duplicated(parameter: &str) -> Self {
        let parameter = quote(parameter);
        let message = format!("The request is malformed: the parameter '{parameter}' comes more than once.");
        Self::invalid_request(9_000_411, message)
    }

    /// The code, the refresh token or what it stands for is not good any more.
    pub(crate) fn invalid_grant(code: u32, message: impl Into<String>) -> Self {
        Self::bad("invalid_grant", code, message)
    }

    /// `invalid_grant` for a grant that no refresh brings back. `bad_token` makes MSAL for JavaScript and Node ask for a
    /// page; without it they take the error for one of the server.
    pub(crate) fn dead_grant(code: u32, message: impl Into<String>) -> Self {
        Self { suberror: Some("bad_token"), ..Self::invalid_grant(code, message) }
    }

    /// A scope is malformed, unknown or does not fit the flow.
    pub(crate) fn invalid_scope(code: u32, message: impl Into<String>) -> Self {
        Self::bad("invalid_scope", code, message)
    }

    /// The client may not do this.
    pub(crate) fn unauthorized_client(code: u32, message: impl Into<String>) -> Self {
        Self::bad("unauthorized_client", code, message)
    }

    /// 401: the client did not prove who it is.
    pub(crate) fn invalid_client(code: u32, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", code, message)
    }

    /// No tenant of this name.
    pub(crate) fn unknown_tenant(name: &str) -> Self {
        let message = format!(
            "Tenant '{}' not found. Use the tenant's identifier or one of its verified domains.",
            quote(name)
        );
        Self::invalid_request(90_002, message)
    }

    /// The body is larger than is read.
    pub(crate) fn too_large(limit: usize) -> Self {
        let message = format!("The request is larger than {limit} bytes.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "invalid_request", 90_015, message)
    }

    /// The path exists, with another method.
    pub(crate) fn wrong_method() -> Self {
        let message = "This endpoint does not accept the HTTP method of the request.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", 900_561, message)
    }

    /// 429: too much of it.
    pub(crate) fn throttled(seconds: u64) -> Self {
        let message = "Too many attempts of this client from this address. Wait as long as Retry-After says.";
        let error = Self::new(StatusCode::TOO_MANY_REQUESTS, "temporarily_unavailable", 90_055, message);
        Self { retry_after: Some(seconds.max(1)), ..error }
    }

    /// 503: nothing is wrong with the request. What is, is in the log.
    pub(crate) fn unavailable() -> Self {
        let message = "A transient error has occurred. Please try again.";
        let error = Self::new(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", 90_033, message);
        Self { retry_after: Some(1), ..error }
    }

    /// `AADSTS` and the number, the message, and what names the request.
    pub(crate) fn description(&self, trace: &Trace) -> String {
        let Trace { request_id, correlation_id, .. } = trace;
        let text = format!(
            "AADSTS{}: {} Trace ID: {request_id} Correlation ID: {correlation_id} Timestamp: {}",
            self.code,
            self.message,
            trace.moment()
        );
        text.chars().map(described).collect()
    }

    /// The error body.
    pub(crate) fn body(&self, trace: &Trace) -> Json {
        let mut body = json!({
            "error": self.error,
            "error_description": self.description(trace),
            "error_codes": [self.code],
            "timestamp": trace.moment(),
            "trace_id": trace.request_id,
            "correlation_id": trace.correlation_id,
        });
        if let Some(suberror) = self.suberror {
            body["suberror"] = json!(suberror);
        }
        if let Some(claims) = &self.claims {
            body["claims"] = json!(claims);
        }
        body
    }

    /// The answer to a client that reads JSON.
    pub(crate) fn answer(&self, trace: &Trace) -> Response {
        let mut response = (self.status, json_answer(&self.body(trace), trace)).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.is_basic && self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"token\""));
        }
        response
    }
}

/// Text of a request that an error repeats, cut.
pub(crate) fn quote(text: &str) -> String {
    text.chars().take(LONGEST_QUOTE).collect()
}

/// The characters `error_description` may have (RFC 6749 §5.2).
fn described(c: char) -> char {
    match c {
        '"' => '\'',
        '\\' => '/',
        ' '..='~' => c,
        _ => '?',
    }
}

impl From<ParameterError> for OAuthError {
    fn from(error: ParameterError) -> Self {
        let message = match error {
            ParameterError::NotUtf8 => "The request is malformed: its parameters are not UTF-8.",
            ParameterError::TooMany => "The request is malformed: it has too many parameters.",
        };
        Self::invalid_request(90_013, message)
    }
}

macro_rules! unavailable {
    ($($error:ty),+) => {
        $(impl From<$error> for OAuthError {
            fn from(error: $error) -> Self {
                tracing::error!(%error, "a request cannot be answered");
                Self::unavailable()
            }
        })+
    };
}

unavailable!(StoreError, DirectoryError, TokenError, ProtectionError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_has_no_characters_that_are_not_allowed() {
        let trace = Trace {
            request_id: "r".to_owned(),
            correlation_id: "c".to_owned(),
            at: "2026-11-23T10:00:00.5Z".parse().unwrap(),
        };
        let error = OAuthError::duplicated(&format!("\"\\\r\nü{}", "x".repeat(500)));
        let text = error.description(&trace);
        assert!(text.starts_with("AADSTS9000411: "), "{text}");
        assert!(text.contains("''/???xxx"), "{text}");
        assert!(text.ends_with("Trace ID: r Correlation ID: c Timestamp: 2026-11-23 10:00:00Z"), "{text}");
        assert!(text.len() < 400);
    }
}
