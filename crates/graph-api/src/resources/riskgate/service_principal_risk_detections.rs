use serde::Deserialize;

use super::body::Signal;
use super::{OF_SERVICE_PRINCIPALS, kinds};
use crate::answer::Answer;
use crate::call::Call;
use crate::failure::from_protection;
use crate::query;
use crate::route::Outcome;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    service_principal_id: Option<String>,
    app_id: Option<String>,
    #[serde(flatten)]
    signal: Signal,
}

const NAMES: &[&str] = &[
    "servicePrincipalId",
    "appId",
    "externalId",
    "riskEventType",
    "riskLevel",
    "activityDateTime",
    "ipAddress",
    "additionalInfo",
];

/// Takes risk of an application that somebody else saw: 201 with the detection, 200 if it was reported before.
pub(super) async fn create(call: Call) -> Outcome {
    let body: Body = call.known_parameters(NAMES)?;
    let directory = &call.service.api.directory;
    let (id, principal) = match (&body.service_principal_id, &body.app_id) {
        (Some(id), None) => (id, directory.find_service_principal(id).await?),
        (None, Some(id)) => (id, directory.find_service_principal_of(id).await?),
        _ => return Err(call.area.bad_request("Either 'servicePrincipalId' or 'appId' must be given.")),
    };
    let principal = principal.ok_or_else(|| call.area.not_found("ServicePrincipal", id))?;
    let signal = body.signal.checked(&call, kinds::OF_SERVICE_PRINCIPALS)?;
    let protection = &call.service.api.protection;
    let reported = protection.report_service_principal(&principal, &signal, &call.actor()?).await;
    let reported = reported.map_err(|error| from_protection(call.area, error))?;
    let answer = query::created(&call, &OF_SERVICE_PRINCIPALS, &reported.detection)?;
    Ok(if reported.is_new { answer } else { Answer { status: axum::http::StatusCode::OK, ..answer } })
}
