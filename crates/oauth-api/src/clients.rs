use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::client::Client;

/// Most clients that are kept; a tenant with more of them at work at once reads some of them again.
const CAPACITY: usize = 4_096;

/// Enabled clients as they were read, good for as long as none was changed, wherever that happened.
#[derive(Default)]
pub(crate) struct Clients(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    revision: i64,
    clients: HashMap<String, Arc<Client>>,
}

impl Clients {
    /// The client of an identifier, if it was kept at this revision.
    pub(crate) fn get(&self, client_id: &str, revision: i64) -> Option<Arc<Client>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.revision != revision {
            return None;
        }
        kept.clients.get(client_id).cloned()
    }

    /// Keeps a client that was read after its revision. Identifiers are kept as clients write them, which are few ways.
    pub(crate) fn keep(&self, client_id: &str, revision: i64, client: Arc<Client>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.revision > revision {
            return;
        }
        if kept.revision < revision || kept.clients.len() >= CAPACITY {
            kept.clients.clear();
            kept.revision = revision;
        }
        kept.clients.insert(client_id.to_owned(), client);
    }
}
