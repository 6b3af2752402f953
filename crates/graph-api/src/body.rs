//! Request bodies: read, checked against the schema, merged.

mod conform;
mod merge;

use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

pub(crate) use conform::conform;
pub(crate) use merge::merge;

use crate::call::Call;
use crate::error::GraphError;

/// The text of an unreadable body's error, the same for every route.
const MALFORMED: &str = "The request body is not a JSON object.";

impl Call {
    /// The body, a JSON object.
    ///
    /// # Errors
    /// 415 for another media type, 400 for anything but an object; nested deeper than 127 levels is refused too.
    pub(crate) fn json(&self) -> Result<Map<String, Json>, GraphError> {
        check_media_type(&self.headers)?;
        match read(&self.body) {
            Ok(Json::Object(object)) => Ok(object),
            Ok(_) => Err(self.area.bad_request(MALFORMED)),
            Err(problem) => Err(self.area.bad_request(problem)),
        }
    }

    /// The parameters of an action, annotations left out.
    ///
    /// # Errors
    /// Those of [`Call::json`]; 400 for parameters that are missing, unknown or of the wrong type.
    pub(crate) fn parameters<T: DeserializeOwned>(&self) -> Result<T, GraphError> {
        let mut object = self.json()?;
        object.retain(|name, _| !name.contains('@'));
        serde_json::from_value(Json::Object(object)).map_err(|error| {
            let problem: String = error.to_string().chars().take(200).collect();
            self.area.bad_request(format!("The parameters of the action are not valid: {problem}."))
        })
    }
}

impl Call {
    /// The same for parameters that are read in parts, of which `names` are all there are.
    ///
    /// # Errors
    /// Those of [`Call::parameters`].
    pub(crate) fn known_parameters<T: DeserializeOwned>(&self, names: &[&str]) -> Result<T, GraphError> {
        let object = self.json()?;
        match object.keys().find(|name| !name.contains('@') && !names.contains(&name.as_str())) {
            Some(unknown) => {
                let unknown: String = unknown.chars().take(64).collect();
                Err(self.area.bad_request(format!("The property '{unknown}' does not exist here.")))
            }
            None => self.parameters(),
        }
    }
}

/// Reads UTF-8 JSON, with or without byte order mark.
pub(crate) fn read(body: &[u8]) -> Result<Json, String> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err("Empty Payload. JSON content expected.".to_owned());
    }
    // serde_json refuses more than 127 levels of nesting by itself.
    serde_json::from_slice(body)
        .map_err(|error| format!("{MALFORMED} Line {}, column {}.", error.line(), error.column()))
}

/// Refuses what is certainly not JSON. Clients send JSON under many names, and some under none.
fn check_media_type(headers: &HeaderMap) -> Result<(), GraphError> {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let essence = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    let is_fine = ["", "text/plain", "application/octet-stream", "*/*"].contains(&essence.as_str());
    if is_fine || essence.ends_with("json") {
        return Ok(());
    }
    Err(GraphError::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "Request_BadRequest",
        "The request body must be JSON (Content-Type: application/json).",
    ))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn json_comes_under_many_names() {
        let check = |name: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(name));
            check_media_type(&headers).map_err(|error| error.status.as_u16())
        };
        for name in [
            "application/json",
            "Application/JSON;charset=UTF-8",
            "text/json",
            "application/x+json",
            "text/plain",
        ] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
        for name in
            ["application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
        {
            assert_eq!(check(name), Err(415), "{name}");
        }
        assert_eq!(check_media_type(&HeaderMap::new()), Ok(()));
    }

    #[test]
    fn deep_nesting_is_refused_and_a_byte_order_mark_is_not() {
        assert!(read(b"\xEF\xBB\xBF{}").is_ok());
        assert!(read("[".repeat(100_000).as_bytes()).is_err());
        assert!(read(&[b'{', b'"', 0xFF, b'"', b':', b'1', b'}']).is_err());
        assert_eq!(read(b" \n").unwrap_err(), "Empty Payload. JSON content expected.");
    }
}
