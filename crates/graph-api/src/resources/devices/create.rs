use crate::call::Call;
use crate::query;
use crate::route::Outcome;

/// Creates a device as a management tool does; a browser is registered by its owner instead, on a page.
pub(super) async fn create(call: Call) -> Outcome {
    let device = call.service.api.directory.create_device(&call.actor()?, &call.json()?).await?;
    query::created(&call, &super::SET, &device)
}
