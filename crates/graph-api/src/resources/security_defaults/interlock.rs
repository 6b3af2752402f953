use riskgate_model::{ConditionalAccessPolicy, ConditionalAccessPolicyState};
use riskgate_odata::Filter;
use riskgate_store::StoreExt;

use crate::call::Call;
use crate::error::GraphError;

/// Refuses an enabled policy while the security defaults are on. The batch that writes the policy must be one of
/// `policies::exclusive`.
///
/// # Errors
/// 400 with the text of the service.
pub(in crate::resources) async fn allows(
    call: &Call,
    policy: &ConditionalAccessPolicy,
) -> Result<(), GraphError> {
    let is_enabled = policy.state == ConditionalAccessPolicyState::Enabled;
    match is_enabled && super::stored(call).await?.is_some_and(|row| row.record.is_enabled) {
        true => Err(call.area.bad_request(
            "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a \
             Conditional Access policy.",
        )),
        false => Ok(()),
    }
}

/// Refuses to enable the security defaults while a policy is enabled, in the same way.
///
/// # Errors
/// 400 that names such a policy.
pub(super) async fn allows_defaults(call: &Call) -> Result<(), GraphError> {
    let is_enabled = Filter::equals("state", "enabled");
    let tenant = call.service.api.tenant;
    match call.store().find_one::<ConditionalAccessPolicy>(tenant, is_enabled).await? {
        Some(policy) => Err(call.area.bad_request(format!(
            "The Conditional Access policy with id {} is enabled in the tenant. You must disable Conditional Access \
             policies before enabling Security defaults.",
            policy.record.id
        ))),
        None => Ok(()),
    }
}
