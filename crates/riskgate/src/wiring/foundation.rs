use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use riskgate_authentication::{Argon2Cost, PasswordHasher};
use riskgate_core::{Clock, Rng, SystemClock, SystemRng};
use riskgate_directory::{Tenant, find_tenant};
use riskgate_keystore::MasterKey;
use riskgate_store::Store;

use crate::config::Config;
use crate::data_dir::DataDirectory;

/// Where everything is kept.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// In a folder.
    Directory(DataDirectory),
    /// In memory, for the life of the process.
    Memory,
}

/// What there is before a tenant.
pub(crate) struct Foundation {
    /// The configuration, as it is in force.
    pub(crate) config: Config,
    /// Where everything is kept.
    pub(crate) place: Place,
    /// The store, at its newest schema.
    pub(crate) store: Arc<dyn Store>,
    /// The master key.
    pub(crate) key: Arc<MasterKey>,
    /// The pool passwords are hashed on.
    pub(crate) hasher: PasswordHasher,
    /// The time.
    pub(crate) clock: Arc<dyn Clock>,
    /// Randomness.
    pub(crate) rng: Arc<dyn Rng>,
    /// The tenant the store holds, if it holds one.
    pub(crate) tenant: Option<Tenant>,
}

impl Foundation {
    /// Opens the store and reads the master key. A master key is made if there is none, unless the store holds a tenant:
    /// what is sealed in it opens with its own key only.
    ///
    /// # Errors
    /// If one of them cannot be had.
    pub(crate) async fn open(config: Config, place: Place) -> anyhow::Result<Self> {
        let (clock, rng): (Arc<dyn Clock>, Arc<dyn Rng>) = (Arc::new(SystemClock), Arc::new(SystemRng));
        let url = store_url(&config, &place)?;
        let store = riskgate_store_sql::open(&url).await.context("the store cannot be opened")?;
        let tenant = find_tenant(&*store).await.context("the store cannot be read")?;
        let key = match &place {
            Place::Memory => MasterKey::ephemeral(rng.clone()),
            Place::Directory(directory) => {
                let path = directory.master_key();
                match &tenant {
                    Some(tenant) => MasterKey::load(&path, rng.clone()).with_context(|| {
                        let domain = &tenant.domain;
                        format!(
                            "the store holds the tenant {domain}, whose master.key this data directory needs"
                        )
                    })?,
                    None if path.exists() => MasterKey::load(&path, rng.clone())?,
                    None => MasterKey::init(&path, rng.clone())?,
                }
            }
        };
        let cost =
            Argon2Cost { memory_kib: config.sign_in.argon2_memory_kib, passes: config.sign_in.argon2_passes };
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let hasher = PasswordHasher::new(cost, processors, rng.clone())
            .context("sign_in.argon2_memory_kib or sign_in.argon2_passes is out of range")?;
        Ok(Self { config, place, store, key: Arc::new(key), hasher, clock, rng, tenant })
    }
}

impl Place {
    /// Where the last good copies of fetched feeds are kept.
    pub(crate) fn feeds(&self) -> Option<PathBuf> {
        match self {
            Self::Directory(directory) => Some(directory.feeds()),
            Self::Memory => None,
        }
    }
}

/// The address of the store: the configured one, or a database in the data directory. In memory nothing else is used,
/// whatever is configured: a test run must not touch a database that somebody's environment names.
fn store_url(config: &Config, place: &Place) -> anyhow::Result<String> {
    let Place::Directory(directory) = place else { return Ok("sqlite::memory:".to_owned()) };
    if let Some(url) = &config.store.url {
        return Ok(url.clone());
    }
    match &config.store.url_file {
        None => Ok(directory.store_url()),
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("store.url_file {} cannot be read", path.display()))?;
            Ok(text.trim().to_owned())
        }
    }
}
