//! `/users/{id}/ownedDevices` and `/users/{id}/registeredDevices`.

use riskgate_store::records::DeviceRelation;

use crate::call::Call;
use crate::query;
use crate::resources::stored::typed;
use crate::route::Outcome;

pub(super) async fn list(call: Call, relation: DeviceRelation) -> Outcome {
    let directory = &call.service.api.directory;
    let user = directory.user(call.key(0)).await?;
    let devices = directory.devices_of(&user.id, relation).await?;
    let devices = devices.iter().map(|device| typed("device", device)).collect::<Result<Vec<_>, _>>()?;
    query::list_of(&call, &super::OF_USER, &devices)
}
