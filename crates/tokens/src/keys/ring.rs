use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use riskgate_store::records::SigningKey;
use tokio::sync::Mutex;

use super::LoadedKey;
use crate::{TokenError, TokenService};

/// Unknown key identifiers make the keys be read again at most this often, whoever sends them.
const REREAD_AT_MOST_EVERY: Duration = Duration::from_secs(5);

/// The keys of the store, opened, in memory.
#[derive(Default)]
pub(crate) struct KeyRing {
    keys: RwLock<Arc<Vec<Arc<LoadedKey>>>>,
    /// When they were read; held while reading, so that one task reads and the others wait.
    read_at: Mutex<Option<Timestamp>>,
}

impl KeyRing {
    pub(super) fn all(&self) -> Arc<Vec<Arc<LoadedKey>>> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The key that signs now. With several, the youngest: all nodes choose the same.
    pub(super) fn signing(&self, now: Timestamp) -> Option<Arc<LoadedKey>> {
        let keys = self.all();
        let signing = keys.iter().filter(|key| key.signs(now));
        signing.max_by(|a, b| (a.begins, &a.id).cmp(&(b.begins, &b.id))).cloned()
    }

    fn published(&self, kid: &str, now: Timestamp) -> Option<Arc<LoadedKey>> {
        self.all().iter().find(|key| key.id == kid && key.is_published(now)).cloned()
    }
}

impl TokenService {
    /// The key that signs now; made if there is none.
    pub(crate) async fn signing_key(&self) -> Result<Arc<LoadedKey>, TokenError> {
        if let Some(key) = self.keys.signing(self.clock.now()) {
            return Ok(key);
        }
        self.ensure_signing_key().await?;
        self.keys.signing(self.clock.now()).ok_or(TokenError::KeyGeneration)
    }

    /// The published key of this identifier, which may be one that another node has just made.
    pub(crate) async fn verification_key(&self, kid: &str) -> Result<Option<Arc<LoadedKey>>, TokenError> {
        let now = self.clock.now();
        if let Some(key) = self.keys.published(kid, now) {
            return Ok(Some(key));
        }
        self.reread_keys(REREAD_AT_MOST_EVERY).await?;
        Ok(self.keys.published(kid, now))
    }

    /// Reads the keys again, unless somebody did within `at_most_every`.
    pub(super) async fn reread_keys(&self, at_most_every: Duration) -> Result<(), TokenError> {
        let mut read_at = self.keys.read_at.lock().await;
        let now = self.clock.now();
        // A clock that was set back must not stop reading until it has caught up.
        if read_at.is_some_and(|at| at <= now && now.since(at) < at_most_every) {
            return Ok(());
        }
        let known = self.keys.all();
        let mut keys = Vec::new();
        for stored in self.store.find_all::<SigningKey>(self.tenant, Filter::Constant(true)).await? {
            let record = stored.record;
            match known.iter().find(|key| key.id == record.id && key.retires == record.retires_date_time) {
                Some(key) => keys.push(Arc::clone(key)),
                None => keys.push(Arc::new(LoadedKey::open(&record, &*self.seal)?)),
            }
        }
        *self.keys.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
        *read_at = Some(now);
        Ok(())
    }
}
