//! A member of a batch, read and turned into a request of its own.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use bytes::Bytes;
use riskgate_http::access_token;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::address;
use crate::call::Call;
use crate::caller::Caller;
use crate::dispatch::GraphRequest;
use crate::error::GraphError;

/// A member.
pub(super) struct Member {
    /// `id`
    pub(super) id: String,
    /// `dependsOn`, also in the spelling of one SDK, `depends_on`.
    pub(super) depends_on: Vec<String>,
    /// The request, or what is wrong with this one alone.
    pub(super) request: Result<GraphRequest, GraphError>,
}

#[derive(Deserialize)]
struct Sent {
    id: String,
    method: String,
    url: String,
    #[serde(default)]
    headers: Option<Map<String, Json>>,
    #[serde(default)]
    body: Option<Json>,
    #[serde(default, rename = "dependsOn", alias = "depends_on")]
    depends_on: Option<Vec<String>>,
}

impl Member {
    /// Reads a member.
    ///
    /// # Errors
    /// 400 for the whole batch if it is not a member at all.
    pub(super) fn read(call: &Call, request: Json) -> Result<Self, GraphError> {
        let sent: Sent = serde_json::from_value(request).map_err(|error| {
            let problem: String = error.to_string().chars().take(200).collect();
            call.area.bad_request(format!("A request of the batch is not valid: {problem}."))
        })?;
        if sent.id.is_empty() || sent.id.chars().count() > 128 {
            return Err(call.area.bad_request("The id of a request must have from 1 to 128 characters."));
        }
        Ok(Self {
            depends_on: sent.depends_on.clone().unwrap_or_default(),
            id: sent.id.clone(),
            request: sent.into_request(call),
        })
    }
}

impl Sent {
    fn into_request(self, call: &Call) -> Result<GraphRequest, GraphError> {
        let wrong = |message: &str| call.area.bad_request(message);
        let method = Method::from_bytes(self.method.to_ascii_uppercase().as_bytes());
        let method = method.map_err(|_| wrong("'method' is not an HTTP method."))?;
        let (path, query) = address::split(&self.url, &call.service.api.base_url)
            .ok_or_else(|| wrong("'url' must be relative to the version, or an address of this service."))?;
        if path.trim_matches('/').eq_ignore_ascii_case("$batch") {
            return Err(wrong("A batch cannot contain a batch."));
        }
        if path.trim_matches('/').eq_ignore_ascii_case("riskgate/events") {
            return Err(wrong("A batch cannot contain a stream of events."));
        }
        let body = match self.body {
            None | Some(Json::Null) => Bytes::new(),
            Some(body) => Bytes::from(body.to_string()),
        };
        let headers = headers(call, self.headers.unwrap_or_default())
            .ok_or_else(|| wrong("'headers' are not valid."))?;
        if !body.is_empty() && !headers.contains_key(header::CONTENT_TYPE) {
            return Err(wrong("A request with a body needs the header Content-Type."));
        }
        Ok(GraphRequest {
            method,
            path,
            query,
            headers,
            body,
            context: call.context.clone(),
            caller: proven(call),
        })
    }
}

/// Whoever sent the batch, if he proved a key for it: a proof is for one request and good once. All others are looked at
/// anew with each member.
fn proven(call: &Call) -> Option<Arc<Caller>> {
    let is_dpop = access_token(&call.headers).is_some_and(|sent| sent.is_dpop);
    call.caller.clone().filter(|_| is_dpop)
}

/// The member's own headers; who asks is who sent the batch.
fn headers(call: &Call, own: Map<String, Json>) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    for (name, value) in own {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_str(value.as_str()?).ok()?);
    }
    headers.remove(header::AUTHORIZATION);
    headers.remove(header::CONTENT_ENCODING);
    for value in call.headers.get_all(header::AUTHORIZATION) {
        headers.append(header::AUTHORIZATION, value.clone());
    }
    Some(headers)
}
