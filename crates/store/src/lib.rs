//! What Riskgate keeps, and the interface every storage engine implements.
//!
//! A [`Table`] holds documents of one kind: a [`Record`] serialized as JSON, a version, and the columns that queries
//! use, taken out of the document by path. All reads are [`Store::get`], [`Store::query`] and [`Store::count`]; all
//! changes are [`Batch`]es that happen whole or not at all. Nothing is locked: an update names the version it was
//! computed from, and when somebody else was faster the batch fails with [`StoreError::Conflict`] and the caller
//! computes again ([`retry`]). So one-time things (codes, refresh tokens, one-time-password steps) are used up once,
//! however many nodes share the database.
//!
//! To keep a new kind of thing:
//! 1. write its record in `records/`, deriving `Serialize` and `Deserialize`;
//! 2. add its table to [`tables`], with a column for each property queries use, and implement [`Record`] for it;
//! 3. add a migration in `riskgate-store-sql`; its schema test says what is missing.

mod batch;
mod query;
mod record;
pub mod records;
mod retry;
mod store;
mod table;
pub mod tables;

pub use batch::{Batch, Write};
pub use query::{Direction, Order, Page, Position, Query, Row};
pub use record::{Record, Versioned, decode};
pub use retry::{AsConflict, retry};
pub use store::{Store, StoreError, StoreExt};
pub use table::{Column, ColumnKind, Index, Table};
