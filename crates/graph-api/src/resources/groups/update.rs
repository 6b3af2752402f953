use super::reference::take_members;
use crate::answer::Answer;
use crate::call::Call;
use crate::resources::policies::answer_to_change;
use crate::route::Outcome;

/// Changes properties, or adds members through `members@odata.bind`; not both at once, which could succeed in half.
pub(super) async fn update(call: Call) -> Outcome {
    let mut properties = call.json()?;
    let members = take_members(&call, &mut properties)?;
    properties.retain(|name, _| !name.starts_with("@odata."));
    let (directory, actor) = (&call.service.api.directory, call.actor()?);
    match (members.is_empty(), properties.is_empty()) {
        (true, _) => directory.update_group(&actor, call.key(0), &properties).await.map(|_| ())?,
        (false, true) => {
            super::keep_administrators_in(&call, super::added(&call, &members)).await?;
            directory.add_members(&actor, call.key(0), &members).await?;
        }
        (false, false) => {
            return Err(call.area.bad_request("Change properties and add members in two requests."));
        }
    }
    Ok(answer_to_change(&call, Answer::no_content()))
}
