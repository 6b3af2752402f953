use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn count(call: Call) -> Outcome {
    query::count_of(&call, super::set(&call), &super::all(&call).await?)
}
