use std::sync::{Arc, Mutex};

use riskgate_store::Store;
use riskgate_testkit::{HookedStore, Operation};
use tokio::sync::oneshot;

/// Notes what a store is asked for and can keep one read waiting.
#[derive(Clone, Default)]
pub(crate) struct Observed {
    asked: Arc<Mutex<Vec<String>>>,
    gate: Arc<Mutex<Option<Gate>>>,
}

struct Gate {
    table: &'static str,
    reached: oneshot::Sender<()>,
    opened: oneshot::Receiver<()>,
}

impl Observed {
    /// The store to use in place of this one, and what observes it.
    pub(crate) fn on(store: Arc<dyn Store>) -> (Arc<dyn Store>, Self) {
        let observed = Self::default();
        let observer = observed.clone();
        let store = HookedStore::before_each(store, move |operation| {
            let gate = observer.note(operation);
            async move {
                if let Some(gate) = gate {
                    gate.reached.send(()).unwrap();
                    gate.opened.await.unwrap();
                }
            }
        });
        (store, observed)
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

    /// Notes what is asked for; the gate that keeps it waiting.
    fn note(&self, operation: Operation) -> Option<Gate> {
        let noted = match operation {
            Operation::Get(table) => format!("get {table}"),
            Operation::Query(table) => format!("query {table}"),
            Operation::Count(table) => format!("count {table}"),
            Operation::Commit(writes) => format!("commit {writes}"),
        };
        self.asked.lock().unwrap().push(noted);
        let Operation::Get(read) = operation else { return None };
        self.gate.lock().unwrap().take_if(|gate| gate.table == read)
    }
}
