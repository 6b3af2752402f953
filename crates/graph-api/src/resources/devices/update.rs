use riskgate_directory::Capability;
use serde_json::{Map, Value as Json};

use super::By;
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

/// Changes a device: absent properties stay, null clears.
pub(super) async fn update(call: Call, by: By) -> Outcome {
    let properties = call.json()?;
    let directory = &call.service.api.directory;
    let device = directory.find_device(by(&call)).await?;
    device.ok_or_else(|| call.not_found("Device", 0))?;
    check_rights(&call, &properties)?;
    directory.update_device(&call.actor()?, by(&call), &properties).await?;
    Ok(Answer::no_content())
}

/// Who enables devices need not be who says that they comply. An application with the permission may do both, but
/// changes what devices prove themselves with only with the permission to create them.
fn check_rights(call: &Call, properties: &Map<String, Json>) -> Result<(), GraphError> {
    let caller = call.caller()?;
    let changes_keys = properties.contains_key("alternativeSecurityIds");
    if changes_keys && caller.user_id().is_none() && !caller.has_any(super::MANAGE.application) {
        return Err(call.area.missing_permission());
    }
    let names = properties.keys().filter(|name| !name.starts_with("@odata."));
    let needed = names.map(|name| match name.as_str() {
        "accountEnabled" => Capability::EnableDevices,
        _ => Capability::WriteDevices,
    });
    let is_missing = |capability: Capability| caller.user_id().is_some() && !caller.may(capability);
    if needed.into_iter().any(is_missing) { Err(call.area.missing_permission()) } else { Ok(()) }
}
