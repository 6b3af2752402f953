use super::By;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn get(call: Call, by: By) -> Outcome {
    let device = call.service.api.directory.find_device(by(&call)).await?;
    let device = device.ok_or_else(|| call.not_found("Device", 0))?;
    query::entity(&call, &super::SET, &device)
}
