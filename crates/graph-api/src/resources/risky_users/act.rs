//! What administrators do about risky users. Each may be repeated.

use riskgate_core::is_guid;
use riskgate_protection::ProtectionError;
use serde::Deserialize;

use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

/// Most users at once (contract §1.1).
const MOST: usize = 60;

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
    let mut ids = call.parameters::<Parameters>()?.user_ids;
    if ids.is_empty() || ids.len() > MOST {
        return Err(call.area.bad_request(format!("'userIds' must have from 1 to {MOST} items.")));
    }
    if let Some(id) = ids.iter().find(|id| !is_guid(id)) {
        return Err(call.area.not_found("User", id));
    }
    // Identical ones are acted on once.
    ids.iter_mut().for_each(|id| id.make_ascii_lowercase());
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

fn done(call: &Call, outcome: Result<(), ProtectionError>) -> Outcome {
    outcome.map(|()| Answer::no_content()).map_err(|error| crate::failure::from_protection(call.area, error))
}
