//! Passwords that are known from breaches: a filter file on this machine, an online service asked by k-anonymity, or both.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use reqwest::Url;
use riskgate_core::{Clock, Timestamp};
use riskgate_ports::BreachedPasswords;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

mod build;
mod filter;
mod range;

pub use build::{BuildBreachedError, BuiltFilter, build_breached_filter};
pub use filter::{BreachedFilter, FilterError};
use range::RangeService;

/// SHA-1 of a password, as the published corpus has them. It is a name to look up, and protects nothing.
type Sha1 = [u8; 20];

/// A filter older than this is shown as stale: the corpus grows all the time.
const FILTER_MAX_AGE: Duration = Duration::from_secs(365 * 86_400);

/// Where to look passwords up.
#[derive(Debug, Clone)]
pub struct BreachedSettings {
    /// A file made by [`build_breached_filter`].
    pub filter_file: Option<PathBuf>,
    /// The address of a service for ranges; the first five hexadecimal characters of the hash are put behind it.
    pub range_url: Option<Url>,
    /// How long an answer of the service is waited for.
    pub timeout: Duration,
}

/// Looks passwords up: first in the file, then with the service.
pub struct Breached {
    filter: Option<(PathBuf, Result<Arc<BreachedFilter>, String>)>,
    range: Option<RangeService>,
}

/// The state of a source of breached passwords, in the form of [`crate::SourceStatus`].
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BreachedStatus {
    /// `breached-passwords` for the file, `breached-passwords-online` for the service.
    pub name: &'static str,
    /// `breached-passwords`.
    pub kind: &'static str,
    /// The file or the service.
    pub from: String,
    /// Passwords in the file; nothing for the service.
    pub entries: Option<u64>,
    /// The moment the file describes; nothing for the service, which is always current.
    pub as_of: Option<Timestamp>,
    /// How long ago that was, in seconds.
    pub age_seconds: Option<u64>,
    /// Whether the file is older than it should be or cannot be used.
    pub is_stale: bool,
    /// Why it cannot be used.
    pub last_error: Option<String>,
}

impl Breached {
    /// Opens what is configured; `None` if nothing is. A file that cannot be used is logged, shown in the status and done
    /// without.
    pub fn load(settings: BreachedSettings, clock: Arc<dyn Clock>) -> Option<Self> {
        let filter = settings.filter_file.map(|path| {
            let opened = BreachedFilter::open(&path).map(Arc::new).map_err(|error| error.to_string());
            if let Err(error) = &opened {
                tracing::error!(path = %path.display(), error, "breached passwords are not looked up in this file");
            }
            (path, opened)
        });
        let range = settings.range_url.map(|url| RangeService::new(url, settings.timeout, clock));
        (filter.is_some() || range.is_some()).then_some(Self { filter, range })
    }

    /// The state of its sources.
    pub fn status(&self, now: Timestamp) -> Vec<BreachedStatus> {
        let filter =
            self.filter.iter().map(|(path, opened)| filter_status(path.display().to_string(), opened, now));
        let range = self.range.iter().map(|service| BreachedStatus {
            name: "breached-passwords-online",
            kind: "breached-passwords",
            from: service.shown(),
            entries: None,
            as_of: None,
            age_seconds: None,
            is_stale: false,
            last_error: None,
        });
        filter.chain(range).collect()
    }

    async fn is_in_filter(&self, hash: &Sha1) -> bool {
        let Some((_, Ok(filter))) = &self.filter else { return false };
        let (filter, hash) = (Arc::clone(filter), *hash);
        match tokio::task::spawn_blocking(move || filter.contains(&hash)).await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => {
                tracing::error!(%error, "the filter of breached passwords cannot be read");
                false
            }
            Err(_) => false,
        }
    }
}

fn filter_status(
    from: String,
    opened: &Result<Arc<BreachedFilter>, String>,
    now: Timestamp,
) -> BreachedStatus {
    let filter = opened.as_ref().ok();
    let as_of = filter.map(|filter| filter.as_of());
    BreachedStatus {
        name: "breached-passwords",
        kind: "breached-passwords",
        from,
        entries: filter.map(|filter| filter.len()),
        as_of,
        age_seconds: as_of.map(|as_of| now.since(as_of).as_secs()),
        is_stale: as_of.is_none_or(|as_of| now > as_of + FILTER_MAX_AGE),
        last_error: opened.as_ref().err().cloned(),
    }
}

#[async_trait]
impl BreachedPasswords for Breached {
    async fn is_breached(&self, password: &SecretString) -> bool {
        let hash = sha1(password.expose_secret());
        if self.is_in_filter(&hash).await {
            return true;
        }
        match &self.range {
            Some(service) => service.is_listed(&hash).await,
            None => false,
        }
    }
}

impl std::fmt::Debug for Breached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let range = self.range.as_ref().map(RangeService::shown);
        f.debug_struct("Breached").field("filter", &self.filter).field("range", &range).finish()
    }
}

fn sha1(password: &str) -> Sha1 {
    let mut hash = [0; 20];
    for (to, from) in hash.iter_mut().zip(digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes()).as_ref()) {
        *to = *from;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha_1() {
        let hex: String = sha1("password").iter().map(|byte| format!("{byte:02X}")).collect();
        assert_eq!(hex, "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8");
    }
}
