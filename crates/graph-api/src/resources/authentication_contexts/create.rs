use riskgate_model::AuthenticationContextClassReference;
use riskgate_store::retry;
use serde_json::Value as Json;

use super::{body, change};
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::resources::policies::exclusive;
use crate::route::Outcome;

/// Describes a context that was not described yet.
pub(super) async fn create(call: Call) -> Outcome {
    let properties = body::properties(&call)?;
    let id = body::identifier(properties.get("id").and_then(Json::as_str).unwrap_or_default())?;
    let context = body::context(id, properties)?;
    retry(|| once(&call, &context)).await?;
    query::created(&call, &super::SET, &context)
}

async fn once(call: &Call, context: &AuthenticationContextClassReference) -> Result<(), GraphError> {
    let batch = exclusive(call).await?;
    match super::find(call, &context.id).await? {
        None => change::put(call, batch, None, context.clone()).await,
        Some(_) => {
            Err(call.area.bad_request(format!("{} with id {} exists already.", super::KIND, context.id)))
        }
    }
}
