use riskgate_core::is_guid;

use super::details;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

/// By object identifier of the user.
pub(super) async fn get(call: Call) -> Outcome {
    let user = match is_guid(call.key(0)) {
        true => call.service.api.directory.find_user(call.key(0)).await?,
        false => None,
    };
    let user = user.filter(|user| user.account_enabled == Some(true));
    let user = user.ok_or_else(|| call.not_found("UserRegistrationDetails", 0))?;
    query::entity(&call, &super::SET, &details::of(&call, &user).await?)
}
