use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn get(call: Call) -> Outcome {
    let agreement = call.service.api.directory.agreement(call.key(0)).await?;
    query::entity(&call, super::set(&call), &agreement)
}
