use super::Kind;
use crate::call::Call;
use crate::query;
use crate::resources::policies;
use crate::route::Outcome;

pub(super) async fn get(call: Call, kind: Kind) -> Outcome {
    let item = super::named(&call, kind).await?;
    let shown = policies::with_whole_strength(&call, &item.record.document).await?;
    query::entity(&call, kind.set, &shown)
}
