use super::SET;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn get(call: Call) -> Outcome {
    let provider = call.service.api.federation.provider(call.key(0)).await?;
    query::entity(&call, &SET, &provider)
}
