use super::Kind;
use crate::call::Call;
use crate::query::{self, Source};
use crate::route::Outcome;

pub(super) async fn list(call: Call, kind: Kind) -> Outcome {
    query::list(&call, kind.set, Source::all(kind.table)).await
}

pub(super) async fn count(call: Call, kind: Kind) -> Outcome {
    query::count(&call, kind.set, Source::all(kind.table)).await
}
