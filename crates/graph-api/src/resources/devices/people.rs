//! Owners and users of a device.

use riskgate_store::records::DeviceRelation;

use super::By;
use crate::answer::Answer;
use crate::call::Call;
use crate::query;
use crate::resources::groups::referenced_id;
use crate::resources::stored::typed;
use crate::route::Outcome;

pub(super) async fn list(call: Call, by: By, relation: DeviceRelation) -> Outcome {
    let people = call.service.api.directory.device_people(by(&call), relation).await?;
    let people = people.iter().map(|user| typed("user", user)).collect::<Result<Vec<_>, _>>()?;
    query::list_of(&call, &super::PEOPLE, &people)
}

pub(super) async fn add(call: Call, by: By, relation: DeviceRelation) -> Outcome {
    let user = referenced_id(&call)?;
    call.service.api.directory.add_device_person(&call.actor()?, by(&call), relation, &user).await?;
    Ok(Answer::no_content())
}

pub(super) async fn remove(call: Call, by: By, relation: DeviceRelation) -> Outcome {
    let directory = &call.service.api.directory;
    directory.remove_device_person(&call.actor()?, by(&call), relation, call.key(1)).await?;
    Ok(Answer::no_content())
}
