use riskgate_store::retry;
use serde_json::{Map, Value as Json};

use super::{body, change};
use crate::answer::Answer;
use crate::body::merge;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::policies::exclusive;
use crate::route::Outcome;

/// Changes a context, or describes it for the first time: absent properties stay, null clears.
pub(super) async fn update(call: Call) -> Outcome {
    let properties = body::properties(&call)?;
    let id = body::identifier_of_path(&call, &properties)?;
    retry(|| once(&call, &id, properties.clone())).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call, id: &str, update: Map<String, Json>) -> Result<(), GraphError> {
    let batch = exclusive(call).await?;
    let old = super::find(call, id).await?;
    let mut properties = match old.as_ref().map(|old| serde_json::to_value(&old.record)) {
        Some(Ok(Json::Object(properties))) => properties,
        Some(_) => return Err(GraphError::internal()),
        None => Map::new(),
    };
    merge(&mut properties, update);
    change::put(call, batch, old, body::context(id.to_owned(), properties)?).await
}
