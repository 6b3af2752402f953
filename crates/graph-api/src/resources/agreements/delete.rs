use crate::answer::Answer;
use crate::call::Call;
use crate::route::Outcome;

pub(super) async fn delete(call: Call) -> Outcome {
    call.service.api.directory.delete_agreement(&call.actor()?, call.key(0)).await?;
    Ok(Answer::no_content())
}
