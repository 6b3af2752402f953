use crate::answer::Answer;
use crate::call::Call;
use crate::route::Outcome;

/// Deletes a provider; nobody is linked to it any longer.
pub(super) async fn delete(call: Call) -> Outcome {
    call.service.api.federation.delete_provider(&call.actor()?, call.key(0)).await?;
    Ok(Answer::no_content())
}
