use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jsonwebtoken::jwk::{Jwk, JwkSet};
use riskgate_core::{Clock, Timestamp};
use serde::Deserialize;
use serde_json::Value as Json;
use url::Url;

use super::{Metadata, Network};
use crate::FederationError;

/// How long metadata and keys are used before they are fetched again.
const LIFETIME: Duration = Duration::from_secs(60 * 60);
/// How often keys are fetched at most because a token names one that is not known: made-up names must not make a flood.
const PAUSE: Duration = Duration::from_secs(60);
/// Most keys of a provider that are looked at.
const MOST_KEYS: usize = 64;
/// Most providers that are remembered; there are fewer.
const MOST_PROVIDERS: usize = 256;

/// What is remembered of providers. Every node remembers for itself.
pub(crate) struct Cache {
    clock: Arc<dyn Clock>,
    metadata: Mutex<HashMap<String, (Timestamp, Arc<Metadata>)>>,
    keys: Mutex<HashMap<Url, Fetched>>,
}

/// Keys, and when they were fetched.
type Fetched = (Timestamp, Arc<[Jwk]>);

#[derive(Deserialize)]
struct Keys {
    keys: Vec<Json>,
}

impl Cache {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, metadata: Mutex::default(), keys: Mutex::default() }
    }

    /// Metadata of a provider.
    ///
    /// # Errors
    /// Those of [`Metadata::fetch`].
    pub(crate) async fn metadata(
        &self,
        network: &Network,
        well_known: &Url,
        issuer: &str,
    ) -> Result<Arc<Metadata>, FederationError> {
        let key = format!("{issuer} {well_known}");
        let now = self.clock.now();
        let known = lock(&self.metadata).get(&key).cloned();
        if let Some((_, metadata)) = known.filter(|(at, _)| now.since(*at) < LIFETIME) {
            return Ok(metadata);
        }
        let metadata = Arc::new(Metadata::fetch(network, well_known, issuer).await?);
        remember(&self.metadata, key, (now, metadata.clone()));
        Ok(metadata)
    }

    /// Keys of a provider: those that are remembered, unless they are old or `is_enough` does not find what it needs in
    /// them and they have not just been fetched.
    ///
    /// # Errors
    /// [`FederationError::Unreachable`], [`FederationError::Garbage`].
    pub(crate) async fn keys(
        &self,
        network: &Network,
        url: &Url,
        is_enough: impl Fn(&[Jwk]) -> bool,
    ) -> Result<Arc<[Jwk]>, FederationError> {
        let now = self.clock.now();
        let known = lock(&self.keys).get(url).cloned();
        if let Some((at, keys)) = known {
            let age = now.since(at);
            if age < PAUSE || (age < LIFETIME && is_enough(&keys)) {
                return Ok(keys);
            }
        }
        let found: Keys = network.get(url).await?;
        // A key of a kind that is not known here is none of the others' affair.
        let keys = found.keys.into_iter().take(MOST_KEYS).filter_map(|key| serde_json::from_value(key).ok());
        let keys: Arc<[Jwk]> = JwkSet { keys: keys.collect() }.keys.into();
        remember(&self.keys, url.clone(), (now, keys.clone()));
        Ok(keys)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn remember<K: Eq + std::hash::Hash, V>(map: &Mutex<HashMap<K, V>>, key: K, value: V) {
    let mut map = lock(map);
    if map.len() >= MOST_PROVIDERS {
        map.clear();
    }
    map.insert(key, value);
}
