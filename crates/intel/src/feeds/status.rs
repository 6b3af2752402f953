use riskgate_core::Timestamp;
use riskgate_model::WatchRule;
use serde::Serialize;

use super::tables::{Content, Loaded};
use super::{FeedKind, Feeds};

/// The state of one source.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceStatus {
    /// Its name.
    pub name: String,
    /// What its entries mean.
    pub kind: FeedKind,
    /// Where the content in use came from (`built in`, a file, a URL without credentials); where it should come from if
    /// there is none yet.
    pub from: String,
    /// Entries in use, earlier Tor exits that still count among them; nothing for databases and without content.
    pub entries: Option<usize>,
    /// Lines of the file that were left out.
    pub bad_lines: usize,
    /// The moment the content describes.
    pub as_of: Option<Timestamp>,
    /// How long ago that was, in seconds.
    pub age_seconds: Option<u64>,
    /// Whether it is older than it should be; a source without content is stale.
    pub is_stale: bool,
    /// Terms of use.
    pub licence: String,
    /// The rule of a watch list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<WatchRule>,
    /// Whether that rule has come to its end, so that the list counts no longer.
    pub is_expired: bool,
    /// First 16 hexadecimal characters of the content's SHA-256.
    pub version: Option<String>,
    /// When it was last fetched or read, also without success.
    pub last_attempt: Option<Timestamp>,
    /// What went wrong then.
    pub last_error: Option<String>,
}

impl Feeds {
    /// The state of every source, built-in ones first, then in the order of the configuration.
    pub fn status(&self) -> Vec<SourceStatus> {
        let (tables, progress, now) = (self.tables(), self.progress().clone(), self.clock.now());
        let rows = self.slots.iter().zip(&tables.0).zip(progress);
        rows.map(|((slot, loaded), progress)| {
            let config = slot.config.as_ref();
            let loaded = loaded.as_ref();
            let configured = |text: fn(&super::FeedConfig) -> String| config.map(text).unwrap_or_default();
            SourceStatus {
                name: slot.name.clone(),
                kind: slot.kind,
                from: loaded.map_or_else(
                    || configured(|config| config.source.shown()),
                    |loaded| loaded.from.to_string(),
                ),
                entries: loaded.and_then(Loaded::entries),
                bad_lines: loaded.map_or(0, |loaded| loaded.bad_lines),
                as_of: loaded.map(|loaded| loaded.as_of),
                age_seconds: loaded.map(|loaded| now.since(loaded.as_of).as_secs()),
                is_stale: loaded.is_none_or(|loaded| loaded.is_stale(now)),
                licence: loaded.map_or_else(
                    || configured(|config| config.licence.clone()),
                    |loaded| loaded.licence.to_string(),
                ),
                rule: config.and_then(|config| config.rule.clone()),
                is_expired: loaded.is_some_and(|loaded| loaded.is_expired(now)),
                version: loaded.map(|loaded| loaded.version().to_owned()),
                last_attempt: progress.last_attempt,
                last_error: progress.last_error,
            }
        })
        .collect()
    }
}

impl Loaded {
    /// Entries in use; nothing for databases.
    pub(super) fn entries(&self) -> Option<usize> {
        match self.content.as_ref() {
            Content::Prefixes(_, table) => Some(table.len() + self.watched.len()),
            Content::Places(places) => Some(places.len()),
            Content::Database(_) => None,
        }
    }
}
