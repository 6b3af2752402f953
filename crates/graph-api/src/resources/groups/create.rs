use riskgate_directory::NewGroup;

use super::reference::take_members;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn create(call: Call) -> Outcome {
    let mut properties = call.json()?;
    let member_ids = take_members(&call, &mut properties)?;
    let new = NewGroup { properties, member_ids };
    let group = call.service.api.directory.create_group(&call.actor()?, &new).await?;
    query::created(&call, &super::SET, &group)
}
