use riskgate_directory::Change;
use riskgate_model::{
    AuthenticationMethodModes, AuthenticationStrengthPolicy, GraphType, UpdateAllowedCombinationsResult,
    requirements_of,
};
use riskgate_protection::PendingChange;
use riskgate_store::{Versioned, retry};
use serde::Deserialize;
use serde_json::json;

use super::{body, change};
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::resources::policies::{answer_to_change, exclusive, keep_administrators_in, with_strength};
use crate::route::Outcome;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parameters {
    allowed_combinations: Vec<AuthenticationMethodModes>,
}

/// Replaces what a strength allows, and says which policies that concerns.
pub(super) async fn update(call: Call) -> Outcome {
    let wanted = body::combinations(&call.parameters::<Parameters>()?.allowed_combinations)?;
    let (previous, current) = retry(|| once(&call, &wanted)).await?;
    let policies = with_strength(&call, &current.id).await?;
    let result = UpdateAllowedCombinationsResult {
        additional_information: information(&previous, &current, policies.len()),
        conditional_access_references: policies.into_iter().map(|policy| policy.id).collect(),
        current_combinations: current.allowed_combinations,
        previous_combinations: previous.allowed_combinations,
    };
    let answer = query::complex(&call, UpdateAllowedCombinationsResult::TYPE, &result)?;
    Ok(answer_to_change(&call, answer))
}

async fn once(
    call: &Call,
    wanted: &[AuthenticationMethodModes],
) -> Result<(AuthenticationStrengthPolicy, AuthenticationStrengthPolicy), GraphError> {
    let mut batch = exclusive(call).await?;
    let Versioned { record: previous, version } = super::changeable(call).await?;
    let mut current = previous.clone();
    current.allowed_combinations = wanted.to_vec();
    if current.allowed_combinations == previous.allowed_combinations {
        return Ok((previous, current));
    }
    current.requirements_satisfied = requirements_of(wanted);
    current.modified_date_time = call.context.at;
    let configurations = current.combination_configurations.iter();
    if let Some(left) =
        configurations.into_iter().find(|own| !own.applies_to().iter().all(|c| wanted.contains(c)))
    {
        return Err(call.area.bad_request(format!(
            "The combination configuration with id {} applies to a combination that would no longer be allowed. \
             Change or delete it first.",
            left.id()
        )));
    }
    keep_administrators_in(call, &PendingChange::AuthenticationStrength(&current)).await?;
    batch.update(&Versioned { record: current.clone(), version })?;
    let changes = [Change {
        property: "allowedCombinations".to_owned(),
        old: json!(previous.allowed_combinations),
        new: json!(current.allowed_combinations),
    }];
    let activity = ("Update authentication strength policy", "Update");
    change::commit(call, batch, &current, activity, &changes).await?;
    Ok((previous, current))
}

/// What an administrator should know about the change.
fn information(
    previous: &AuthenticationStrengthPolicy,
    current: &AuthenticationStrengthPolicy,
    policies: usize,
) -> Option<String> {
    let is_weaker = previous.requirements_satisfied != current.requirements_satisfied
        && current.requirements_satisfied.members() == ["none"];
    match (is_weaker, policies) {
        (_, 0) => None,
        (true, _) => Some(
            "The strength no longer is multifactor authentication, and the policies that ask for it demand less."
                .to_owned(),
        ),
        (false, _) => Some("The policies that ask for the strength demand something else from now on.".to_owned()),
    }
}
