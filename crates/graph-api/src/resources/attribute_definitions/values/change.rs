use riskgate_model::AllowedValue;

use super::super::{body, change, named};
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::policies::exclusive;

/// Writes a value, new or not.
///
/// # Errors
/// 400 if it does not fit the definition or, being new, is there already; 404 if it is not there and should be.
pub(super) async fn put(call: &Call, value: AllowedValue, is_new: bool) -> Result<(), GraphError> {
    let batch = exclusive(call).await?;
    let mut definition = named(call).await?;
    let old = definition.record.clone();
    if is_new && old.allowed_values.iter().any(|own| own.id == value.id) {
        return Err(call.area.bad_request(format!("AllowedValue with id {} exists already.", value.id)));
    }
    if !is_new {
        super::named(call, &old)?;
    }
    body::put(&mut definition.record, value)?;
    change::update(call, batch, &old, definition).await
}
