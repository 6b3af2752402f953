use super::Kind;
use crate::call::Call;
use crate::query;
use crate::resources::policies;
use crate::route::Outcome;

pub(super) async fn list(call: Call, kind: Kind) -> Outcome {
    let documents = policies::with_whole_strengths(&call, &super::all(&call, kind).await?).await?;
    query::list_of(&call, kind.set, &documents)
}
