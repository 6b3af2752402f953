use riskgate_store::retry;
use serde_json::{Map, Value as Json};

use super::body;
use crate::answer::Answer;
use crate::body::merge;
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

/// Changes a configuration; its kind stays.
pub(in super::super) async fn update(call: Call) -> Outcome {
    let update = call.json()?;
    retry(|| once(&call, update.clone())).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call, mut update: Map<String, Json>) -> Result<(), GraphError> {
    let mut strength = super::changeable(call).await?;
    let place = super::place(call, &strength.record)?;
    let old = strength.record.combination_configurations.clone();
    let stored = strength.record.combination_configurations.remove(place);
    let Ok(Json::Object(mut properties)) = serde_json::to_value(&stored) else {
        return Err(GraphError::internal());
    };
    let kind = properties.get("@odata.type").cloned().unwrap_or_default();
    // Without a type the update is of the kind it changes.
    update.entry("@odata.type").or_insert(kind.clone());
    let update = body::properties(update)?;
    if update.get("@odata.type") != Some(&kind) {
        return Err(call.area.bad_request("The kind of a combination configuration cannot be changed."));
    }
    merge(&mut properties, update);
    let changed = body::configuration(properties)?;
    body::check(&strength.record, &changed)?;
    strength.record.combination_configurations.insert(place, changed);
    super::commit(call, strength, &old).await
}
