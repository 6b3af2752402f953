use super::By;
use crate::answer::Answer;
use crate::call::Call;
use crate::route::Outcome;

/// Deletes a device for good.
pub(super) async fn delete(call: Call, by: By) -> Outcome {
    call.service.api.directory.delete_device(&call.actor()?, by(&call)).await?;
    Ok(Answer::no_content())
}
