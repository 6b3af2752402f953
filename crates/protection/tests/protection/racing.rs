//! A store on which two changes are prepared before either is committed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use riskgate_core::{TenantId, Timestamp};
use riskgate_odata::Filter;
use riskgate_store::{Batch, Page, Query, Row, Store, StoreError, Table};
use tokio::sync::Barrier;

/// Lets the first two commits through together only.
pub(crate) struct Racing {
    inner: Arc<dyn Store>,
    waiting: AtomicUsize,
    barrier: Barrier,
}

impl Racing {
    /// The next two commits on `inner` race.
    pub(crate) fn on(inner: &Arc<dyn Store>) -> Arc<dyn Store> {
        Arc::new(Self { inner: inner.clone(), waiting: AtomicUsize::new(2), barrier: Barrier::new(2) })
    }
}

#[async_trait]
impl Store for Racing {
    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let one_less = |left: usize| left.checked_sub(1);
        if self.waiting.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok() {
            self.barrier.wait().await;
        }
        self.inner.commit(batch).await
    }

    async fn get(
        &self,
        tenant: TenantId,
        table: &'static Table,
        id: &str,
    ) -> Result<Option<Row>, StoreError> {
        self.inner.get(tenant, table, id).await
    }

    async fn query(
        &self,
        tenant: TenantId,
        table: &'static Table,
        query: &Query,
    ) -> Result<Page<Row>, StoreError> {
        self.inner.query(tenant, table, query).await
    }

    async fn count(
        &self,
        tenant: TenantId,
        table: &'static Table,
        filter: &Filter,
    ) -> Result<u64, StoreError> {
        self.inner.count(tenant, table, filter).await
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
