use riskgate_core::TenantId;
use serde_json::Value as Json;

use crate::{Record, StoreError, Table, Versioned};

/// Changes of one tenant that happen whole or not at all, and are durable when [`crate::Store::commit`] returns.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Whose rows.
    pub tenant: TenantId,
    /// The changes, done in order.
    pub writes: Vec<Write>,
}

/// One change.
#[derive(Debug, Clone)]
pub enum Write {
    /// A new row; [`StoreError::Exists`] if identifier or a unique index is taken.
    Insert {
        /// Where.
        table: &'static Table,
        /// Identifier.
        id: String,
        /// The record.
        document: Json,
    },
    /// A new document for a row; [`StoreError::Conflict`] unless the row has the version given.
    Update {
        /// Where.
        table: &'static Table,
        /// Identifier.
        id: String,
        /// The version the document was computed from.
        version: i64,
        /// The record.
        document: Json,
    },
    /// A row removed; [`StoreError::Conflict`] unless it has the version given.
    Delete {
        /// Where.
        table: &'static Table,
        /// Identifier.
        id: String,
        /// The version that was seen.
        version: i64,
    },
}

impl Write {
    /// Where it changes something.
    pub fn table(&self) -> &'static Table {
        match self {
            Self::Insert { table, .. } | Self::Update { table, .. } | Self::Delete { table, .. } => table,
        }
    }
}

impl Batch {
    /// No changes yet.
    pub fn new(tenant: TenantId) -> Self {
        Self { tenant, writes: Vec::new() }
    }

    /// Adds a new record.
    pub fn insert<R: Record>(&mut self, record: &R) -> Result<(), StoreError> {
        let document = encode(record)?;
        self.writes.push(Write::Insert { table: R::TABLE, id: record.id().to_owned(), document });
        Ok(())
    }

    /// Replaces a record by what `changed.record` is now, if nobody else changed it since it was read.
    pub fn update<R: Record>(&mut self, changed: &Versioned<R>) -> Result<(), StoreError> {
        let document = encode(&changed.record)?;
        let id = changed.record.id().to_owned();
        self.writes.push(Write::Update { table: R::TABLE, id, version: changed.version, document });
        Ok(())
    }

    /// Removes a record, if nobody changed it since it was read.
    pub fn delete<R: Record>(&mut self, seen: &Versioned<R>) {
        self.writes.push(Write::Delete {
            table: R::TABLE,
            id: seen.record.id().to_owned(),
            version: seen.version,
        });
    }
}

fn encode<R: Record>(record: &R) -> Result<Json, StoreError> {
    serde_json::to_value(record).map_err(|error| StoreError::Damaged {
        table: R::TABLE.name,
        id: record.id().to_owned(),
        reason: error.to_string(),
    })
}
