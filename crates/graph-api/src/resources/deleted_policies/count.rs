use super::Kind;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn count(call: Call, kind: Kind) -> Outcome {
    query::count_of(&call, kind.set, &super::all(&call, kind).await?)
}
