use super::rights::source;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn count(call: Call) -> Outcome {
    query::count(&call, &super::SET, source(&call)).await
}
