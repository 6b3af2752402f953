//! Whether a policy may be stored.

use riskgate_access::{PolicyError, validate};
use riskgate_model::ConditionalAccessPolicy;
use riskgate_protection::{KnownIds, PendingChange};

use super::{lockout, refused};
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::security_defaults;

/// Refuses to store a policy that is not valid, that is enabled beside the security defaults, or that would keep every
/// administrator out.
///
/// # Errors
/// 400 with the text of the rule that is broken.
pub(in crate::resources) async fn check_change(
    call: &Call,
    policy: &ConditionalAccessPolicy,
) -> Result<(), GraphError> {
    check(call, policy).await?;
    security_defaults::allows(call, policy).await?;
    lockout::check(call, &PendingChange::Policy(policy)).await
}

/// Refuses a policy that is not valid or refers to what is not there.
///
/// # Errors
/// 400 with the text of the rule that is broken.
pub(in crate::resources) async fn check(
    call: &Call,
    policy: &ConditionalAccessPolicy,
) -> Result<(), GraphError> {
    let api = &call.service.api;
    if policy.conditions.insider_risk_levels.is_some() && !api.protection.knows_insider_risk() {
        return Err(refused(&no_insider_risk()));
    }
    let known = KnownIds::of(call.store(), api.tenant, [policy]).await?;
    validate(policy, &known).map_err(|error| refused(&error))
}

/// A condition about what is unknown of everybody would keep everybody out.
fn no_insider_risk() -> PolicyError {
    PolicyError::Invalid {
        property: "conditions/insiderRiskLevels",
        problem:
            "nothing says which insider risk level a user has; name the extension attribute that does in the \
                  configuration (conditional_access.insider_risk_attribute)"
                .to_owned(),
    }
}
