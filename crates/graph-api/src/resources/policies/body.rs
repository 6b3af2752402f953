//! The body of a policy, before it is a policy.

use riskgate_access::{PolicyError, check_body, with_defaults};
use riskgate_model::{ConditionalAccessPolicy, GraphType};
use serde_json::{Map, Value as Json};

use super::{refused, strength};
use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;

/// What the server alone writes; clients that send back what they read mean nothing by it.
const READ_ONLY: [&str; 4] = ["id", "createdDateTime", "modifiedDateTime", "deletedDateTime"];

/// The properties a client sent, as the schema has them.
///
/// # Errors
/// 400 with 1007 and the place of what does not fit.
pub(super) fn properties(call: &Call) -> Result<Map<String, Json>, GraphError> {
    properties_of(call.json()?)
}

/// The same, of a body that was read.
pub(super) fn properties_of(body: Map<String, Json>) -> Result<Map<String, Json>, GraphError> {
    let body = Json::Object(body);
    check_body(&body).map_err(|error| refused(&error))?;
    let Json::Object(mut body) = body else { return Err(GraphError::internal()) };
    let strength = match body.get_mut("grantControls") {
        Some(Json::Object(controls)) => strength::take_reference(controls)?,
        _ => None,
    };
    let mut properties =
        conform(body, ConditionalAccessPolicy::TYPE).map_err(|found| schema(found.to_string()))?;
    properties.retain(|name, _| !READ_ONLY.contains(&name.as_str()));
    // A navigation property, which the schema has not among the others.
    if let (Some(strength), Some(Json::Object(controls))) = (strength, properties.get_mut("grantControls")) {
        controls.insert("authenticationStrength".to_owned(), strength);
    }
    Ok(properties)
}

/// The policy that properties make up, with everything filled in that was left out.
///
/// # Errors
/// 400 with 1007 if something required is missing.
pub(super) fn policy(properties: Map<String, Json>) -> Result<ConditionalAccessPolicy, GraphError> {
    let policy = serde_json::from_value(Json::Object(properties));
    policy.map(with_defaults).map_err(|error| {
        let problem: String = error.to_string().chars().take(200).collect();
        schema(format!("{}.", problem.replace('`', "'")))
    })
}

fn schema(problem: String) -> GraphError {
    refused(&PolicyError::Schema(problem))
}
