use super::SET;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn list(call: Call) -> Outcome {
    query::list_of(&call, &SET, &call.service.api.federation.providers().await?)
}

pub(super) async fn count(call: Call) -> Outcome {
    query::count_of(&call, &SET, &call.service.api.federation.providers().await?)
}
