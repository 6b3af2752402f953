use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch::{Receiver, Sender};

use super::topics::{Digests, digests};
use crate::dispatch::Service;

/// How long after a look the next one comes.
const PAUSE: Duration = Duration::from_secs(1);

/// Looks at the store for all streams together, while there are any.
pub(super) struct Watch {
    seen: Sender<Seen>,
    is_running: Mutex<bool>,
}

/// What was seen last.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    /// Of every topic.
    pub(super) digests: Digests,
}

impl Default for Watch {
    fn default() -> Self {
        Self { seen: Sender::new(Seen::default()), is_running: Mutex::new(false) }
    }
}

impl Watch {
    /// What is seen from now on: a change for each look.
    pub(super) fn subscribe(&self, service: &Arc<Service>) -> Receiver<Seen> {
        let receiver = self.seen.subscribe();
        let mut is_running = self.is_running.lock().unwrap_or_else(PoisonError::into_inner);
        if !*is_running {
            *is_running = true;
            tokio::spawn(look(Arc::clone(service)));
        }
        receiver
    }

    /// Whether nobody is interested any more; whoever is later begins anew.
    fn ends(&self) -> bool {
        let mut is_running = self.is_running.lock().unwrap_or_else(PoisonError::into_inner);
        *is_running = self.seen.receiver_count() > 0;
        !*is_running
    }
}

async fn look(service: Arc<Service>) {
    let watch = &service.events.watch;
    loop {
        match digests(&service.api).await {
            Ok(digests) => drop(watch.seen.send_replace(Seen { digests })),
            // The next look tells of what this one missed.
            Err(error) => tracing::warn!(%error, "changes cannot be looked for"),
        }
        tokio::time::sleep(PAUSE).await;
        if watch.ends() {
            return;
        }
    }
}
