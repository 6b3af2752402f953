//! Documents and queries the cases share.

use riskgate_core::{TenantId, Timestamp};
use riskgate_odata::Filter;
use riskgate_store::{Batch, Query, Row, Store, StoreError, Table, Write, tables};
use serde_json::Value as Json;

/// The table most cases use: it has columns of every kind.
pub(crate) static TABLE: &Table = &tables::SIGN_INS;

/// A batch of one insert.
pub(crate) fn insertion(tenant: TenantId, table: &'static Table, id: &str, document: Json) -> Batch {
    Batch { tenant, writes: vec![Write::Insert { table, id: id.to_owned(), document }] }
}

/// A batch of one update.
pub(crate) fn replacement(
    tenant: TenantId,
    table: &'static Table,
    id: &str,
    version: i64,
    document: Json,
) -> Batch {
    Batch { tenant, writes: vec![Write::Update { table, id: id.to_owned(), version, document }] }
}

/// A batch of one delete.
pub(crate) fn deletion(tenant: TenantId, table: &'static Table, id: &str, version: i64) -> Batch {
    Batch { tenant, writes: vec![Write::Delete { table, id: id.to_owned(), version }] }
}

/// Inserts documents with the identifier in their `id`.
pub(crate) async fn fill(store: &dyn Store, tenant: TenantId, table: &'static Table, documents: &[Json]) {
    let writes = documents.iter().map(|document| Write::Insert {
        table,
        id: document["id"].as_str().unwrap().to_owned(),
        document: document.clone(),
    });
    store.commit(Batch { tenant, writes: writes.collect() }).await.unwrap();
}

/// Identifiers of the rows that match, in order of identifier. Counting must agree.
pub(crate) async fn ids(store: &dyn Store, tenant: TenantId, filter: &Filter) -> Vec<String> {
    let page = store.query(tenant, TABLE, &Query::filtered(filter.clone(), 1000)).await;
    let page = page.unwrap_or_else(|error| panic!("{error}: {filter:?}"));
    assert_eq!(store.count(tenant, TABLE, filter).await.unwrap(), page.items.len() as u64, "{filter:?}");
    page.items.into_iter().map(|row| row.id).collect()
}

/// The row, which must exist.
pub(crate) async fn row(store: &dyn Store, tenant: TenantId, table: &'static Table, id: &str) -> Row {
    store.get(tenant, table, id).await.unwrap().expect("the row exists")
}

/// A moment from text.
pub(crate) fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The error of a taken identifier or value.
pub(crate) fn exists(table: &Table, id: &str) -> StoreError {
    StoreError::Exists { table: table.name, id: id.to_owned() }
}

/// The error of a row that was changed in between.
pub(crate) fn conflict(table: &Table, id: &str) -> StoreError {
    StoreError::Conflict { table: table.name, id: id.to_owned() }
}
