use riskgate_model::ConditionalAccessPolicy;
use riskgate_store::records::DeletedKind;
use riskgate_store::retry;

use super::change;
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::deleted_policies::deleted_item;
use crate::route::Outcome;

/// Deletes a policy; it can be restored for 30 days.
pub(super) async fn delete(call: Call) -> Outcome {
    retry(|| once(&call)).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call) -> Result<(), GraphError> {
    let policy = super::named(call).await?;
    let now = call.context.at;
    let gone = ConditionalAccessPolicy { deleted_date_time: Some(now), ..policy.record.clone() };
    let mut batch = call.batch();
    batch.delete(&policy);
    batch.insert(&deleted_item(DeletedKind::ConditionalAccessPolicy, &gone.id, &gone, now)?)?;
    change::commit(call, batch, &policy.record, ("Delete conditional access policy", "Delete"), &[]).await
}
