use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn get(call: Call) -> Outcome {
    query::entity(&call, &super::SET, &super::named(&call).await?.record)
}
