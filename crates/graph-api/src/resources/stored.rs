//! What resources that are kept as they are shown have in common.

use riskgate_core::is_guid;
use riskgate_store::Table;
use serde::Serialize;
use serde_json::Value as Json;

use crate::call::Call;
use crate::error::GraphError;

/// The document the `n`th key of the path names.
///
/// # Errors
/// 404, with `kind` as Graph type.
pub(super) async fn document(
    call: &Call,
    table: &'static Table,
    kind: &str,
    n: usize,
) -> Result<Json, GraphError> {
    let row = call.store().get(call.service.api.tenant, table, &normalized(call.key(n))).await?;
    row.map(|row| row.document).ok_or_else(|| call.not_found(kind, n))
}

/// An object of this Graph type, for sets of different types.
///
/// # Errors
/// 500 if it cannot be written as JSON.
pub(super) fn typed(kind: &str, object: &impl Serialize) -> Result<Json, GraphError> {
    let mut document = serde_json::to_value(object).map_err(|_| GraphError::internal())?;
    document["@odata.type"] = Json::from(format!("#microsoft.graph.{kind}"));
    Ok(document)
}

/// An identifier as it is stored: GUIDs in lower case, others as they are.
pub(super) fn normalized(id: &str) -> String {
    if is_guid(id) { id.to_ascii_lowercase() } else { id.to_owned() }
}
