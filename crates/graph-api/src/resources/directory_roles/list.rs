use crate::call::Call;
use crate::query;
use crate::route::Outcome;

/// The roles somebody holds.
pub(super) async fn list(call: Call) -> Outcome {
    query::list_of(&call, &super::ROLES, &call.service.api.directory.directory_roles().await?)
}

pub(super) async fn count(call: Call) -> Outcome {
    query::count_of(&call, &super::ROLES, &call.service.api.directory.directory_roles().await?)
}

pub(super) async fn get(call: Call) -> Outcome {
    query::entity(&call, &super::ROLES, &super::named(&call)?)
}
