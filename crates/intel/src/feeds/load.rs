use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, RwLock};

use riskgate_core::{Clock, Timestamp};
use serde::Serialize;

use super::cache::{self, Validators};
use super::decode::{Decoded, decode, max_bytes};
use super::file::{hex_digest, read_bounded};
use super::tables::{Content, Loaded, Tables};
use super::watched::Watched;
use super::{Entries, FeedConfig, FeedKind, FeedSource, Feeds, Progress, Slot, built_in, history};
use crate::PrefixTable;
use crate::parse::ListEntry;

/// What [`Feeds::load`] starts with.
#[derive(Debug, Clone)]
pub struct FeedSettings {
    /// Whether the sources that are compiled in are used.
    pub built_in: bool,
    /// The operator's sources.
    pub feeds: Vec<FeedConfig>,
    /// Where the last good copies of fetched feeds are kept; without it they live in memory only.
    pub cache_dir: Option<PathBuf>,
}

impl Default for FeedSettings {
    /// The built-in sources and nothing else.
    fn default() -> Self {
        Self { built_in: true, feeds: Vec::new(), cache_dir: None }
    }
}

/// Something about a source that an administrator should know; the source is missing or older than it could be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Name of the source.
    pub source: String,
    /// What is wrong and what follows.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "feed '{}': {}", self.source, self.message)
    }
}

impl Feeds {
    /// Loads the built-in sources, the operator's files and the saved copies of fetched feeds. It fetches nothing.
    /// A feed that is missing or damaged is a warning; the others serve without it.
    pub fn load(settings: FeedSettings, clock: Arc<dyn Clock>) -> (Self, Vec<Warning>) {
        let mut start = Start::new(settings.built_in);
        let now = clock.now();
        for config in settings.feeds {
            start.add(config, settings.cache_dir.as_deref(), now);
        }
        let feeds = Self {
            clock,
            cache_dir: settings.cache_dir,
            slots: start.slots,
            tables: RwLock::new(Arc::new(start.tables)),
            progress: Mutex::new(start.progress),
            updating: tokio::sync::Mutex::new(()),
            client: OnceLock::new(),
        };
        (feeds, start.warnings)
    }
}

/// Content of a source that was found at the start.
struct Found {
    loaded: Loaded,
    validators: Validators,
    fetched_at: Option<Timestamp>,
}

/// What is gathered while loading.
struct Start {
    slots: Vec<Slot>,
    tables: Tables,
    progress: Vec<Progress>,
    warnings: Vec<Warning>,
}

impl Start {
    fn new(with_built_in: bool) -> Self {
        let sources = if with_built_in { built_in::load() } else { Vec::new() };
        Self {
            slots: sources
                .iter()
                .map(|source| Slot { name: source.name.to_string(), kind: source.kind, config: None })
                .collect(),
            progress: vec![Progress::default(); sources.len()],
            tables: Tables(sources.into_iter().map(Some).collect()),
            warnings: Vec::new(),
        }
    }

    fn add(&mut self, config: FeedConfig, cache_dir: Option<&Path>, now: Timestamp) {
        let Some(index) = self.slot_for(&config) else { return };
        let found = find(&config, cache_dir, now);
        self.slots[index].config = Some(config.clone());
        match found {
            Ok(Some(found)) => {
                let earlier = self.tables.0[index].as_ref();
                self.tables.0[index] =
                    Some(with_history(found.loaded, earlier, cache_dir, &config.name, now));
                self.progress[index] = Progress {
                    validators: found.validators,
                    last_attempt: found.fetched_at,
                    last_error: None,
                };
            }
            Ok(None) => {}
            Err(error) => {
                self.progress[index].last_error = Some(error.clone());
                self.warn(&config.name, error);
            }
        }
    }

    /// The place of a feed: that of the built-in source of the same name and kind, or a new one.
    fn slot_for(&mut self, config: &FeedConfig) -> Option<usize> {
        if let Err(error) = config.check() {
            self.warn(&config.name, format!("{error}; it is ignored"));
            return None;
        }
        if let Some(index) = self.slots.iter().position(|slot| slot.name == config.name) {
            let slot = &self.slots[index];
            if slot.config.is_some() {
                self.warn(&config.name, "it is configured twice; the second is ignored".to_owned());
                return None;
            }
            if slot.kind != config.kind {
                let kind = slot.kind;
                self.warn(
                    &config.name,
                    format!("a built-in source of kind {kind:?} has this name; it is ignored"),
                );
                return None;
            }
            return Some(index);
        }
        self.slots.push(Slot { name: config.name.clone(), kind: config.kind, config: None });
        self.tables.0.push(None);
        self.progress.push(Progress::default());
        Some(self.slots.len() - 1)
    }

    fn warn(&mut self, source: &str, message: String) {
        let source: String = source.chars().take(64).collect();
        tracing::warn!(source, message, "feed");
        self.warnings.push(Warning { source, message });
    }
}

/// Content that is at hand without fetching; `None` for a feed that was never fetched.
fn find(config: &FeedConfig, cache_dir: Option<&Path>, now: Timestamp) -> Result<Option<Found>, String> {
    let max = max_bytes(config.format);
    match (&config.source, cache_dir) {
        (FeedSource::File(path), _) => {
            let (bytes, changed) =
                read_bounded(path, max).map_err(|error| format!("{}: {error}", path.display()))?;
            let loaded = read(config, bytes, changed.unwrap_or(now), now)?;
            Ok(Some(Found { loaded, validators: Validators::default(), fetched_at: Some(now) }))
        }
        (FeedSource::Entries(entries), _) => {
            let loaded = listed(config, entries, now)?;
            Ok(Some(Found { loaded, validators: Validators::default(), fetched_at: Some(now) }))
        }
        (FeedSource::Url(_), None) => Ok(None),
        (FeedSource::Url(_), Some(directory)) => {
            let Some(cached) = cache::load(directory, config, max)? else { return Ok(None) };
            let note = cached.note;
            let mut loaded = read(config, cached.bytes, note.as_of, now)?;
            // The moment was settled when the content was fetched or last confirmed.
            loaded.as_of = note.as_of.min(now);
            Ok(Some(Found {
                loaded,
                validators: note.validators,
                fetched_at: Some(note.fetched_at.min(now)),
            }))
        }
    }
}

/// What is written in the configuration itself.
fn listed(config: &FeedConfig, entries: &Entries, now: Timestamp) -> Result<Loaded, String> {
    let kind = config.kind.list_kind().ok_or("this kind has no entries")?;
    let prefixes = entries.prefixes.iter().map(|network| ListEntry { network: *network, last_seen: None });
    let decoded = Decoded {
        content: Content::Prefixes(kind, PrefixTable::new(prefixes)),
        dated: None,
        listed: entries.count(),
        bad_lines: 0,
    };
    let digest = hex_digest(entries.text().as_bytes());
    let loaded = loaded(config, decoded, digest, (now, now));
    let watched = Watched::new(&entries.autonomous_systems, entries.user_agents.clone());
    Ok(Loaded { watched: Arc::new(watched), ..loaded })
}

/// Reads the content of a feed. `changed` is when the file or the server's document was last changed; a date in
/// the content itself is better.
pub(super) fn read(
    config: &FeedConfig,
    bytes: Vec<u8>,
    changed: Timestamp,
    now: Timestamp,
) -> Result<Loaded, String> {
    let digest = hex_digest(&bytes);
    let decoded = decode(config.kind, config.format, bytes, now).map_err(|error| error.to_string())?;
    Ok(loaded(config, decoded, digest, (changed, now)))
}

fn loaded(
    config: &FeedConfig,
    decoded: Decoded,
    digest: String,
    (changed, now): (Timestamp, Timestamp),
) -> Loaded {
    let Decoded { content, dated, listed, bad_lines } = decoded;
    Loaded {
        name: config.name.as_str().into(),
        kind: config.kind,
        content: Arc::new(content),
        watched: Arc::default(),
        as_of: dated.unwrap_or(changed).min(now),
        is_dated: dated.is_some(),
        max_age: config.max_age,
        digest: digest.into(),
        from: config.source.shown().into(),
        licence: config.licence.as_str().into(),
        rule: config.rule.clone().map(Arc::new),
        listed,
        bad_lines,
        is_built_in: false,
    }
}

/// Adds the exits that the table in use and the saved history still know.
pub(super) fn with_history(
    loaded: Loaded,
    in_use: Option<&Loaded>,
    cache_dir: Option<&Path>,
    name: &str,
    now: Timestamp,
) -> Loaded {
    if loaded.kind != FeedKind::Tor {
        return loaded;
    }
    let mut earlier = in_use.map(history::seen).unwrap_or_default();
    if let Some(directory) = cache_dir
        && let Ok((bytes, _)) = read_bounded(
            &directory.join(cache::history_name(name)),
            max_bytes(super::FeedFormat::TorExitAddresses),
        )
    {
        earlier.extend(history::read(&bytes, now));
    }
    let Loaded { content, .. } = loaded;
    let content = match Arc::try_unwrap(content) {
        Ok(content) => Arc::new(history::add_earlier(content, earlier, now)),
        Err(shared) => shared,
    };
    Loaded { content, ..loaded }
}
