use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn list(call: Call) -> Outcome {
    let policies = super::with_whole_strengths(&call, &super::all(&call).await?).await?;
    query::list_of(&call, super::set(&call), &policies)
}
