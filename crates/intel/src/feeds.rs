use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

use riskgate_core::{Clock, Timestamp};
use riskgate_model::{ClientFacts, NetworkFacts};
use riskgate_ports::Intel;

mod built_in;
mod cache;
mod config;
mod decode;
mod entries;
mod example;
mod fetch;
mod file;
mod history;
mod kind;
mod load;
mod pattern;
pub mod presets;
mod sources;
mod status;
mod tables;
mod update;
mod watch;
mod watched;

pub(crate) use config::shown_url;
pub use config::{CheckFeedError, FeedConfig, FeedSource};
pub use entries::Entries;
pub use kind::{FeedFormat, FeedKind};
pub use load::{FeedSettings, Warning};
pub use pattern::AgentPattern;
pub use status::SourceStatus;
pub use update::{Outcome, UpdateReport};

use cache::Validators;
pub(crate) use fetch::client as http_client;
use tables::Tables;

/// All sources of threat and location data. Lookups read one immutable set of tables; [`Feeds::update`] builds a new
/// table beside it and swaps the set whole.
pub struct Feeds {
    clock: Arc<dyn Clock>,
    cache_dir: Option<PathBuf>,
    slots: Vec<Slot>,
    tables: RwLock<Arc<Tables>>,
    progress: Mutex<Vec<Progress>>,
    /// Held while updating, so that two updates do not undo each other.
    updating: tokio::sync::Mutex<()>,
    client: OnceLock<Result<reqwest::Client, String>>,
}

/// A place for one source; its table, if it has content, stands at the same index in [`Tables`].
struct Slot {
    name: String,
    kind: FeedKind,
    /// Where content comes from; `None` for sources that are only built in.
    config: Option<FeedConfig>,
}

/// How the updates of one source went.
#[derive(Debug, Clone, Default)]
struct Progress {
    validators: Validators,
    last_attempt: Option<Timestamp>,
    last_error: Option<String>,
}

impl Feeds {
    /// The set of tables in use.
    fn tables(&self) -> Arc<Tables> {
        Arc::clone(&self.tables.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn progress(&self) -> MutexGuard<'_, Vec<Progress>> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Intel for Feeds {
    fn network(&self, address: IpAddr, at: Timestamp) -> NetworkFacts {
        self.tables().network(address, at)
    }

    fn client(&self, user_agent: Option<&str>) -> ClientFacts {
        let mut facts = crate::read_user_agent(user_agent);
        facts.list_hits = self.tables().watched_agents(facts.user_agent.as_deref());
        facts
    }
}

impl std::fmt::Debug for Feeds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Feeds").field("sources", &self.slots.len()).finish_non_exhaustive()
    }
}
