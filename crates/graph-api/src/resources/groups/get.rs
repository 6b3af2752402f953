use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn get(call: Call) -> Outcome {
    let group = call.service.api.directory.find_group(call.key(0)).await?;
    let group = group.ok_or_else(|| call.not_found("Group", 0))?;
    query::entity(&call, &super::SET, &group)
}
