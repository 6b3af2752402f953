use async_trait::async_trait;
use riskgate_core::{TenantId, Timestamp};
use riskgate_odata::Filter;

use crate::{Batch, Page, Query, Record, Row, Table, Versioned, decode};

/// Keeps documents. Implemented by `riskgate-store-sql` for SQLite and PostgreSQL.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// The row with this identifier.
    async fn get(&self, tenant: TenantId, table: &'static Table, id: &str)
    -> Result<Option<Row>, StoreError>;

    /// The rows a query asks for.
    async fn query(
        &self,
        tenant: TenantId,
        table: &'static Table,
        query: &Query,
    ) -> Result<Page<Row>, StoreError>;

    /// How many rows match.
    async fn count(
        &self,
        tenant: TenantId,
        table: &'static Table,
        filter: &Filter,
    ) -> Result<u64, StoreError>;

    /// Does all changes of a batch or none; durable when it returns.
    async fn commit(&self, batch: Batch) -> Result<(), StoreError>;

    /// Removes rows whose column `expiresDateTime` is before `now`, of all tenants, at most `limit`; returns how many.
    /// Rows that hold nothing but what has expired; nobody waits for their removal.
    async fn purge_expired(
        &self,
        table: &'static Table,
        now: Timestamp,
        limit: u64,
    ) -> Result<u64, StoreError>;

    /// Whether the store answers; for readiness checks.
    async fn ping(&self) -> Result<(), StoreError>;
}

/// Why the store could not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed a row in between; compute again.
    #[error("{table} '{id}' was changed by someone else at the same time")]
    Conflict {
        /// Table.
        table: &'static str,
        /// Identifier.
        id: String,
    },
    /// The identifier, or a value that must be unique, is taken.
    #[error("{table} '{id}' exists already, or one of its unique values is taken")]
    Exists {
        /// Table.
        table: &'static str,
        /// Identifier.
        id: String,
    },
    /// A filter or order uses a property the table has no column for.
    #[error("{table} cannot be queried by '{path}'")]
    NotQueryable {
        /// Table.
        table: &'static str,
        /// The path.
        path: String,
    },
    /// A stored document is not what its table holds.
    #[error("{table} '{id}' is damaged: {reason}")]
    Damaged {
        /// Table.
        table: &'static str,
        /// Identifier.
        id: String,
        /// What is wrong.
        reason: String,
    },
    /// There is no space left to write; nothing of the batch was done.
    #[error("the disk is full; nothing was changed")]
    Full,
    /// The database cannot be reached or refuses to work.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
}

/// The same, in terms of records.
#[async_trait]
pub trait StoreExt {
    /// The record with this identifier.
    async fn load<R: Record>(&self, tenant: TenantId, id: &str) -> Result<Option<Versioned<R>>, StoreError>;

    /// The records a query asks for.
    async fn find<R: Record>(
        &self,
        tenant: TenantId,
        query: &Query,
    ) -> Result<Page<Versioned<R>>, StoreError>;

    /// The only record that matches, or the first by identifier.
    async fn find_one<R: Record>(
        &self,
        tenant: TenantId,
        filter: Filter,
    ) -> Result<Option<Versioned<R>>, StoreError>;

    /// Every record that matches, page by page; for sets that are small by nature.
    async fn find_all<R: Record>(
        &self,
        tenant: TenantId,
        filter: Filter,
    ) -> Result<Vec<Versioned<R>>, StoreError>;
}

#[async_trait]
impl StoreExt for dyn Store {
    async fn load<R: Record>(&self, tenant: TenantId, id: &str) -> Result<Option<Versioned<R>>, StoreError> {
        self.get(tenant, R::TABLE, id).await?.map(decode).transpose()
    }

    async fn find<R: Record>(
        &self,
        tenant: TenantId,
        query: &Query,
    ) -> Result<Page<Versioned<R>>, StoreError> {
        let page = self.query(tenant, R::TABLE, query).await?;
        let items = page.items.into_iter().map(decode).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }

    async fn find_one<R: Record>(
        &self,
        tenant: TenantId,
        filter: Filter,
    ) -> Result<Option<Versioned<R>>, StoreError> {
        Ok(self.find(tenant, &Query::filtered(filter, 1)).await?.items.into_iter().next())
    }

    async fn find_all<R: Record>(
        &self,
        tenant: TenantId,
        filter: Filter,
    ) -> Result<Vec<Versioned<R>>, StoreError> {
        let mut query = Query::filtered(filter, 500);
        let mut all = Vec::new();
        loop {
            let page = self.find(tenant, &query).await?;
            all.extend(page.items);
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(all),
            }
        }
    }
}
