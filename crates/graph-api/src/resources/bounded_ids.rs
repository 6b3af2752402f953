//! Lists of identifiers that actions are called with.

use riskgate_core::is_guid;

use crate::area::Area;
use crate::error::GraphError;

/// Most objects at once (contract §1.1).
const MOST: usize = 60;

/// The object identifiers of a parameter as they are stored, each once.
///
/// # Errors
/// 400 for none or too many, 404 for one that cannot be the identifier of an object; `kind` is the Graph type.
pub(super) fn object_ids(
    area: Area,
    parameter: &str,
    kind: &str,
    mut ids: Vec<String>,
) -> Result<Vec<String>, GraphError> {
    if ids.is_empty() || ids.len() > MOST {
        return Err(area.bad_request(format!("'{parameter}' must have from 1 to {MOST} items.")));
    }
    if let Some(id) = ids.iter().find(|id| !is_guid(id)) {
        return Err(area.not_found(kind, id));
    }
    ids.iter_mut().for_each(|id| id.make_ascii_lowercase());
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}
