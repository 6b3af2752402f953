use riskgate_odata::Filter;
use riskgate_store::Query;

use super::Kind;
use crate::call::Call;
use crate::query;
use crate::resources::stored::document;
use crate::route::Outcome;

pub(super) async fn by_id(call: Call, kind: Kind) -> Outcome {
    let found = document(&call, kind.table, kind.name, 0).await?;
    query::entity_of(&call, kind.set, &found)
}

/// By the alternate key `(appId='...')`.
pub(super) async fn by_app_id(call: Call, kind: Kind) -> Outcome {
    let query = Query::filtered(Filter::equals("appId", call.key(0)), 1);
    let page = call.store().query(call.service.api.tenant, kind.table, &query).await?;
    let found = page.items.into_iter().next().ok_or_else(|| call.not_found(kind.name, 0))?;
    query::entity_of(&call, kind.set, &found.document)
}
