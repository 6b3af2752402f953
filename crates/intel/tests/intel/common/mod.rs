//! What several test files use.

pub(crate) mod server;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use riskgate_core::{ManualClock, Timestamp};
use riskgate_intel::{FeedConfig, FeedFormat, FeedKind, FeedSource};

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn clock(text: &str) -> Arc<ManualClock> {
    Arc::new(ManualClock::new(at(text)))
}

pub(crate) const DAY: Duration = Duration::from_secs(86_400);

pub(crate) fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

pub(crate) fn file_feed(name: &str, kind: FeedKind, format: FeedFormat, path: PathBuf) -> FeedConfig {
    feed(name, kind, format, FeedSource::File(path))
}

pub(crate) fn url_feed(name: &str, kind: FeedKind, format: FeedFormat, url: &str) -> FeedConfig {
    feed(name, kind, format, FeedSource::Url(url.parse().unwrap()))
}

fn feed(name: &str, kind: FeedKind, format: FeedFormat, source: FeedSource) -> FeedConfig {
    FeedConfig {
        name: name.to_owned(),
        kind,
        format,
        source,
        max_age: 2 * DAY,
        refresh_every: Duration::from_secs(3_600),
        licence: "test".to_owned(),
        rule: None,
    }
}
