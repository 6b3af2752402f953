use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn get(call: Call) -> Outcome {
    let policy = super::named(&call).await?;
    query::entity(&call, super::set(&call), &policy.record)
}
