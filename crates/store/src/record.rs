use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Row, StoreError, Table};

/// A type that is kept in a table of its own.
pub trait Record: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its table.
    const TABLE: &'static Table;
    /// Its identifier, unique in tenant and table.
    fn id(&self) -> &str;
}

/// A record with the version it was read at.
#[derive(Debug, Clone, PartialEq)]
pub struct Versioned<R> {
    /// The record.
    pub record: R,
    /// Its version then.
    pub version: i64,
}

/// Turns a row into its record.
///
/// # Errors
/// [`StoreError::Damaged`] if the document is not one of this record.
pub fn decode<R: Record>(row: Row) -> Result<Versioned<R>, StoreError> {
    let Row { id, version, document } = row;
    match serde_json::from_value(document) {
        Ok(record) => Ok(Versioned { record, version }),
        Err(error) => Err(StoreError::Damaged { table: R::TABLE.name, id, reason: error.to_string() }),
    }
}
