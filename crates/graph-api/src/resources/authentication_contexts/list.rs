use riskgate_model::AuthenticationContextClassReference;
use riskgate_odata::Filter;
use riskgate_store::StoreExt;

use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn list(call: Call) -> Outcome {
    let rows = call.store().find_all(call.service.api.tenant, Filter::Constant(true)).await?;
    let contexts: Vec<AuthenticationContextClassReference> = rows.into_iter().map(|row| row.record).collect();
    query::list_of(&call, &super::SET, &contexts)
}
