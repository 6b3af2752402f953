use riskgate_directory::{AuditEntry, audit, other_target};
use riskgate_model::{AnyNamedLocation, ConditionalAccessPolicy};
use riskgate_odata::Filter;
use riskgate_protection::PendingChange;
use riskgate_store::records::DeletedItem;
use riskgate_store::{Batch, Record, Table, Versioned, retry, tables};
use serde_json::Value as Json;

use super::{LOCATIONS, POLICIES};
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::resources::policies::check_change;
use crate::resources::{named_locations, policies};
use crate::route::Outcome;

/// Puts a deleted policy back, if it is still valid.
pub(super) async fn policy(call: Call) -> Outcome {
    let policy = retry(|| restore_policy(&call)).await?;
    let shown = policies::with_whole_strength(&call, &policy).await?;
    let answer = query::created(&call, POLICIES.set, &shown)?;
    let answer = policies::answer_to_change(&call, answer);
    Ok(crate::answer::Answer { status: axum::http::StatusCode::OK, ..answer })
}

/// Puts a deleted named location back.
pub(super) async fn location(call: Call) -> Outcome {
    let location = retry(|| restore_location(&call)).await?;
    let answer = policies::answer_to_change(&call, query::created(&call, LOCATIONS.set, &location)?);
    Ok(crate::answer::Answer { status: axum::http::StatusCode::OK, ..answer })
}

async fn restore_policy(call: &Call) -> Result<ConditionalAccessPolicy, GraphError> {
    let batch = policies::exclusive(call).await?;
    let item = super::named(call, POLICIES).await?;
    let policy: ConditionalAccessPolicy = alive(&item)?;
    check_change(call, &policy).await?;
    room(call, &tables::POLICIES, policies::MOST).await?;
    commit(call, batch, &item, &policy, &policy.display_name, "Restore conditional access policy").await?;
    Ok(policy)
}

async fn restore_location(call: &Call) -> Result<AnyNamedLocation, GraphError> {
    let batch = policies::exclusive(call).await?;
    let item = super::named(call, LOCATIONS).await?;
    let location: AnyNamedLocation = alive(&item)?;
    policies::keep_administrators_in(call, &PendingChange::NamedLocation(&location)).await?;
    room(call, &tables::NAMED_LOCATIONS, named_locations::MOST).await?;
    let name = item.record.document.get("displayName").and_then(Json::as_str).unwrap_or_default().to_owned();
    commit(call, batch, &item, &location, &name, "Restore named location").await?;
    Ok(location)
}

/// The object as it was before it was deleted.
fn alive<T: serde::de::DeserializeOwned>(item: &Versioned<DeletedItem>) -> Result<T, GraphError> {
    let mut document = item.record.document.clone();
    if let Some(object) = document.as_object_mut() {
        object.remove("deletedDateTime");
    }
    serde_json::from_value(document).map_err(|error| {
        tracing::error!(id = %item.record.id, %error, "a deleted object is damaged");
        GraphError::internal()
    })
}

async fn room(call: &Call, table: &'static Table, most: usize) -> Result<(), GraphError> {
    let count = call.store().count(call.service.api.tenant, table, &Filter::Constant(true)).await?;
    match usize::try_from(count).is_ok_and(|count| count < most) {
        true => Ok(()),
        false => Err(call.area.bad_request(format!("A tenant can have at most {most} of these."))),
    }
}

async fn commit<R: Record>(
    call: &Call,
    mut batch: Batch,
    item: &Versioned<DeletedItem>,
    object: &R,
    name: &str,
    activity: &'static str,
) -> Result<(), GraphError> {
    let api = &call.service.api;
    batch.delete(item);
    batch.insert(object)?;
    let entry =
        AuditEntry::new(activity, "Policy", "Add").target(other_target("Policy", object.id(), Some(name)));
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.protection.commit_policies(&batch).await?)
}
