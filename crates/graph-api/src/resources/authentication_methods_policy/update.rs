use riskgate_model::{AuthenticationMethodsPolicy, GraphType};
use riskgate_store::retry;
use serde_json::{Map, Value as Json};

use super::{change, check};
use crate::answer::Answer;
use crate::body::{conform, merge};
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

/// Changes the policy itself. Configurations of methods are changed one by one, at their own addresses.
pub(super) async fn update(call: Call) -> Outcome {
    let mut update = call.json()?;
    let configurations = update.remove("authenticationMethodConfigurations");
    if configurations.is_some_and(|sent| sent.as_array().is_none_or(|sent| !sent.is_empty())) {
        return Err(call.area.bad_request(
            "'authenticationMethodConfigurations' cannot be changed here. Update each of them at \
             /policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{id}.",
        ));
    }
    let update = conform(update, AuthenticationMethodsPolicy::TYPE);
    let update = update.map_err(|found| call.area.bad_request(found.to_string()))?;
    retry(|| once(&call, update.clone())).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call, update: Map<String, Json>) -> Result<(), GraphError> {
    let stored = super::stored(call).await?;
    let old = stored.as_ref().map_or_else(AuthenticationMethodsPolicy::initial, |row| row.record.clone());
    let mut new = change::as_object(&old)?;
    merge(&mut new, update);
    let new: AuthenticationMethodsPolicy = serde_json::from_value(Json::Object(new)).map_err(|error| {
        call.area.bad_request(format!("The policy is not valid: {error}.").replace('`', "'"))
    })?;
    check::policy(&old, &new)?;
    change::commit(call, stored, &old, new, "Update authentication methods policy").await
}
