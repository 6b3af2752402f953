//! Errors in the form every Graph client reads (contract §3.1).

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use riskgate_http::RequestContext;
use serde_json::{Value as Json, json};

/// Why a request was refused or failed: status, code and text of Graph's error body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GraphError {
    /// HTTP status.
    pub(crate) status: StatusCode,
    /// `error.code`, the part clients branch on.
    pub(crate) code: &'static str,
    /// `error.message`, for people.
    pub(crate) message: String,
    /// `error.target`, the property it is about.
    pub(crate) target: Option<String>,
    /// `error.details`.
    pub(crate) details: Vec<ErrorDetail>,
    /// Headers that belong to the error, such as `WWW-Authenticate`.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

/// One item of `error.details`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ErrorDetail {
    /// For example `ObjectConflict`.
    pub(crate) code: &'static str,
    /// What is wrong with this part.
    pub(crate) message: String,
    /// Which part.
    pub(crate) target: String,
}

impl GraphError {
    /// An error without target, details and headers.
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), target: None, details: Vec::new(), headers: Vec::new() }
    }

    /// 401. Why a token is not accepted is said as far as it helps an honest client and no further.
    pub(crate) fn unauthorized(message: &str) -> Self {
        let mut error = Self::new(StatusCode::UNAUTHORIZED, "InvalidAuthenticationToken", message);
        let challenge = HeaderValue::from_static("Bearer realm=\"\", error=\"invalid_token\"");
        error.headers.push((header::WWW_AUTHENTICATE, challenge));
        error
    }

    /// 400 for a path that leads nowhere.
    pub(crate) fn unknown_segment(segment: &str) -> Self {
        let segment: String = segment.chars().take(64).collect();
        Self::new(
            StatusCode::BAD_REQUEST,
            "BadRequest",
            format!("Resource not found for the segment '{segment}'."),
        )
    }

    /// 405 for a path that exists, with another method.
    pub(crate) fn wrong_method(allowed: &str) -> Self {
        let mut error = Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        );
        if let Ok(allowed) = HeaderValue::from_str(allowed) {
            error.headers.push((header::ALLOW, allowed));
        }
        error
    }

    /// 429 with the seconds to wait.
    pub(crate) fn throttled(seconds: u64) -> Self {
        let mut error = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "TooManyRequests",
            "Too many requests from this application. Wait as long as Retry-After says.",
        );
        error.headers.push((header::RETRY_AFTER, HeaderValue::from(seconds.max(1))));
        error
    }

    /// 503: nothing wrong with the request.
    pub(crate) fn unavailable() -> Self {
        let mut error = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "serviceNotAvailable",
            "The service cannot do this at the moment. Nothing was changed. Try again.",
        );
        error.headers.push((header::RETRY_AFTER, HeaderValue::from(1)));
        error
    }

    /// 500: this server is at fault. What happened is in its log under the request identifier.
    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "generalException",
            "The server could not answer because of an error of its own.",
        )
    }

    /// The error body; `innerError` names the request, so that it can be found in the log.
    pub(crate) fn body(&self, context: &RequestContext) -> Json {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let Some(target) = &self.target {
            error["target"] = json!(target);
        }
        if !self.details.is_empty() {
            let detail =
                |d: &ErrorDetail| json!({ "code": d.code, "message": d.message, "target": d.target });
            error["details"] = self.details.iter().map(detail).collect();
        }
        error["innerError"] = json!({
            "date": context.at.without_zone(),
            "request-id": context.request_id,
            "client-request-id": context.correlation_id,
        });
        json!({ "error": error })
    }
}
