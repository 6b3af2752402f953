//! Policies that are not stored, in the body of a question about them.

use riskgate_core::is_guid;
use riskgate_model::ConditionalAccessPolicy;
use serde_json::{Map, Value as Json};

use super::{MOST, body, check};
use crate::call::Call;
use crate::error::GraphError;

/// The policies of the member `name`, each valid in this tenant; none if it is absent.
///
/// # Errors
/// Those of a policy that is created; 400 if it is no list of policies, or a longer one than a tenant can have.
pub(in crate::resources) async fn hypotheticals(
    call: &Call,
    name: &str,
    value: Option<Json>,
) -> Result<Vec<ConditionalAccessPolicy>, GraphError> {
    let items = match value {
        None | Some(Json::Null) => return Ok(Vec::new()),
        Some(Json::Array(items)) if items.len() <= MOST => items,
        Some(_) => {
            let text = format!("'{name}' must be a list of at most {MOST} policies.");
            return Err(call.area.bad_request(text));
        }
    };
    let mut policies = Vec::new();
    for item in items {
        let Json::Object(object) = item else {
            return Err(call.area.bad_request(format!("'{name}' must be a list of policies.")));
        };
        let policy = hypothetical(call, object)?;
        check(call, &policy).await?;
        policies.push(policy);
    }
    Ok(policies)
}

/// A policy that is not stored: it keeps the `id` it was sent with, or gets one that no policy has.
fn hypothetical(call: &Call, object: Map<String, Json>) -> Result<ConditionalAccessPolicy, GraphError> {
    let id = object.get("id").and_then(Json::as_str).filter(|id| is_guid(id)).map(str::to_ascii_lowercase);
    let mut properties = body::properties_of(object)?;
    let id = id.unwrap_or_else(|| call.service.api.rng.guid());
    properties.insert("id".to_owned(), Json::from(id));
    body::policy(properties)
}
