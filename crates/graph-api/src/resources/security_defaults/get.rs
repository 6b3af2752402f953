use riskgate_model::IdentitySecurityDefaultsEnforcementPolicy;

use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn get(call: Call) -> Outcome {
    let stored = super::stored(&call).await?.map(|row| row.record);
    let policy = stored.unwrap_or_else(IdentitySecurityDefaultsEnforcementPolicy::initial);
    query::entity(&call, &super::SET, &policy)
}
