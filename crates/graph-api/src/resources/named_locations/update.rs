use riskgate_protection::PendingChange;
use riskgate_store::{Versioned, retry};
use serde_json::{Map, Value as Json};

use super::{body, change};
use crate::answer::Answer;
use crate::body::merge;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::policies::{answer_to_change, exclusive, keep_administrators_in};
use crate::route::Outcome;

/// Changes a named location; its kind stays.
pub(super) async fn update(call: Call) -> Outcome {
    let update = call.json()?;
    retry(|| once(&call, update.clone())).await?;
    Ok(answer_to_change(&call, Answer::no_content()))
}

async fn once(call: &Call, mut update: Map<String, Json>) -> Result<(), GraphError> {
    let mut batch = exclusive(call).await?;
    let Versioned { record, version } = super::named(call).await?;
    let Ok(Json::Object(mut properties)) = serde_json::to_value(&record) else {
        return Err(GraphError::internal());
    };
    let kind = properties.get("@odata.type").cloned().unwrap_or_default();
    // Without a type, or with that of the base, which SDKs send by default, the update is of the kind it changes.
    let is_unspecific = update.get("@odata.type").and_then(Json::as_str).is_none_or(|named| {
        named.trim_start_matches('#').eq_ignore_ascii_case("microsoft.graph.namedLocation")
    });
    if is_unspecific {
        update.insert("@odata.type".to_owned(), kind.clone());
    }
    let update = body::properties(update)?;
    if update.get("@odata.type") != Some(&kind) {
        return Err(call.area.bad_request("The kind of a named location cannot be changed."));
    }
    merge(&mut properties, update);
    properties.insert("modifiedDateTime".to_owned(), Json::from(call.context.at.to_string()));
    let location = body::location(properties)?;
    keep_administrators_in(call, &PendingChange::NamedLocation(&location)).await?;
    batch.update(&Versioned { record: location.clone(), version })?;
    change::commit(call, batch, &location, ("Update named location", "Update")).await
}
