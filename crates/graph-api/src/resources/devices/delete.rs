use riskgate_protection::PendingChange;

use super::By;
use crate::answer::Answer;
use crate::call::Call;
use crate::resources::policies::{answer_to_change, keep_administrators_in};
use crate::route::Outcome;

/// Deletes a device for good.
pub(super) async fn delete(call: Call, by: By) -> Outcome {
    let directory = &call.service.api.directory;
    let device = directory.find_device(by(&call)).await?.ok_or_else(|| call.not_found("Device", 0))?;
    keep_administrators_in(&call, &PendingChange::DeviceDeleted(&device.id)).await?;
    directory.delete_device(&call.actor()?, by(&call)).await?;
    Ok(answer_to_change(&call, Answer::no_content()))
}
