use super::Kind;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn get(call: Call, kind: Kind) -> Outcome {
    let item = super::named(&call, kind).await?;
    query::entity_of(&call, kind.set, &item.record.document)
}
