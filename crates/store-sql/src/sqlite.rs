//! The store on SQLite: one thread writes, a few read, each with a connection of its own.
//!
//! The writer takes all changes that wait and puts them into one transaction, so that one flush to the disk serves
//! many (see [`writer`]). Readers see the last committed state and never wait for the writer (write-ahead log). A
//! store in memory has one connection only, and the writer reads too.

mod connection;
mod error;
mod reader;
mod statement;
#[cfg(test)]
mod tests;
mod writer;

use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use async_trait::async_trait;
use riskgate_core::Timestamp;
use riskgate_store::{Page, Row, StoreError, Table};
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use crate::OpenError;
use crate::dialect::{Dialect, Param, Statement};
use crate::migrate::{Session, migrate};
use crate::page::{PageReader, Step};
use crate::statements::{Change, next_tenant, purge};
use connection::Location;
use reader::{Abandon, Ticket};
use writer::Job;

/// Jobs that may wait for the writer, and for the readers; more wait in their own tasks.
const QUEUE: usize = 1024;

/// How long a query may take before it is interrupted.
const LONGEST_QUERY: Duration = Duration::from_secs(30);

/// Work with a connection.
type Work = Box<dyn FnOnce(&Connection) + Send>;

/// A store on SQLite.
pub(crate) struct Sqlite {
    writer: mpsc::Sender<Job>,
    /// `None` when the writer reads too.
    readers: Option<mpsc::Sender<reader::Job>>,
    /// For single rows, which are read faster than they are asked for elsewhere; none when the writer reads too.
    at_once: Vec<Mutex<Option<Connection>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Sqlite {
    /// Opens the file at `path`, or a new store in memory, and migrates it.
    pub(crate) async fn open(path: Option<&str>) -> Result<Self, OpenError> {
        let location = Location::new(path)?;
        let runtime = tokio::runtime::Handle::current();
        let opening = tokio::task::spawn_blocking(move || {
            let connection = location.open_writer()?;
            let mut session = MigrationSession(connection);
            runtime.block_on(migrate(&mut session, Dialect::Sqlite))?;
            let (readers, at_once) = (location.open_readers()?, location.open_readers()?);
            Ok::<_, OpenError>((session.0, readers, at_once))
        });
        let (connection, readers, at_once) =
            opening.await.map_err(|error| OpenError::Unavailable(error.to_string()))??;
        Self::start(connection, readers, at_once)
    }

    fn start(
        connection: Connection,
        connections: Vec<Connection>,
        at_once: Vec<Connection>,
    ) -> Result<Self, OpenError> {
        let no_thread = |error: std::io::Error| OpenError::Unavailable(error.to_string());
        let mut threads = Vec::new();
        let (writer, jobs) = mpsc::channel(QUEUE);
        threads.push(writer::start(connection, jobs).map_err(no_thread)?);
        let mut readers = None;
        if !connections.is_empty() {
            let (sender, jobs) = mpsc::channel(QUEUE);
            threads.extend(reader::start(connections, jobs).map_err(no_thread)?);
            readers = Some(sender);
        }
        let at_once = at_once.into_iter().map(never_waiting).collect::<Result<_, _>>()?;
        Ok(Self { writer, readers, at_once, threads: Mutex::new(threads) })
    }

    /// The row of a statement that finds one by its identifier. It takes some microseconds, a fraction of what handing it to
    /// a thread and back costs, so it is read where it is asked for, unless every connection for that is in use.
    pub(crate) async fn row(&self, statement: Statement) -> Result<Option<Vec<Param>>, StoreError> {
        Ok(self.few_rows(statement).await?.into_iter().next())
    }

    async fn few_rows(&self, statement: Statement) -> Result<Vec<Vec<Param>>, StoreError> {
        let connection = self.at_once.iter().find_map(|connection| connection.try_lock().ok());
        // What fails here, as when another process keeps the store locked, is tried where it may wait.
        let rows = connection.and_then(|connection| statement::rows(connection.as_ref()?, &statement).ok());
        match rows {
            Some(rows) => Ok(rows),
            None => self.rows(statement).await,
        }
    }

    /// The rows of a statement.
    pub(crate) async fn rows(&self, statement: Statement) -> Result<Vec<Vec<Param>>, StoreError> {
        self.read(move |connection| statement::rows(connection, &statement)).await
    }

    /// The page a reader describes, from one state of the store.
    pub(crate) async fn page(&self, mut page: PageReader) -> Result<Page<Row>, StoreError> {
        let page = self.read(move |connection| {
            statement::run(connection, "BEGIN")?;
            let outcome = read_page(connection, &mut page);
            statement::run(connection, "COMMIT")?;
            outcome.map(|()| page)
        });
        page.await?.finish()
    }

    /// The page of a reader that takes as long as [`Self::row`].
    pub(crate) async fn short_page(&self, mut page: PageReader) -> Result<Page<Row>, StoreError> {
        while let Some(Step::Rows(statement)) = page.next() {
            page.accept_rows(self.few_rows(statement).await?);
        }
        page.finish()
    }

    /// Does all changes or none.
    pub(crate) async fn commit(&self, changes: Vec<Change>) -> Result<(), StoreError> {
        let (reply, outcome) = oneshot::channel();
        self.writer.send(Job::Commit(changes, reply)).await.map_err(|_| stopped())?;
        outcome.await.map_err(|_| stopped())?
    }

    /// Removes expired rows of all tenants.
    pub(crate) async fn purge_expired(
        &self,
        table: &'static Table,
        now: Timestamp,
        limit: u64,
    ) -> Result<u64, StoreError> {
        self.write(move |connection| purge_tenants(connection, table, now, limit)).await
    }

    /// Whether the threads answer.
    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        self.read(|connection| statement::run(connection, "SELECT 1")).await?;
        self.write(|connection| statement::run(connection, "SELECT 1")).await
    }

    /// Finishes what was asked for, folds the write-ahead log into the file and ends.
    pub(crate) async fn close(&self) {
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(readers) = &self.readers {
            for _ in 1..threads.len() {
                // A reader that is gone already needs no word.
                let _ = readers.send(reader::Job::Stop).await;
            }
        }
        for connection in &self.at_once {
            drop(connection.lock().unwrap_or_else(PoisonError::into_inner).take());
        }
        let _ = self.writer.send(Job::Stop).await;
        let joined = tokio::task::spawn_blocking(move || {
            threads.into_iter().map(JoinHandle::join).filter(Result::is_err).count()
        });
        if !matches!(joined.await, Ok(0)) {
            tracing::error!("a thread of the store ended in a panic");
        }
    }

    /// Runs a query on a reader; it is interrupted when it takes too long or nobody waits for it anymore.
    async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, outcome) = oneshot::channel();
        let ticket = Ticket::new();
        let _abandon = Abandon(ticket.clone());
        let work: Work = Box::new(move |connection| {
            let _ = reply.send(query(connection));
        });
        match &self.readers {
            Some(readers) => {
                readers.send(reader::Job::Read(work, ticket)).await.map_err(|_| stopped())?;
            }
            None => self.writer.send(Job::Run(work, ticket)).await.map_err(|_| stopped())?,
        }
        match tokio::time::timeout(LONGEST_QUERY, outcome).await {
            Ok(outcome) => outcome.map_err(|_| stopped())?,
            Err(_) => Err(StoreError::Unavailable(format!("a query took longer than {LONGEST_QUERY:?}"))),
        }
    }

    /// Runs work of its own on the writer, outside of any transaction.
    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, outcome) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            let _ = reply.send(work(connection));
        });
        // Once begun, work on the writer is finished: its ticket is never abandoned.
        self.writer.send(Job::Run(work, Ticket::new())).await.map_err(|_| stopped())?;
        outcome.await.map_err(|_| stopped())?
    }
}

/// A connection that answers at once or not at all.
fn never_waiting(connection: Connection) -> Result<Mutex<Option<Connection>>, OpenError> {
    let set = connection.busy_timeout(Duration::ZERO);
    set.map(|()| Mutex::new(Some(connection))).map_err(|error| OpenError::Unavailable(error.to_string()))
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the store was closed".to_owned())
}

fn read_page(connection: &Connection, page: &mut PageReader) -> Result<(), StoreError> {
    while let Some(step) = page.next() {
        match step {
            Step::Rows(statement) => page.accept_rows(statement::rows(connection, &statement)?),
            Step::Count(statement) => {
                let rows = statement::rows(connection, &statement)?;
                page.accept_count(crate::counted(&rows)?);
            }
        }
    }
    Ok(())
}

fn purge_tenants(
    connection: &Connection,
    table: &'static Table,
    now: Timestamp,
    limit: u64,
) -> Result<u64, StoreError> {
    let (mut tenant, mut purged) = (String::new(), 0_u64);
    while purged < limit {
        let found = statement::rows(connection, &next_tenant(Dialect::Sqlite, table, &tenant)?)?;
        let Some(next) = crate::only_text(found) else { break };
        let left = limit.saturating_sub(purged);
        let statement = purge(Dialect::Sqlite, &next, table, now, left)?;
        purged = purged.saturating_add(statement::execute(connection, &statement)?);
        tenant = next;
    }
    Ok(purged)
}

/// Migrations run on the connection that will write.
pub(crate) struct MigrationSession(Connection);

#[cfg(test)]
impl MigrationSession {
    /// A session on an empty store in memory.
    pub(crate) fn in_memory() -> Self {
        Self(Location::Memory.open_writer().unwrap())
    }
}

#[async_trait]
impl Session for MigrationSession {
    async fn begin(&mut self) -> Result<(), StoreError> {
        statement::run(&self.0, "BEGIN IMMEDIATE")
    }

    async fn commit(&mut self) -> Result<(), StoreError> {
        statement::run(&self.0, "COMMIT")
    }

    async fn rollback(&mut self) {
        statement::roll_back(&self.0);
    }

    async fn execute(&mut self, statement: Statement) -> Result<(), StoreError> {
        statement::execute(&self.0, &statement).map(drop)
    }

    async fn rows(&mut self, statement: Statement) -> Result<Vec<Vec<Param>>, StoreError> {
        statement::rows(&self.0, &statement)
    }
}
