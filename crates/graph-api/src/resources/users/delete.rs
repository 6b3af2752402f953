use super::rights::manage;
use crate::answer::Answer;
use crate::call::Call;
use crate::route::Outcome;

/// Deletes a user; what is left is among the deleted items for 30 days.
pub(super) async fn delete(call: Call) -> Outcome {
    let directory = &call.service.api.directory;
    let user = directory.user(call.key(0)).await?;
    manage(&call, &user).await?;
    directory.delete_user(&call.actor()?, &user.id).await?;
    Ok(Answer::no_content())
}
