use riskgate_model::ConditionalAccessPolicy;
use riskgate_odata::Filter;
use riskgate_store::{retry, tables};
use serde_json::Value as Json;

use super::{body, change, check_change};
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::route::Outcome;

/// Creates a policy and echoes it with everything filled in.
pub(super) async fn create(call: Call) -> Outcome {
    let api = &call.service.api;
    let mut properties = body::properties(&call)?;
    properties.insert("id".to_owned(), Json::from(api.rng.guid()));
    properties.insert("createdDateTime".to_owned(), Json::from(call.context.at.to_string()));
    let policy = body::policy(properties)?;
    retry(|| insert(&call, &policy)).await?;
    let shown = super::with_whole_strength(&call, &policy).await?;
    let answer = query::created(&call, super::set(&call), &shown)?;
    Ok(super::answer_to_change(&call, answer))
}

async fn insert(call: &Call, policy: &ConditionalAccessPolicy) -> Result<(), GraphError> {
    let mut batch = super::exclusive(call).await?;
    check_change(call, policy).await?;
    let tenant = call.service.api.tenant;
    let count = call.store().count(tenant, &tables::POLICIES, &Filter::Constant(true)).await?;
    if usize::try_from(count).unwrap_or(usize::MAX) >= super::MOST {
        return Err(call.area.bad_request(format!("A tenant can have at most {} policies.", super::MOST)));
    }
    batch.insert(policy)?;
    change::commit(call, batch, policy, ("Add conditional access policy", "Add"), &[]).await
}
