use riskgate_model::{
    AuthenticationMethodModes, AuthenticationStrengthPolicy, AuthenticationStrengthPolicyType,
    requirements_of,
};
use riskgate_odata::Filter;
use riskgate_store::{retry, tables};
use serde_json::Value as Json;

use super::{body, change, configurations};
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::resources::policies::exclusive;
use crate::route::Outcome;

/// Creates a strength and echoes it.
pub(super) async fn create(call: Call) -> Outcome {
    let strength = new_strength(&call)?;
    retry(|| insert(&call, &strength)).await?;
    query::created(&call, super::set(&call), &strength)
}

fn new_strength(call: &Call) -> Result<AuthenticationStrengthPolicy, GraphError> {
    let body::Sent { mut properties, configurations } = body::sent(call)?;
    body::check_texts(&properties)?;
    let Some(Json::String(display_name)) = properties.remove("displayName") else {
        return Err(call.area.bad_request("'displayName' is required."));
    };
    let sent = properties.remove("allowedCombinations").unwrap_or_default();
    let sent: Vec<AuthenticationMethodModes> = serde_json::from_value(sent)
        .map_err(|_| call.area.bad_request("'allowedCombinations' is required."))?;
    let allowed_combinations = body::combinations(&sent)?;
    let mut strength = AuthenticationStrengthPolicy {
        id: call.service.api.rng.guid(),
        requirements_satisfied: requirements_of(&allowed_combinations),
        allowed_combinations,
        created_date_time: call.context.at,
        description: properties.remove("description").and_then(|text| text.as_str().map(str::to_owned)),
        display_name,
        modified_date_time: call.context.at,
        policy_type: AuthenticationStrengthPolicyType::Custom,
        combination_configurations: Vec::new(),
    };
    configurations::add_all(call, &mut strength, configurations)?;
    Ok(strength)
}

async fn insert(call: &Call, strength: &AuthenticationStrengthPolicy) -> Result<(), GraphError> {
    let tenant = call.service.api.tenant;
    let mut batch = exclusive(call).await?;
    let count =
        call.store().count(tenant, &tables::AUTHENTICATION_STRENGTHS, &Filter::Constant(true)).await?;
    if usize::try_from(count).unwrap_or(usize::MAX) >= super::MOST {
        return Err(call.area.bad_request(format!(
            "A tenant can have at most {} authentication strengths of its own.",
            super::MOST
        )));
    }
    batch.insert(strength)?;
    change::commit(call, batch, strength, ("Add authentication strength policy", "Add"), &[]).await
}
