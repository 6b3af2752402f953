use super::Kind;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn list(call: Call, kind: Kind) -> Outcome {
    query::list_of(&call, kind.set, &super::all(&call, kind).await?)
}
