use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn get(call: Call) -> Outcome {
    let policy = super::named(&call).await?;
    let shown = super::with_whole_strength(&call, &policy.record).await?;
    query::entity(&call, super::set(&call), &shown)
}
