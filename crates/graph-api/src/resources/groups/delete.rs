use riskgate_directory::MembershipChange;

use crate::answer::Answer;
use crate::call::Call;
use crate::resources::policies::answer_to_change;
use crate::route::Outcome;

pub(super) async fn delete(call: Call) -> Outcome {
    let change = MembershipChange::Deleted { group_id: super::group_id(&call) };
    super::keep_administrators_in(&call, change).await?;
    call.service.api.directory.delete_group(&call.actor()?, call.key(0)).await?;
    Ok(answer_to_change(&call, Answer::no_content()))
}
