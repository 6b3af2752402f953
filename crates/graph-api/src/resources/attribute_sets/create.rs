use riskgate_model::AttributeSet;
use riskgate_store::retry;

use super::{KIND, MOST_SETS};
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::resources::policies::exclusive;
use crate::route::Outcome;

pub(super) async fn create(call: Call) -> Outcome {
    let set = super::read(&call, super::properties(&call)?)?;
    retry(|| once(&call, &set)).await?;
    query::created(&call, &super::SET, &set)
}

async fn once(call: &Call, set: &AttributeSet) -> Result<(), GraphError> {
    let mut batch = exclusive(call).await?;
    let sets = super::all::<AttributeSet>(call).await?;
    if sets.iter().any(|other| other.record.id.to_lowercase() == set.id.to_lowercase()) {
        return Err(call.area.bad_request(format!("{KIND} with id {} exists already.", set.id)));
    }
    if sets.len() >= MOST_SETS {
        return Err(call.area.bad_request(format!("There can be at most {MOST_SETS} attribute sets.")));
    }
    batch.insert(set)?;
    super::commit(call, batch, set, ("Add attribute set", "Add")).await
}
