//! The body of a strength, before it is a strength.

use riskgate_model::{
    AuthenticationMethodModes, AuthenticationStrengthPolicy, GraphType, authentication_combination,
};
use serde_json::{Map, Value as Json};

use crate::area::Area::ConditionalAccess;
use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;

/// What the server alone writes; clients that send back what they read mean nothing by it.
const READ_ONLY: [&str; 5] =
    ["id", "createdDateTime", "modifiedDateTime", "policyType", "requirementsSatisfied"];
/// Most characters of a display name.
const LONGEST_NAME: usize = 256;
/// Most characters of a description.
const LONGEST_DESCRIPTION: usize = 1024;

/// What a client sent of a strength.
#[derive(Clone)]
pub(super) struct Sent {
    /// The properties, as the schema has them.
    pub(super) properties: Map<String, Json>,
    /// `combinationConfigurations`, not yet checked.
    pub(super) configurations: Option<Json>,
}

/// Reads what a client sent.
///
/// # Errors
/// 400 with the place of what does not fit.
pub(super) fn sent(call: &Call) -> Result<Sent, GraphError> {
    let mut body = call.json()?;
    // A navigation property, which services and clients write inline all the same.
    let configurations = body.remove("combinationConfigurations").filter(|sent| !sent.is_null());
    let conforming = conform(body, AuthenticationStrengthPolicy::TYPE);
    let mut properties = conforming.map_err(|found| ConditionalAccess.bad_request(found.to_string()))?;
    properties.retain(|name, _| !READ_ONLY.contains(&name.as_str()));
    Ok(Sent { properties, configurations })
}

/// `displayName` and `description`, as far as they were sent.
///
/// # Errors
/// 400 for texts that are empty or too long.
pub(super) fn check_texts(properties: &Map<String, Json>) -> Result<(), GraphError> {
    let length =
        |name: &str| properties.get(name).and_then(Json::as_str).map(|text| text.trim().chars().count());
    if length("displayName").is_some_and(|length| length == 0 || length > LONGEST_NAME) {
        return Err(ConditionalAccess
            .bad_request(format!("'displayName' must have from 1 to {LONGEST_NAME} characters.")));
    }
    if length("description").is_some_and(|length| length > LONGEST_DESCRIPTION) {
        return Err(ConditionalAccess
            .bad_request(format!("'description' must have at most {LONGEST_DESCRIPTION} characters.")));
    }
    Ok(())
}

/// The combinations that were sent, each once and in the usual order of its methods.
///
/// # Errors
/// 400 for none, and for one that no strength can allow.
pub(super) fn combinations(
    sent: &[AuthenticationMethodModes],
) -> Result<Vec<AuthenticationMethodModes>, GraphError> {
    let mut known = Vec::new();
    for combination in sent {
        let Some(combination) = authentication_combination(combination) else {
            return Err(ConditionalAccess.bad_request(format!(
                "'{}' is no combination of methods that an authentication strength can allow. \
                 GET identity/conditionalAccess/authenticationStrength lists them as 'combinations'.",
                String::from(combination.clone())
            )));
        };
        if !known.contains(&combination) {
            known.push(combination);
        }
    }
    match known.is_empty() {
        true => {
            Err(ConditionalAccess.bad_request("'allowedCombinations' must name at least one combination."))
        }
        false => Ok(known),
    }
}
