use riskgate_model::{AnyNamedLocation, ConditionalAccessPolicy};
use riskgate_odata::Filter;
use riskgate_store::records::DeletedKind;
use riskgate_store::{StoreExt, retry};

use super::change;
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::deleted_policies::deleted_item;
use crate::resources::policies::exclusive;
use crate::route::Outcome;

/// Deletes a named location that is not trusted and that no policy refers to.
pub(super) async fn delete(call: Call) -> Outcome {
    retry(|| once(&call)).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call) -> Result<(), GraphError> {
    let mut batch = exclusive(call).await?;
    let location = super::named(call).await?;
    let id = location.record.id().to_owned();
    if location.record.is_trusted() {
        return Err(call.area.bad_request(format!(
            "NamedLocation with id {id} is trusted. Set 'isTrusted' to false before deleting it."
        )));
    }
    if let Some(policy) = referring(call, &id).await? {
        return Err(call.area.bad_request(format!(
            "NamedLocation with id {id} is referred to by the policy with id {policy}. Remove it there first."
        )));
    }
    let now = call.context.at;
    let mut gone = location.record.clone();
    match &mut gone {
        AnyNamedLocation::Ip(gone) => gone.deleted_date_time = Some(now),
        AnyNamedLocation::Country(gone) => gone.deleted_date_time = Some(now),
    }
    batch.delete(&location);
    batch.insert(&deleted_item(DeletedKind::NamedLocation, &id, &gone, now)?)?;
    change::commit(call, batch, &location.record, ("Delete named location", "Delete")).await
}

/// A policy that names the location.
async fn referring(call: &Call, id: &str) -> Result<Option<String>, GraphError> {
    let policies =
        call.store().find_all::<ConditionalAccessPolicy>(call.service.api.tenant, Filter::Constant(true));
    let refers = |policy: &ConditionalAccessPolicy| {
        policy.conditions.locations.as_ref().is_some_and(|locations| {
            let mut ids = locations.include_locations.iter().chain(&locations.exclude_locations);
            ids.any(|named| named.eq_ignore_ascii_case(id))
        })
    };
    Ok(policies.await?.into_iter().map(|row| row.record).find(refers).map(|policy| policy.id))
}
