use riskgate_access::{location_with_defaults, validate_location};
use riskgate_model::{AnyNamedLocation, GraphType, NamedLocation};
use serde_json::{Map, Value as Json};

use crate::area::Area::ConditionalAccess;
use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;

/// What the server alone writes.
const READ_ONLY: [&str; 4] = ["id", "createdDateTime", "modifiedDateTime", "deletedDateTime"];

/// The properties a client sent, as the schema has them; `@odata.type` among them if it names a kind of location.
///
/// # Errors
/// 400 with the place of what does not fit.
pub(super) fn properties(body: Map<String, Json>) -> Result<Map<String, Json>, GraphError> {
    let conforming = conform(body, NamedLocation::TYPE);
    let mut properties = conforming.map_err(|found| ConditionalAccess.bad_request(found.to_string()))?;
    properties.retain(|name, _| !READ_ONLY.contains(&name.as_str()));
    Ok(properties)
}

/// The properties of a new location.
///
/// # Errors
/// Those of [`properties`]; 400 if `@odata.type` does not say which kind it is.
pub(super) fn new_properties(call: &Call) -> Result<Map<String, Json>, GraphError> {
    let properties = properties(call.json()?)?;
    match properties.contains_key("@odata.type") {
        true => Ok(properties),
        false => Err(call.area.bad_request(
            "'@odata.type' must be '#microsoft.graph.ipNamedLocation' or '#microsoft.graph.countryNamedLocation'.",
        )),
    }
}

/// The location that properties make up, checked.
///
/// # Errors
/// 400 with what is missing or not valid.
pub(super) fn location(mut properties: Map<String, Json>) -> Result<AnyNamedLocation, GraphError> {
    for switch in ["isTrusted", "includeUnknownCountriesAndRegions"] {
        let owner = if switch == "isTrusted" { "ipNamedLocation" } else { "countryNamedLocation" };
        let is_owner =
            properties.get("@odata.type").and_then(Json::as_str).is_some_and(|kind| kind.ends_with(owner));
        if is_owner {
            properties.entry(switch).or_insert(Json::Bool(false));
        }
    }
    let location = serde_json::from_value(Json::Object(properties)).map_err(|error| {
        let problem: String = error.to_string().chars().take(200).collect();
        ConditionalAccess
            .bad_request(format!("The named location is not valid: {}.", problem.replace('`', "'")))
    })?;
    let location = location_with_defaults(location);
    validate_location(&location).map_err(|error| ConditionalAccess.bad_request(error.to_string()))?;
    Ok(location)
}
