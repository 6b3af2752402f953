//! Answers, before they become HTTP responses or members of a batch response.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::Value as Json;

/// `Content-Type` of JSON answers (contract §3.3).
pub(crate) const JSON_TYPE: &str =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Status.
    pub(crate) status: StatusCode,
    /// Headers besides those every answer has.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// Body.
    pub(crate) content: Content,
}

/// The body of an [`Answer`].
#[derive(Debug)]
pub(crate) enum Content {
    /// None.
    Empty,
    /// JSON.
    Json(Json),
    /// `text/plain`
    Text(String),
    /// `application/xml`
    Xml(String),
    /// `text/event-stream`, written while things happen.
    Events(Body),
}

impl Answer {
    /// 200 with JSON.
    pub(crate) fn json(body: Json) -> Self {
        Self { status: StatusCode::OK, headers: Vec::new(), content: Content::Json(body) }
    }

    /// 201 with JSON.
    pub(crate) fn created(body: Json) -> Self {
        Self { status: StatusCode::CREATED, ..Self::json(body) }
    }

    /// 204.
    pub(crate) fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, headers: Vec::new(), content: Content::Empty }
    }

    /// 200 with plain text.
    pub(crate) fn text(text: String) -> Self {
        Self { status: StatusCode::OK, headers: Vec::new(), content: Content::Text(text) }
    }

    /// 200 with XML.
    pub(crate) fn xml(text: String) -> Self {
        Self { status: StatusCode::OK, headers: Vec::new(), content: Content::Xml(text) }
    }

    /// The answer that says it did as the client preferred (RFC 7240 §3), besides what it says already.
    pub(crate) fn applying(mut self, preference: &'static str) -> Self {
        let name = HeaderName::from_static("preference-applied");
        let said = self.headers.iter_mut().find(|(said, _)| *said == name);
        let text = |said: &HeaderValue| format!("{}, {preference}", said.to_str().unwrap_or_default());
        match said.and_then(|(_, said)| Some((HeaderValue::try_from(text(said)).ok()?, said))) {
            Some((both, said)) => *said = both,
            None => self.headers.push((name, HeaderValue::from_static(preference))),
        }
        self
    }

    /// `Content-Type`, if there is a body.
    pub(crate) fn content_type(&self) -> Option<&'static str> {
        match &self.content {
            Content::Empty => None,
            Content::Json(_) => Some(JSON_TYPE),
            Content::Text(_) => Some("text/plain;charset=utf-8"),
            Content::Xml(_) => Some("application/xml;charset=utf-8"),
            Content::Events(_) => Some("text/event-stream"),
        }
    }

    /// The HTTP response.
    pub(crate) fn into_response(self) -> Response<Body> {
        let content_type = self.content_type();
        let body = match self.content {
            Content::Empty => Body::empty(),
            Content::Json(json) => Body::from(json.to_string()),
            Content::Text(text) | Content::Xml(text) => Body::from(text),
            Content::Events(body) => body,
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.extend(self.headers);
        if let Some(content_type) = content_type {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        }
        for (name, value) in [
            ("odata-version", "4.0"),
            ("cache-control", "no-cache"),
            ("strict-transport-security", "max-age=31536000"),
            ("x-content-type-options", "nosniff"),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        response
    }
}
