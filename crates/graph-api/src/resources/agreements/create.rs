use super::body;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn create(call: Call) -> Outcome {
    let new = body::new_agreement(&call)?;
    let agreement = call.service.api.directory.create_agreement(&call.actor()?, new).await?;
    query::created(&call, super::set(&call), &agreement)
}
