use super::body;
use crate::answer::Answer;
use crate::call::Call;
use crate::route::Outcome;

/// Changes name and whether it must be opened first; the rest of terms of use stays as people accepted it.
pub(super) async fn update(call: Call) -> Outcome {
    let change = body::change(&call)?;
    let name = change.display_name.as_deref();
    let directory = &call.service.api.directory;
    let is_viewing_required = change.is_viewing_before_acceptance_required;
    directory.update_agreement(&call.actor()?, call.key(0), name, is_viewing_required).await?;
    Ok(Answer::no_content())
}
