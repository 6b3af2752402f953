use riskgate_model::ConditionalAccessPolicy;
use riskgate_odata::Filter;
use riskgate_store::{StoreExt, retry};

use super::change;
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::policies::exclusive;
use crate::route::Outcome;

/// Deletes a context that is not published and that no policy names.
pub(super) async fn delete(call: Call) -> Outcome {
    retry(|| once(&call)).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call) -> Result<(), GraphError> {
    let mut batch = exclusive(call).await?;
    let context = super::named(call).await?;
    let (kind, id) = (super::KIND, &context.record.id);
    if context.record.is_available == Some(true) {
        return Err(call.area.bad_request(format!(
            "{kind} with id {id} is published. Set 'isAvailable' to false before deleting it."
        )));
    }
    if let Some(policy) = referring(call, id).await? {
        return Err(call.area.bad_request(format!(
            "{kind} with id {id} is referred to by the policy with id {policy}. Remove it there first."
        )));
    }
    batch.delete(&context);
    change::commit(call, batch, &context.record, ("Delete authentication context", "Delete")).await
}

/// A policy that names the context.
async fn referring(call: &Call, id: &str) -> Result<Option<String>, GraphError> {
    let policies =
        call.store().find_all::<ConditionalAccessPolicy>(call.service.api.tenant, Filter::Constant(true));
    let refers = |policy: &ConditionalAccessPolicy| {
        policy.conditions.applications.as_ref().is_some_and(|applications| {
            let mut ids = applications.include_authentication_context_class_references.iter();
            ids.any(|named| named.eq_ignore_ascii_case(id))
        })
    };
    Ok(policies.await?.into_iter().map(|row| row.record).find(refers).map(|policy| policy.id))
}
