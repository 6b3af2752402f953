use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn get(call: Call) -> Outcome {
    let (item, kind) = super::named(&call).await?;
    let needed = if kind == "user" { super::USER_READ } else { super::GROUP_READ };
    if !call.caller()?.has_any(needed) {
        return Err(call.area.missing_permission());
    }
    query::entity_of(&call, &super::ANY, &super::typed(&item.record, kind))
}
