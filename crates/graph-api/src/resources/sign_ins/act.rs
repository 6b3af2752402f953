//! What administrators say about sign-ins.

use riskgate_core::is_guid;
use riskgate_protection::ProtectionError;
use riskgate_risk::state::Action;
use serde::Deserialize;

use crate::answer::Answer;
use crate::call::Call;
use crate::failure::from_protection;
use crate::route::Outcome;

/// Most sign-ins at once; the contract names no number, so it is that of users.
const MOST: usize = 60;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parameters {
    request_ids: Vec<String>,
}

pub(super) async fn confirm_compromised(call: Call) -> Outcome {
    act(&call, |sign_in_id| Action::ConfirmSignInCompromised { sign_in_id }, "ConfirmSigninCompromised").await
}

pub(super) async fn confirm_safe(call: Call) -> Outcome {
    act(&call, |sign_in_id| Action::ConfirmSignInSafe { sign_in_id }, "ConfirmSigninSafe").await
}

pub(super) async fn dismiss(call: Call) -> Outcome {
    act(&call, |sign_in_id| Action::DismissSignIn { sign_in_id }, "DismissSigninRisk").await
}

async fn act(call: &Call, action: impl Fn(String) -> Action, activity: &'static str) -> Outcome {
    let mut ids = call.parameters::<Parameters>()?.request_ids;
    if ids.is_empty() || ids.len() > MOST {
        return Err(call.area.bad_request(format!("'requestIds' must have from 1 to {MOST} items.")));
    }
    if !ids.iter().all(|id| is_guid(id)) {
        return Err(from_protection(call.area, ProtectionError::NotRisky));
    }
    ids.iter_mut().for_each(|id| id.make_ascii_lowercase());
    ids.sort_unstable();
    ids.dedup();
    let protection = &call.service.api.protection;
    let outcome = protection.act_on_sign_ins(&ids, &call.actor()?, action, activity).await;
    outcome.map(|()| Answer::no_content()).map_err(|error| from_protection(call.area, error))
}
