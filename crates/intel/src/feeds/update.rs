use std::path::PathBuf;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use reqwest::Url;
use riskgate_core::Timestamp;
use serde::Serialize;

use super::cache::{self, Note, Validators, address_digest};
use super::decode::max_bytes;
use super::fetch::{Fetched, client, fetch};
use super::file::{read_bounded, write_whole};
use super::load::{read, with_history};
use super::tables::Loaded;
use super::{FeedConfig, FeedKind, FeedSource, Feeds, history};
use crate::parse::http_date;

/// After a failure it is tried again sooner than usual.
const RETRY_AFTER: Duration = Duration::from_secs(15 * 60);

/// What an update of one source did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UpdateReport {
    /// Name of the source.
    pub name: String,
    /// How it went.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// How an update went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "result", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Outcome {
    /// New content is in use.
    Updated {
        /// First 16 hexadecimal characters of its SHA-256.
        version: String,
        /// Entries in use; nothing for databases.
        entries: Option<usize>,
        /// Why it could not be saved for the next start, if so.
        not_saved: Option<String>,
    },
    /// The content in use is still current.
    Unchanged,
    /// The content in use, if any, stays.
    Failed {
        /// What went wrong.
        error: String,
    },
}

/// New content that has been checked.
struct Fresh {
    loaded: Loaded,
    validators: Validators,
    not_saved: Option<String>,
}

impl Feeds {
    /// Fetches or reads again one source, or all that can be. A source whose new content is refused keeps its old one.
    pub async fn update(&self, only: Option<&str>) -> Vec<UpdateReport> {
        let chosen: Vec<usize> = match only {
            Some(name) => self.slots.iter().position(|slot| slot.name == name).into_iter().collect(),
            None => (0..self.slots.len()).filter(|index| self.slots[*index].config.is_some()).collect(),
        };
        if let (Some(name), true) = (only, chosen.is_empty()) {
            let error = "there is no source of this name".to_owned();
            return vec![UpdateReport {
                name: name.chars().take(64).collect(),
                outcome: Outcome::Failed { error },
            }];
        }
        self.update_all(chosen).await
    }

    /// Updates the sources whose time has come.
    pub async fn update_due(&self) -> Vec<UpdateReport> {
        let now = self.clock.now();
        let is_due = |index: &usize| self.due_at(*index).is_some_and(|due| due <= now);
        let due: Vec<usize> = (0..self.slots.len()).filter(is_due).collect();
        self.update_all(due).await
    }

    /// When the next source is due; in the past if one is due already, `None` if none is ever.
    pub fn next_due(&self) -> Option<Timestamp> {
        (0..self.slots.len()).filter_map(|index| self.due_at(index)).min()
    }

    fn due_at(&self, index: usize) -> Option<Timestamp> {
        let config = self.slots[index].config.as_ref().filter(|config| config.source.can_change())?;
        let progress = self.progress();
        let wait = match progress[index].last_error {
            Some(_) => config.refresh_every.min(RETRY_AFTER),
            None => config.refresh_every,
        };
        Some(progress[index].last_attempt.map_or(Timestamp::from_seconds(0), |attempt| attempt + wait))
    }

    async fn update_all(&self, chosen: Vec<usize>) -> Vec<UpdateReport> {
        let _one_at_a_time = self.updating.lock().await;
        let mut reports = Vec::with_capacity(chosen.len());
        for index in chosen {
            let outcome = self.update_one(index).await;
            let name = self.slots[index].name.clone();
            tracing::info!(source = name, ?outcome, "feed updated");
            reports.push(UpdateReport { name, outcome });
        }
        reports
    }

    async fn update_one(&self, index: usize) -> Outcome {
        let Some(config) = self.slots[index].config.clone() else {
            let error = "it is built in; configure a feed of this name to replace it".to_owned();
            return Outcome::Failed { error };
        };
        let now = self.clock.now();
        let found = match config.source.clone() {
            FeedSource::File(path) => self.reread(index, config, path, now).await,
            FeedSource::Url(url) => self.refetch(index, config, url, now).await,
            FeedSource::Entries(_) => Ok(None),
        };
        self.settle(index, found, now)
    }

    /// Puts checked content in use and notes how it went.
    fn settle(&self, index: usize, found: Result<Option<Fresh>, String>, now: Timestamp) -> Outcome {
        let mut progress = self.progress();
        let progress = &mut progress[index];
        progress.last_attempt = Some(now);
        progress.last_error = None;
        match found {
            Ok(Some(fresh)) => {
                let version = fresh.loaded.version().to_owned();
                let entries = fresh.loaded.entries();
                progress.validators = fresh.validators;
                progress.last_error = fresh
                    .not_saved
                    .as_ref()
                    .map(|error| format!("in use, but not saved for the next start: {error}"));
                self.swap(index, fresh.loaded);
                Outcome::Updated { version, entries, not_saved: fresh.not_saved }
            }
            Ok(None) => Outcome::Unchanged,
            Err(error) => {
                progress.last_error = Some(error.clone());
                Outcome::Failed { error }
            }
        }
    }

    fn swap(&self, index: usize, loaded: Loaded) {
        let mut tables = self.tables.write().unwrap_or_else(PoisonError::into_inner);
        let mut changed = tables.as_ref().clone();
        changed.0[index] = Some(loaded);
        *tables = Arc::new(changed);
    }

    async fn reread(
        &self,
        index: usize,
        config: FeedConfig,
        path: PathBuf,
        now: Timestamp,
    ) -> Result<Option<Fresh>, String> {
        let in_use = self.tables().0[index].clone();
        let cache_dir = self.cache_dir.clone();
        off_thread(move || {
            let (bytes, changed) = read_bounded(&path, max_bytes(config.format))
                .map_err(|error| format!("{}: {error}", path.display()))?;
            let loaded = read(&config, bytes, changed.unwrap_or(now), now)?;
            if in_use.as_ref().is_some_and(|old| old.digest == loaded.digest && old.as_of == loaded.as_of) {
                return Ok(None);
            }
            let loaded = with_history(loaded, in_use.as_ref(), cache_dir.as_deref(), &config.name, now);
            let not_saved = cache_dir.and_then(|directory| save_history(&directory, &loaded).err());
            Ok(Some(Fresh { loaded, validators: Validators::default(), not_saved }))
        })
        .await
    }

    async fn refetch(
        &self,
        index: usize,
        config: FeedConfig,
        url: Url,
        now: Timestamp,
    ) -> Result<Option<Fresh>, String> {
        let client = self.client.get_or_init(client).as_ref().map_err(Clone::clone)?;
        let validators = self.progress()[index].validators.clone();
        let fetched = fetch(client, &url, &validators, max_bytes(config.format)).await;
        let in_use = self.tables().0[index].clone();
        match fetched.map_err(|error| error.to_string())? {
            Fetched::NotModified => {
                if let Some(loaded) = in_use {
                    self.confirm(index, config, loaded, validators, now).await;
                }
                Ok(None)
            }
            Fetched::Content { bytes, validators } => {
                let cache_dir = self.cache_dir.clone();
                off_thread(move || take_in(&config, in_use.as_ref(), cache_dir, bytes, validators, now))
                    .await
                    .map(Some)
            }
        }
    }

    /// The server says that the content is current: without a date of its own it describes the present.
    async fn confirm(
        &self,
        index: usize,
        config: FeedConfig,
        mut loaded: Loaded,
        validators: Validators,
        now: Timestamp,
    ) {
        if validators.last_modified.is_none() && !loaded.is_dated {
            loaded.as_of = now;
        }
        self.swap(index, loaded.clone());
        let Some(directory) = self.cache_dir.clone() else { return };
        let saved = off_thread(move || {
            let note = note(&config, &loaded, validators, now);
            cache::save_note(&directory, &config.name, &note).map_err(|error| error.to_string())?;
            save_history(&directory, &loaded)
        });
        if let Err(error) = saved.await {
            tracing::warn!(error, "the note of a feed's saved copy could not be renewed");
        }
    }
}

/// Checks fetched content, adds what the old one still knows, saves it.
fn take_in(
    config: &FeedConfig,
    in_use: Option<&Loaded>,
    cache_dir: Option<PathBuf>,
    bytes: Vec<u8>,
    validators: Validators,
    now: Timestamp,
) -> Result<Fresh, String> {
    let changed = validators.last_modified.as_deref().and_then(http_date).unwrap_or(now);
    let loaded = read(config, bytes.clone(), changed, now)?;
    refuse_sudden_loss(in_use, &loaded, now)?;
    let loaded = with_history(loaded, in_use, cache_dir.as_deref(), &config.name, now);
    let not_saved = cache_dir.and_then(|directory| {
        let note = note(config, &loaded, validators.clone(), now);
        let saved = cache::save(&directory, &config.name, &bytes, &note).map_err(|error| error.to_string());
        saved.and_then(|()| save_history(&directory, &loaded)).err()
    });
    Ok(Fresh { loaded, validators, not_saved })
}

/// A list that has suddenly lost three quarters of its entries was most likely cut off where its lines end. It is
/// accepted once the one in use is stale: then the loss has lasted.
fn refuse_sudden_loss(in_use: Option<&Loaded>, new: &Loaded, now: Timestamp) -> Result<(), String> {
    match in_use {
        Some(old) if !old.is_built_in && !old.is_stale(now) && new.listed * 4 < old.listed => Err(format!(
            "the list has shrunk from {} to {} entries; it is taken for cut off and accepted only when the one in use \
             is stale",
            old.listed, new.listed
        )),
        _ => Ok(()),
    }
}

fn note(config: &FeedConfig, loaded: &Loaded, validators: Validators, now: Timestamp) -> Note {
    Note {
        digest: loaded.digest.to_string(),
        address_digest: address_digest(config).unwrap_or_default(),
        format: config.format,
        from: loaded.from.to_string(),
        licence: loaded.licence.to_string(),
        fetched_at: now,
        as_of: loaded.as_of,
        validators,
    }
}

fn save_history(directory: &std::path::Path, loaded: &Loaded) -> Result<(), String> {
    if loaded.kind != FeedKind::Tor {
        return Ok(());
    }
    let text = history::write(loaded);
    std::fs::create_dir_all(directory)
        .and_then(|()| write_whole(directory, &cache::history_name(&loaded.name), text.as_bytes()))
        .map_err(|error| error.to_string())
}

/// Runs file and parsing work where it does not hold up other tasks.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(_) => Err("the work on the feed was broken off".to_owned()),
    }
}
