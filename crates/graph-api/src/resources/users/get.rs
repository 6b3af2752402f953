use super::rights::limit;
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::route::Outcome;

/// By object identifier or user principal name.
pub(super) async fn get(call: Call) -> Outcome {
    let user = call.service.api.directory.user(call.key(0)).await?;
    let mut user = serde_json::to_value(user).map_err(|_| GraphError::internal())?;
    limit(&mut user, &call);
    query::entity_of(&call, &super::SET, &user)
}
