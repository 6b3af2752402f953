use super::rights::source;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn list(call: Call) -> Outcome {
    query::list(&call, &super::SET, source(&call)).await
}
