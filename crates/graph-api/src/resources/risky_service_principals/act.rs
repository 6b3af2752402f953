//! What administrators do about service principals at risk. Each may be repeated.

use serde::Deserialize;

use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::failure::from_protection;
use crate::resources::bounded_ids::object_ids;
use crate::route::Outcome;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parameters {
    service_principal_ids: Vec<String>,
}

pub(super) async fn dismiss(call: Call) -> Outcome {
    let ids = ids(&call)?;
    let protection = &call.service.api.protection;
    let outcome = protection.dismiss_service_principals(&ids, &call.actor()?).await;
    outcome.map(|()| Answer::no_content()).map_err(|error| from_protection(call.area, error))
}

pub(super) async fn confirm_compromised(call: Call) -> Outcome {
    let ids = ids(&call)?;
    let protection = &call.service.api.protection;
    let outcome = protection.confirm_service_principals_compromised(&ids, &call.actor()?).await;
    outcome.map(|()| Answer::no_content()).map_err(|error| from_protection(call.area, error))
}

fn ids(call: &Call) -> Result<Vec<String>, GraphError> {
    let ids = call.parameters::<Parameters>()?.service_principal_ids;
    object_ids(call.area, "servicePrincipalIds", "ServicePrincipal", ids)
}
