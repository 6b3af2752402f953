mod full;
mod plans;
mod readers;
mod writing;

use std::sync::Arc;

use riskgate_core::TenantId;
use riskgate_store::{Table, Write, tables};
use rusqlite::Connection;
use serde_json::Value as Json;

use super::connection::Location;
use super::*;
use crate::statements::change;

/// The tenant of these tests.
const TENANT: &str = "00000000-0000-0000-0000-000000000001";

fn tenant() -> TenantId {
    TENANT.parse().unwrap()
}

fn insertion(table: &'static Table, id: &str, document: Json) -> Change {
    let write = Write::Insert { table, id: id.to_owned(), document };
    change(Dialect::Sqlite, tenant(), &write).unwrap()
}

fn sign_in(id: &str, document: Json) -> Change {
    insertion(&tables::SIGN_INS, id, document)
}

/// A migrated store in a file, and its directory.
async fn store() -> (tempfile::TempDir, Arc<Sqlite>) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db").display().to_string();
    let store = Sqlite::open(Some(&path)).await.unwrap();
    (directory, Arc::new(store))
}

/// The connection of a writer, on a store of its own.
async fn writer_connection() -> (tempfile::TempDir, Connection) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.db").display().to_string();
    let connection = Location::new(Some(&path)).unwrap().open_writer().unwrap();
    let mut session = MigrationSession(connection);
    migrate(&mut session, Dialect::Sqlite).await.unwrap();
    (directory, session.0)
}

fn number(connection: &Connection, sql: &str) -> i64 {
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}
