use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use riskgate_core::{TenantId, Timestamp};
use riskgate_odata::Filter;
use riskgate_store::{Batch, Page, Query, Row, Store, StoreError, Table};
use tokio::sync::oneshot;

/// A store that notes what it is asked for and can keep one read waiting.
pub(crate) struct Observed {
    store: Arc<dyn Store>,
    asked: Mutex<Vec<String>>,
    gate: Mutex<Option<Gate>>,
}

struct Gate {
    table: &'static str,
    reached: oneshot::Sender<()>,
    opened: oneshot::Receiver<()>,
}

impl Observed {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, asked: Mutex::default(), gate: Mutex::default() }
    }

    /// What was asked for since the last call: verb and table.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    /// Keeps the next read of this table waiting. The first half tells when it came; the second lets it go on.
    pub(crate) fn hold(&self, table: &'static str) -> (oneshot::Receiver<()>, oneshot::Sender<()>) {
        let (reached, when_reached) = oneshot::channel();
        let (open, opened) = oneshot::channel();
        *self.gate.lock().unwrap() = Some(Gate { table, reached, opened });
        (when_reached, open)
    }

    fn note(&self, verb: &str, table: &str) {
        self.asked.lock().unwrap().push(format!("{verb} {table}"));
    }
}

#[async_trait]
impl Store for Observed {
    async fn get(
        &self,
        tenant: TenantId,
        table: &'static Table,
        id: &str,
    ) -> Result<Option<Row>, StoreError> {
        self.note("get", table.name);
        let gate = self.gate.lock().unwrap().take_if(|gate| gate.table == table.name);
        if let Some(gate) = gate {
            gate.reached.send(()).unwrap();
            gate.opened.await.unwrap();
        }
        self.store.get(tenant, table, id).await
    }

    async fn query(
        &self,
        tenant: TenantId,
        table: &'static Table,
        query: &Query,
    ) -> Result<Page<Row>, StoreError> {
        self.note("query", table.name);
        self.store.query(tenant, table, query).await
    }

    async fn count(
        &self,
        tenant: TenantId,
        table: &'static Table,
        filter: &Filter,
    ) -> Result<u64, StoreError> {
        self.note("count", table.name);
        self.store.count(tenant, table, filter).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        self.note("commit", &batch.writes.len().to_string());
        self.store.commit(batch).await
    }

    async fn purge_expired(
        &self,
        table: &'static Table,
        now: Timestamp,
        limit: u64,
    ) -> Result<u64, StoreError> {
        self.store.purge_expired(table, now, limit).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.store.ping().await
    }
}
