use crate::call::Call;
use crate::query;
use crate::route::Outcome;

/// Newest first.
pub(super) async fn list(call: Call) -> Outcome {
    query::list(&call, &super::SET, super::source()).await
}
