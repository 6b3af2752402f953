//! References to other objects in bodies: `@odata.id` and `members@odata.bind`.

use serde_json::{Map, Value as Json};

use crate::call::Call;
use crate::error::GraphError;
use crate::path::{Segment, parse_path};

/// The identifier an address such as `https://host/v1.0/directoryObjects/{id}` ends with.
pub(super) fn identifier(call: &Call, address: &str) -> Result<String, GraphError> {
    let wrong = || {
        call.area.bad_request("A reference must be the address of an object, with its identifier at the end.")
    };
    let path = address
        .split_once("://")
        .map_or(address, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let segments = parse_path(path).map_err(|_| wrong())?;
    match segments.last() {
        Some(Segment::Plain(id) | Segment::Key(id)) if segments.len() > 1 => Ok(id.clone()),
        _ => Err(wrong()),
    }
}

/// The identifier in the body of a `POST .../$ref`.
///
/// # Errors
/// 400 for a body without one.
pub(in crate::resources) fn referenced_id(call: &Call) -> Result<String, GraphError> {
    let body = call.json()?;
    match body.get("@odata.id").and_then(Json::as_str) {
        Some(address) => identifier(call, address),
        None => Err(call.area.bad_request("'@odata.id' must be the address of the object to refer to.")),
    }
}

/// Takes the identifiers of `members@odata.bind` out of a body.
///
/// # Errors
/// 400 for anything but a list of addresses.
pub(super) fn take_members(call: &Call, body: &mut Map<String, Json>) -> Result<Vec<String>, GraphError> {
    let wrong = || call.area.bad_request("'members@odata.bind' must be a list of addresses of objects.");
    match body.remove("members@odata.bind") {
        None => Ok(Vec::new()),
        Some(Json::Array(addresses)) => {
            let addresses = addresses.iter().map(|address| address.as_str().ok_or_else(wrong));
            addresses.map(|address| identifier(call, address?)).collect()
        }
        Some(_) => Err(wrong()),
    }
}
