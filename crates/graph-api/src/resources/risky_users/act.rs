//! What administrators do about risky users. Each may be repeated.

use riskgate_protection::ProtectionError;
use serde::Deserialize;

use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::bounded_ids::object_ids;
use crate::route::Outcome;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parameters {
    user_ids: Vec<String>,
}

pub(super) async fn dismiss(call: Call) -> Outcome {
    let ids = user_ids(&call)?;
    done(&call, call.service.api.protection.dismiss_users(&ids, &call.actor()?).await)
}

pub(super) async fn confirm_compromised(call: Call) -> Outcome {
    let ids = user_ids(&call)?;
    done(&call, call.service.api.protection.confirm_users_compromised(&ids, &call.actor()?).await)
}

pub(super) async fn confirm_safe(call: Call) -> Outcome {
    let ids = user_ids(&call)?;
    done(&call, call.service.api.protection.confirm_users_safe(&ids, &call.actor()?).await)
}

fn user_ids(call: &Call) -> Result<Vec<String>, GraphError> {
    object_ids(call.area, "userIds", "User", call.parameters::<Parameters>()?.user_ids)
}

fn done(call: &Call, outcome: Result<(), ProtectionError>) -> Outcome {
    outcome.map(|()| Answer::no_content()).map_err(|error| crate::failure::from_protection(call.area, error))
}
