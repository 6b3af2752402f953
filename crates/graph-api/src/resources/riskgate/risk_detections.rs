use serde::Deserialize;

use super::body::Signal;
use super::{DETECTIONS, kinds};
use crate::answer::Answer;
use crate::call::Call;
use crate::failure::from_protection;
use crate::query;
use crate::route::Outcome;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    user_id: Option<String>,
    user_principal_name: Option<String>,
    #[serde(flatten)]
    signal: Signal,
}

const NAMES: &[&str] = &[
    "userId",
    "userPrincipalName",
    "externalId",
    "riskEventType",
    "riskLevel",
    "activityDateTime",
    "ipAddress",
    "additionalInfo",
];

/// Takes risk of a user that somebody else saw: 201 with the detection, 200 if it was reported before.
pub(super) async fn create(call: Call) -> Outcome {
    let body: Body = call.known_parameters(NAMES)?;
    let id_or_name = match (&body.user_id, &body.user_principal_name) {
        (Some(id), None) | (None, Some(id)) => id.clone(),
        _ => return Err(call.area.bad_request("Either 'userId' or 'userPrincipalName' must be given.")),
    };
    let signal = body.signal.checked(&call, kinds::OF_USERS)?;
    let api = &call.service.api;
    let user = api.directory.find_user(&id_or_name).await?;
    let user = user.ok_or_else(|| call.area.not_found("User", &id_or_name))?;
    let reported = api.protection.report_user(&user, &signal, &call.actor()?).await;
    let reported = reported.map_err(|error| from_protection(call.area, error))?;
    let answer = query::created(&call, &DETECTIONS, &reported.detection)?;
    Ok(if reported.is_new { answer } else { Answer { status: axum::http::StatusCode::OK, ..answer } })
}
