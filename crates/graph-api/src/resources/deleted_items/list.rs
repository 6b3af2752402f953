use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use riskgate_store::records::{DeletedItem, DeletedKind};
use serde_json::Value as Json;

use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn list(call: Call, kind: DeletedKind) -> Outcome {
    let (word, set) = match kind {
        DeletedKind::Group => ("group", &super::GROUPS),
        _ => ("user", &super::USERS),
    };
    let rows =
        call.store().find_all::<DeletedItem>(call.service.api.tenant, Filter::equals("kind", word)).await?;
    let kept = rows.into_iter().filter(|row| row.record.expires_date_time > call.context.at);
    let documents: Vec<Json> = kept.map(|row| row.record.document).collect();
    query::list_of(&call, set, &documents)
}
