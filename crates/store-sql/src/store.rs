use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use riskgate_core::{TenantId, Timestamp};
use riskgate_odata::{Comparison, Filter, Value};
use riskgate_store::records::Revision;
use riskgate_store::{Batch, Page, Query, Row, Store, StoreError, Table};

use crate::OpenError;
use crate::dialect::{Dialect, Param, Statement};
use crate::page::{PageReader, decode};
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::statements;

/// A store on SQLite or PostgreSQL.
pub struct SqlStore(Engine);

enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// Opens the store at an address and brings its schema up to date.
///
/// * `sqlite://PATH` is a file, made if it is missing; its directory must exist.
/// * `sqlite::memory:` is a new store in memory, gone with the last use of it.
/// * `postgres://USER:PASSWORD@HOST/DATABASE` is a database several programs may share.
///
/// Must be called inside a Tokio runtime with time enabled.
///
/// # Errors
/// See [`OpenError`].
pub async fn open(url: &str) -> Result<Arc<dyn Store>, OpenError> {
    Ok(Arc::new(SqlStore::open(url).await?))
}

impl SqlStore {
    /// The same as [`open`], as a type that can be closed.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let engine = if url == "sqlite::memory:" {
            Engine::Sqlite(Sqlite::open(None).await?)
        } else if let Some(path) = url.strip_prefix("sqlite://") {
            match path {
                "" => return Err(OpenError::Address("no path follows sqlite://".to_owned())),
                path => Engine::Sqlite(Sqlite::open(Some(path)).await?),
            }
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Engine::Postgres(Postgres::open(url).await?)
        } else {
            return Err(OpenError::Address("it begins with none of the known schemes".to_owned()));
        };
        Ok(Self(engine))
    }

    /// Finishes what was asked for and ends; whatever comes later fails. A store that is just dropped, or whose
    /// process is killed, loses nothing either: what was acknowledged is on the disk.
    pub async fn close(&self) {
        match &self.0 {
            Engine::Sqlite(engine) => engine.close().await,
            Engine::Postgres(engine) => engine.close(),
        }
    }

    fn dialect(&self) -> Dialect {
        match &self.0 {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    async fn rows(&self, statement: Statement) -> Result<Vec<Vec<Param>>, StoreError> {
        match &self.0 {
            Engine::Sqlite(engine) => engine.rows(statement).await,
            Engine::Postgres(engine) => engine.rows(&statement).await,
        }
    }
}

#[async_trait]
impl Store for SqlStore {
    async fn get(
        &self,
        tenant: TenantId,
        table: &'static Table,
        id: &str,
    ) -> Result<Option<Row>, StoreError> {
        let Some(statement) = statements::get(self.dialect(), tenant, table, id)? else { return Ok(None) };
        let found = match &self.0 {
            Engine::Sqlite(engine) => engine.row(statement).await?,
            Engine::Postgres(engine) => engine.rows(&statement).await?.into_iter().next(),
        };
        found.map(|row| decode(table, row)).transpose()
    }

    async fn query(
        &self,
        tenant: TenantId,
        table: &'static Table,
        query: &Query,
    ) -> Result<Page<Row>, StoreError> {
        let page = PageReader::new(self.dialect(), tenant, table, query)?;
        match &self.0 {
            Engine::Sqlite(engine) if is_short(table, query) => engine.short_page(page).await,
            Engine::Sqlite(engine) => engine.page(page).await,
            Engine::Postgres(engine) => engine.page(page).await,
        }
    }

    async fn count(
        &self,
        tenant: TenantId,
        table: &'static Table,
        filter: &Filter,
    ) -> Result<u64, StoreError> {
        match statements::count(self.dialect(), tenant, table, filter)? {
            Some(statement) => crate::counted(&self.rows(statement).await?),
            None => Ok(0),
        }
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let dialect = self.dialect();
        let mut changes = batch
            .writes
            .iter()
            .map(|write| statements::change(dialect, batch.tenant, write))
            .collect::<Result<Vec<_>, _>>()?;
        for revision in
            batch.writes.iter().filter_map(|write| Revision::counting(write.table())).collect::<BTreeSet<_>>()
        {
            changes.push(statements::count_change(dialect, batch.tenant, revision)?);
        }
        if changes.is_empty() {
            return Ok(());
        }
        match &self.0 {
            Engine::Sqlite(engine) => engine.commit(changes).await,
            Engine::Postgres(engine) => engine.commit(changes).await,
        }
    }

    async fn purge_expired(
        &self,
        table: &'static Table,
        now: Timestamp,
        limit: u64,
    ) -> Result<u64, StoreError> {
        match &self.0 {
            Engine::Sqlite(engine) => engine.purge_expired(table, now, limit).await,
            Engine::Postgres(engine) => engine.purge_expired(table, now, limit).await,
        }
    }

    async fn ping(&self) -> Result<(), StoreError> {
        match &self.0 {
            Engine::Sqlite(engine) => engine.ping().await,
            Engine::Postgres(engine) => engine.ping().await,
        }
    }
}

/// Whether a query asks for the first row with a value in a column that an index begins with: as short as asking for a row
/// by its identifier.
fn is_short(table: &Table, query: &Query) -> bool {
    let Filter::Compare { path, comparison: Comparison::Equal, value } = &query.filter else { return false };
    let is_first = query.limit == 1 && query.skip == 0 && query.after.is_none() && query.order.is_empty();
    let column = table.column(path).filter(|_| is_first && *value != Value::Null);
    column.is_some_and(|column| table.indexes.iter().any(|index| index.columns.first() == Some(&column.name)))
}
