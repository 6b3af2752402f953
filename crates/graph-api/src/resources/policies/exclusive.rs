use riskgate_model::Organization;
use riskgate_store::{Batch, StoreExt};

use crate::call::Call;
use crate::error::GraphError;

/// A batch for a change that depends on policies and what they refer to, or on which those depend: two such changes at
/// the same moment collide, and the second one looks again. To be asked for before anything is read.
///
/// They collide in the organization's row, which each of them writes unchanged.
///
/// # Errors
/// What the store fails with.
pub(in crate::resources) async fn exclusive(call: &Call) -> Result<Batch, GraphError> {
    let tenant = call.service.api.tenant;
    let organization = call.store().load::<Organization>(tenant, &tenant.to_string()).await?;
    let organization = organization.ok_or_else(GraphError::internal)?;
    let mut batch = call.batch();
    batch.update(&organization)?;
    Ok(batch)
}
