use riskgate_store::{Versioned, retry};
use serde_json::{Map, Value as Json};

use crate::answer::Answer;
use crate::body::merge;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::policies::exclusive;
use crate::route::Outcome;

/// Changes description and limit of a set.
pub(super) async fn update(call: Call) -> Outcome {
    let update = super::properties(&call)?;
    retry(|| once(&call, update.clone())).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call, update: Map<String, Json>) -> Result<(), GraphError> {
    let mut batch = exclusive(call).await?;
    let Versioned { record: old, version } = super::named(call).await?;
    if update.get("id").and_then(Json::as_str).is_some_and(|id| id.to_lowercase() != old.id.to_lowercase()) {
        return Err(call.area.bad_request("The 'id' of an attribute set cannot be changed."));
    }
    let Ok(Json::Object(mut properties)) = serde_json::to_value(&old) else {
        return Err(GraphError::internal());
    };
    merge(&mut properties, update);
    properties.insert("id".to_owned(), Json::from(old.id.clone()));
    let record = super::read(call, properties)?;
    if record == old {
        return Ok(());
    }
    let has = super::available(&super::all(call).await?, &record.id);
    if record.max_attributes_per_set.is_some_and(|max| usize::try_from(max).is_ok_and(|max| max < has)) {
        return Err(call.area.bad_request(format!(
            "'maxAttributesPerSet' cannot be less than the {has} attributes the set has."
        )));
    }
    let set = record.clone();
    batch.update(&Versioned { record, version })?;
    super::commit(call, batch, &set, ("Update attribute set", "Update")).await
}
