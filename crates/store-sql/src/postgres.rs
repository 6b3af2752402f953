//! The store on PostgreSQL: a pool of connections, statements prepared once per connection.
//!
//! Several programs share one database; versions of rows decide who was first, and the database's own locks order
//! what happens at the same time. A program that dies leaves nothing behind but, for a minute, its open transaction.

mod commit;
mod connect;
mod error;
mod param;

use async_trait::async_trait;
use deadpool_postgres::{Object, Pool};
use riskgate_core::Timestamp;
use riskgate_store::{Page, Row, StoreError, Table};

use crate::OpenError;
use crate::dialect::{Dialect, Param, Statement};
use crate::migrate::{Session, migrate};
use crate::page::{PageReader, Step};
use crate::statements::{Change, next_tenant, purge};
use connect::CONNECTIONS;
use error::Problem;

/// Statements kept prepared, per connection; at this number all are dropped and made again when they are needed, so
/// that clients who think of ever new filters cannot fill the memory of both sides.
const PREPARED: usize = 512;

/// Held while a program migrates; any number that nobody else uses in this database ("riskgate" in ASCII).
const MIGRATION_LOCK: i64 = 0x7269_736b_6761_7465;

/// A store on PostgreSQL.
pub(crate) struct Postgres {
    pool: Pool,
}

impl Postgres {
    /// Connects and migrates.
    pub(crate) async fn open(url: &str) -> Result<Self, OpenError> {
        let pool = connect::pool(url)?;
        let client =
            pool.get().await.map_err(|error| OpenError::Unavailable(Problem::from(error).to_string()))?;
        migrate(&mut MigrationSession(client), Dialect::Postgres).await?;
        Ok(Self { pool })
    }

    /// The rows of a statement.
    pub(crate) async fn rows(&self, statement: &Statement) -> Result<Vec<Vec<Param>>, StoreError> {
        let mut attempts = 0..CONNECTIONS;
        loop {
            let client = self.pool.get().await.map_err(Problem::from)?;
            match rows(&client, statement).await.map_err(|problem| discard_lost(client, problem)) {
                // The server was restarted, perhaps, and every connection of the pool must be replaced. Asking again
                // changes nothing.
                Err(problem) if problem.is_lost_connection() && attempts.next().is_some() => {}
                outcome => return Ok(outcome?),
            }
        }
    }

    /// The page a reader describes.
    pub(crate) async fn page(&self, mut page: PageReader) -> Result<Page<Row>, StoreError> {
        while let Some(step) = page.next() {
            match step {
                Step::Rows(statement) => page.accept_rows(self.rows(&statement).await?),
                Step::Count(statement) => page.accept_count(crate::counted(&self.rows(&statement).await?)?),
            }
        }
        page.finish()
    }

    /// Does all changes or none. Once begun it goes on to its end, even when the caller gives up: a connection must
    /// not go back to the pool in the middle of a transaction.
    pub(crate) async fn commit(&self, changes: Vec<Change>) -> Result<(), StoreError> {
        let pool = self.pool.clone();
        let task = tokio::spawn(async move { commit::commit(&pool, &changes).await });
        task.await.map_err(|error| StoreError::Unavailable(error.to_string()))?
    }

    /// Removes expired rows of all tenants.
    pub(crate) async fn purge_expired(
        &self,
        table: &'static Table,
        now: Timestamp,
        limit: u64,
    ) -> Result<u64, StoreError> {
        let (mut tenant, mut purged) = (String::new(), 0_u64);
        while purged < limit {
            let found = self.rows(&next_tenant(Dialect::Postgres, table, &tenant)?).await?;
            let Some(next) = crate::only_text(found) else { break };
            let left = limit.saturating_sub(purged);
            let statement = purge(Dialect::Postgres, &next, table, now, left)?;
            purged = purged.saturating_add(self.execute(&statement).await?);
            tenant = next;
        }
        Ok(purged)
    }

    /// Whether the server answers.
    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        let client = self.pool.get().await.map_err(Problem::from)?;
        client.simple_query("SELECT 1").await.map_err(Problem::from)?;
        Ok(())
    }

    /// Closes the connections as they become free.
    pub(crate) fn close(&self) {
        self.pool.close();
    }

    async fn execute(&self, statement: &Statement) -> Result<u64, StoreError> {
        let client = self.pool.get().await.map_err(Problem::from)?;
        Ok(execute(&client, statement).await?)
    }
}

async fn rows(client: &Object, statement: &Statement) -> Result<Vec<Vec<Param>>, Problem> {
    let prepared = prepare(client, &statement.sql).await?;
    let rows = client.query(&prepared, &param::list(&statement.params)).await?;
    rows.iter().map(|row| param::row(row).map_err(Problem::from)).collect()
}

async fn execute(client: &Object, statement: &Statement) -> Result<u64, Problem> {
    let prepared = prepare(client, &statement.sql).await?;
    Ok(client.execute(&prepared, &param::list(&statement.params)).await?)
}

/// Takes a connection that is lost out of the pool, which may not have noticed yet.
fn discard_lost(client: Object, problem: Problem) -> Problem {
    if problem.is_lost_connection() {
        drop(Object::take(client));
    }
    problem
}

async fn prepare(client: &Object, sql: &str) -> Result<tokio_postgres::Statement, Problem> {
    if client.statement_cache.size() >= PREPARED {
        client.statement_cache.clear();
    }
    Ok(client.prepare_cached(sql).await?)
}

struct MigrationSession(Object);

#[async_trait]
impl Session for MigrationSession {
    async fn begin(&mut self) -> Result<(), StoreError> {
        // Filling a new column may take longer than any query may, and so may waiting for another node that does.
        let sql = format!(
            "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
             SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"
        );
        Ok(self.0.batch_execute(&sql).await.map_err(Problem::from)?)
    }

    async fn commit(&mut self) -> Result<(), StoreError> {
        Ok(self.0.batch_execute("COMMIT").await.map_err(Problem::from)?)
    }

    async fn rollback(&mut self) {
        if let Err(error) = self.0.batch_execute("ROLLBACK").await {
            tracing::error!(%error, "a migration could not be rolled back; it ends with the connection");
        }
    }

    async fn execute(&mut self, statement: Statement) -> Result<(), StoreError> {
        execute(&self.0, &statement).await?;
        Ok(())
    }

    async fn rows(&mut self, statement: Statement) -> Result<Vec<Vec<Param>>, StoreError> {
        Ok(rows(&self.0, &statement).await?)
    }
}
