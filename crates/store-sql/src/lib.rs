//! The [`Store`](riskgate_store::Store) on SQLite and PostgreSQL.
//!
//! One way through for both engines: a query or a batch becomes statement trees (`condition`, `page`, `statements`),
//! the trees become text in one place (`dialect`), and an engine (`sqlite`, `postgres`) only sends text and values and
//! hands back rows. Engines differ in how they connect, lock and report errors, never in what a query means; every
//! test of `tests/suite` runs on all of them.
//!
//! * [`open`] opens a store by address: `sqlite://PATH`, `sqlite::memory:`, `postgres://USER:PASSWORD@HOST/DATABASE`.
//! * [`SqlStore`] is the same with a clean end, [`SqlStore::close`].
//!
//! To add a condition to filters: lower it in `condition` (both as it stands and negated), and let the property test
//! `filters` produce it, which compares with the evaluation in memory.
//!
//! To change the schema: see `migrations`.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod condition;
mod dialect;
mod document;
mod error;
mod migrate;
mod migrations;
mod page;
mod postgres;
mod sqlite;
mod statements;
mod store;

pub use error::OpenError;
pub use store::{SqlStore, open};

use dialect::Param;
use riskgate_store::StoreError;

/// The number in the only row of a count.
fn counted(rows: &[Vec<Param>]) -> Result<u64, StoreError> {
    match rows.first().and_then(|row| row.first()) {
        Some(Param::Integer(number)) => Ok(u64::try_from(*number).unwrap_or(0)),
        _ => Err(StoreError::Unavailable("a count came without number".to_owned())),
    }
}

/// The text in the only row, if there is one.
fn only_text(rows: Vec<Vec<Param>>) -> Option<String> {
    match rows.into_iter().next()?.into_iter().next()? {
        Param::Text(text) => Some(text),
        _ => None,
    }
}
