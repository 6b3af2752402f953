use riskgate_store::retry;

use super::change;
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::policies::{exclusive, with_strength};
use crate::route::Outcome;

/// Deletes a strength that no policy asks for. It cannot be restored.
pub(super) async fn delete(call: Call) -> Outcome {
    retry(|| once(&call)).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call) -> Result<(), GraphError> {
    let mut batch = exclusive(call).await?;
    let strength = super::changeable(call).await?;
    let id = &strength.record.id;
    if let Some(policy) = with_strength(call, id).await?.first() {
        return Err(call.area.bad_request(format!(
            "{} with id {id} is referred to by the policy with id {}. Remove it there first.",
            super::KIND,
            policy.id
        )));
    }
    batch.delete(&strength);
    change::commit(call, batch, &strength.record, ("Delete authentication strength policy", "Delete"), &[])
        .await
}
