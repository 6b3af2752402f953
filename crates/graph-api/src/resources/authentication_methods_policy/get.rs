use crate::call::Call;
use crate::query;
use crate::route::Outcome;

/// The policy with all its configurations.
pub(super) async fn get(call: Call) -> Outcome {
    query::entity(&call, &super::SET, &super::in_force(&call).await?)
}
