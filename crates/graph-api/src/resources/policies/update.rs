use riskgate_model::ConditionalAccessPolicy;
use riskgate_store::{Versioned, retry};
use serde_json::{Map, Value as Json};

use super::{body, change, check_change};
use crate::answer::Answer;
use crate::body::merge;
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

/// Changes a policy: absent properties stay, null clears.
pub(super) async fn update(call: Call) -> Outcome {
    let update = body::properties(&call)?;
    retry(|| once(&call, update.clone())).await?;
    Ok(super::answer_to_change(&call, Answer::no_content()))
}

async fn once(call: &Call, update: Map<String, Json>) -> Result<(), GraphError> {
    let mut batch = super::exclusive(call).await?;
    let Versioned { record, version } = super::named(call).await?;
    let old = as_object(&record)?;
    let mut new = old.clone();
    merge(&mut new, update);
    let mut policy = body::policy(new)?;
    let changes = change::differences(&old, &as_object(&policy)?);
    if changes.is_empty() {
        return Ok(());
    }
    check_change(call, &policy).await?;
    policy.modified_date_time = Some(call.context.at);
    batch.update(&Versioned { record: policy.clone(), version })?;
    change::commit(call, batch, &policy, ("Update conditional access policy", "Update"), &changes).await
}

fn as_object(policy: &ConditionalAccessPolicy) -> Result<Map<String, Json>, GraphError> {
    match serde_json::to_value(policy) {
        Ok(Json::Object(object)) => Ok(object),
        _ => Err(GraphError::internal()),
    }
}
