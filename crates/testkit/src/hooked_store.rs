use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use riskgate_core::{TenantId, Timestamp};
use riskgate_odata::Filter;
use riskgate_store::{Batch, Page, Query, Row, Store, StoreError, Table};
use tokio::sync::Barrier;

/// What a store is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// One row of the table with this name.
    Get(&'static str),
    /// Rows of the table with this name.
    Query(&'static str),
    /// How many rows of the table with this name.
    Count(&'static str),
    /// A batch with so many writes.
    Commit(usize),
}

type Waiting = Pin<Box<dyn Future<Output = ()> + Send>>;
type Hook = Box<dyn Fn(Operation) -> Waiting + Send + Sync>;

/// A store that does something before each operation.
pub struct HookedStore {
    inner: Arc<dyn Store>,
    before: Hook,
}

impl HookedStore {
    /// Does `before` ahead of every operation on `inner`.
    pub fn before_each<Before, Done>(inner: Arc<dyn Store>, before: Before) -> Arc<dyn Store>
    where
        Before: Fn(Operation) -> Done + Send + Sync + 'static,
        Done: Future<Output = ()> + Send + 'static,
    {
        Arc::new(Self { inner, before: Box::new(move |operation| Box::pin(before(operation))) })
    }

    /// Lets the first `commits` commits through in pairs only: both are prepared before either is done.
    pub fn racing(inner: Arc<dyn Store>, commits: usize) -> Arc<dyn Store> {
        let (left, barrier) = (AtomicUsize::new(commits), Arc::new(Barrier::new(2)));
        Self::before_each(inner, move |operation| {
            let take = |left: usize| left.checked_sub(1);
            let races = matches!(operation, Operation::Commit(_))
                && left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take).is_ok();
            let barrier = races.then(|| barrier.clone());
            async move {
                if let Some(barrier) = barrier {
                    barrier.wait().await;
                }
            }
        })
    }

    /// Does something before the first commit, once.
    pub fn interrupted(
        inner: Arc<dyn Store>,
        interruption: impl Future<Output = ()> + Send + 'static,
    ) -> Arc<dyn Store> {
        let once: Mutex<Option<Waiting>> = Mutex::new(Some(Box::pin(interruption)));
        Self::before_each(inner, move |operation| {
            let interruption = matches!(operation, Operation::Commit(_)).then(|| once.lock().unwrap().take());
            async move {
                if let Some(interruption) = interruption.flatten() {
                    interruption.await;
                }
            }
        })
    }
}

#[async_trait]
impl Store for HookedStore {
    async fn get(
        &self,
        tenant: TenantId,
        table: &'static Table,
        id: &str,
    ) -> Result<Option<Row>, StoreError> {
        (self.before)(Operation::Get(table.name)).await;
        self.inner.get(tenant, table, id).await
    }

    async fn query(
        &self,
        tenant: TenantId,
        table: &'static Table,
        query: &Query,
    ) -> Result<Page<Row>, StoreError> {
        (self.before)(Operation::Query(table.name)).await;
        self.inner.query(tenant, table, query).await
    }

    async fn count(
        &self,
        tenant: TenantId,
        table: &'static Table,
        filter: &Filter,
    ) -> Result<u64, StoreError> {
        (self.before)(Operation::Count(table.name)).await;
        self.inner.count(tenant, table, filter).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        (self.before)(Operation::Commit(batch.writes.len())).await;
        self.inner.commit(batch).await
    }

    async fn purge_expired(
        &self,
        table: &'static Table,
        now: Timestamp,
        limit: u64,
    ) -> Result<u64, StoreError> {
        self.inner.purge_expired(table, now, limit).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }
}
