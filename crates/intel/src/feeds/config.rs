use std::path::PathBuf;
use std::time::Duration;

use reqwest::Url;
use riskgate_model::WatchRule;
use serde::Deserialize;

use super::entries::entries;
use super::watch::{self, RawRule};
use super::{Entries, FeedFormat, FeedKind};

const HOUR: Duration = Duration::from_secs(3_600);

/// A source that the operator configures. In a configuration file:
/// `name = "tor-exits"`, `kind = "tor"`, `format = "tor-bulk-list"`, `url = "https://..."` or `file = "..."`,
/// `max_age_hours = 48`, `refresh_every_hours = 1`, `licence = "..."`; the last three may be left out. Instead of a file or
/// URL with its format, `entries = ["192.0.2.0/24"]` names the addresses themselves; a watch list may name
/// `autonomous_systems = [64500]` and `user_agents = ["*sqlmap*"]` beside or instead of them. A watch list has a
/// `rule = { id = "...", author = "...", level = "high", expires_at = "2027-01-31T00:00:00Z" }`.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "RawFeedConfig")]
pub struct FeedConfig {
    /// Lower-case letters, digits and hyphens, at most 64; shown in evidence and used as a file name. A feed with the
    /// name of a built-in source takes its place once it has content.
    pub name: String,
    /// What its entries mean.
    pub kind: FeedKind,
    /// How it is written.
    pub format: FeedFormat,
    /// Where it comes from.
    pub source: FeedSource,
    /// Content older than this is shown as stale.
    pub max_age: Duration,
    /// How often it is looked at again.
    pub refresh_every: Duration,
    /// Under which terms it may be used, for display.
    pub licence: String,
    /// The rule of a watch list; others have none.
    pub rule: Option<WatchRule>,
}

/// Where a feed comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedSource {
    /// A file of the operator's; read again at every update.
    File(PathBuf),
    /// Fetched with this scheme, `https` or `http`, and no other.
    Url(Url),
    /// Written in the configuration itself.
    Entries(Entries),
}

/// What is wrong with the configuration of a feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckFeedError {
    /// The name cannot be used.
    #[error("'{0}' is not a feed name: 1 to 64 lower-case letters, digits and hyphens, first a letter")]
    Name(String),
    /// This format cannot say this.
    #[error("feed '{name}': kind {kind:?} cannot be read from format {format:?}")]
    Format {
        /// Name of the feed.
        name: String,
        /// What was asked for.
        kind: FeedKind,
        /// What was configured.
        format: FeedFormat,
    },
    /// Not exactly one of `file`, `url` and `entries`, or one of the first two without `format`.
    #[error(
        "feed '{0}': give either 'file' or 'url' with 'format', or 'entries' alone (a watch list: 'entries', \
         'autonomous_systems' and 'user_agents')"
    )]
    Source(String),
    /// One of `entries` cannot be used.
    #[error("feed '{name}': entry '{entry}': {reason}")]
    Entry {
        /// Name of the feed.
        name: String,
        /// What was written.
        entry: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Autonomous systems or user agents in what is no watch list.
    #[error(
        "feed '{0}': 'autonomous_systems' and 'user_agents' belong to watch lists alone (kind nation-state or \
         threat-intelligence)"
    )]
    NotWatched(String),
    /// The rule of a watch list is missing, wrong or where it does not belong.
    #[error("feed '{name}': {reason}")]
    Rule {
        /// Name of the feed.
        name: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// Not an `https` or `http` URL with a host.
    #[error("feed '{0}': 'url' must be an https or http address")]
    Url(String),
    /// A duration of zero, or one longer than ten years.
    #[error("feed '{0}': 'max_age_hours' and 'refresh_every_hours' must be 1 to 87600")]
    Hours(String),
}

impl FeedConfig {
    /// Checks what the types cannot.
    ///
    /// # Errors
    /// [`CheckFeedError`] with the feed's name and what to change.
    pub fn check(&self) -> Result<(), CheckFeedError> {
        let name = || self.name.chars().take(64).collect::<String>();
        if !is_name(&self.name) {
            return Err(CheckFeedError::Name(name()));
        }
        if !self.format.allows(self.kind) {
            return Err(CheckFeedError::Format { name: name(), kind: self.kind, format: self.format });
        }
        if let FeedSource::Url(url) = &self.source
            && !(matches!(url.scheme(), "https" | "http") && url.has_host())
        {
            return Err(CheckFeedError::Url(name()));
        }
        if let Some(reason) = watch::problem(self.kind, self.rule.as_ref()) {
            return Err(CheckFeedError::Rule { name: name(), reason });
        }
        let hours = HOUR..=HOUR * 87_600;
        if !hours.contains(&self.max_age) || !hours.contains(&self.refresh_every) {
            return Err(CheckFeedError::Hours(name()));
        }
        Ok(())
    }
}

impl FeedSource {
    /// Whether there can be new content: the configuration is read at the start alone.
    pub(super) fn can_change(&self) -> bool {
        !matches!(self, Self::Entries(_))
    }

    /// Where from, for display.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Entries(_) => "the configuration".to_owned(),
            Self::Url(url) => shown_url(url),
        }
    }
}

/// A URL for display: without credentials and query, which may hold a licence key.
pub(crate) fn shown_url(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = if url.query().is_some() { "?…" } else { "" };
    format!("{}://{}{port}{}{query}", url.scheme(), url.host_str().unwrap_or_default(), url.path())
}

fn is_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// A feed as it is written in a configuration file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFeedConfig {
    name: String,
    kind: FeedKind,
    format: Option<FeedFormat>,
    file: Option<PathBuf>,
    url: Option<String>,
    entries: Option<Vec<String>>,
    autonomous_systems: Option<Vec<u32>>,
    user_agents: Option<Vec<String>>,
    rule: Option<RawRule>,
    max_age_hours: Option<u32>,
    refresh_every_hours: Option<u32>,
    #[serde(default)]
    licence: String,
}

impl TryFrom<RawFeedConfig> for FeedConfig {
    type Error = CheckFeedError;

    fn try_from(raw: RawFeedConfig) -> Result<Self, CheckFeedError> {
        let rule = raw.rule.map(|rule| rule.rule(raw.kind)).transpose();
        let rule = rule.map_err(|reason| CheckFeedError::Rule { name: raw.name.clone(), reason })?;
        let has_more = raw.autonomous_systems.is_some() || raw.user_agents.is_some();
        let is_listed = raw.entries.is_some() || has_more;
        let (format, source) = match (raw.format, raw.file, raw.url, is_listed) {
            (Some(format), Some(file), None, false) => (format, FeedSource::File(file)),
            (Some(format), None, Some(url), false) => {
                let url = url.parse().map_err(|_| CheckFeedError::Url(raw.name.clone()))?;
                (format, FeedSource::Url(url))
            }
            (None, None, None, true) if has_more && !raw.kind.is_watched() => {
                return Err(CheckFeedError::NotWatched(raw.name));
            }
            (None, None, None, true) => {
                let listed = entries(
                    raw.entries.as_deref(),
                    raw.autonomous_systems.as_deref(),
                    raw.user_agents.as_deref(),
                );
                let name = raw.name.clone();
                let wrong = |(entry, reason)| CheckFeedError::Entry { name, entry, reason };
                (FeedFormat::CidrList, FeedSource::Entries(listed.map_err(wrong)?))
            }
            _ => return Err(CheckFeedError::Source(raw.name)),
        };
        let config = Self {
            max_age: HOUR * raw.max_age_hours.unwrap_or(raw.kind.default_max_age_hours()),
            refresh_every: HOUR * raw.refresh_every_hours.unwrap_or(raw.kind.default_refresh_hours()),
            name: raw.name,
            kind: raw.kind,
            format,
            source,
            licence: raw.licence,
            rule,
        };
        config.check()?;
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<FeedConfig, String> {
        toml::from_str::<FeedConfig>(text).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn a_feed_is_read_with_the_durations_of_its_kind() {
        let feed =
            read("name='tor-exits'\nkind='tor'\nformat='tor-bulk-list'\nurl='https://example.org/list'")
                .unwrap();
        assert_eq!(feed.max_age, 48 * HOUR);
        assert_eq!(feed.refresh_every, HOUR);
        let feed =
            read("name='city'\nkind='location'\nformat='mmdb'\nfile='city.mmdb'\nmax_age_hours=7").unwrap();
        assert_eq!(feed.max_age, 7 * HOUR);
        assert_eq!(feed.source.shown(), "city.mmdb");
    }

    #[test]
    fn what_cannot_work_is_refused_with_a_reason() {
        for (text, reason) in [
            ("name='../x'\nkind='tor'\nformat='cidr-list'\nfile='x'", "is not a feed name"),
            ("name='x'\nkind='vpn'\nformat='mmdb'\nfile='x'", "cannot be read from format"),
            ("name='x'\nkind='location'\nformat='cidr-list'\nfile='x'", "cannot be read from format"),
            ("name='x'\nkind='vpn'\nformat='cidr-list'", "either 'file' or 'url'"),
            (
                "name='x'\nkind='vpn'\nformat='cidr-list'\nfile='x'\nurl='https://a/b'",
                "either 'file' or 'url'",
            ),
            ("name='x'\nkind='vpn'\nformat='cidr-list'\nurl='file:///etc/passwd'", "https or http"),
            ("name='x'\nkind='vpn'\nformat='cidr-list'\nurl='nonsense'", "https or http"),
            ("name='x'\nkind='vpn'\nformat='cidr-list'\nfile='x'\nmax_age_hours=0", "must be 1 to"),
            ("name='x'\nkind='vpn'\nformat='cidr-list'\nfile='x'\nfoo=1", "unknown field"),
            ("name='x'\nkind='vpn'\nfile='x'", "'file' or 'url' with 'format'"),
            ("name='x'\nkind='vpn'\nentries=[]", "entry 'entries': there is none"),
            ("name='x'\nkind='vpn'\nautonomous_systems=[64500]", "belong to watch lists alone"),
            (
                "name='x'\nkind='vpn'\nentries=['192.0.2.1']\nuser_agents=['curl/*']",
                "belong to watch lists alone",
            ),
            ("name='x'\nkind='vpn'\nformat='cidr-list'\nentries=['192.0.2.1']", "or 'entries' alone"),
            ("name='x'\nkind='vpn'\nentries=['192.0.2']", "entry '192.0.2': not an IP address"),
            ("name='x'\nkind='location'\nentries=['192.0.2.1']", "cannot be read from format"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn credentials_and_licence_keys_are_not_shown() {
        let url = "https://user:pass@example.org:8443/list?key=secret".parse().unwrap();
        assert_eq!(FeedSource::Url(url).shown(), "https://example.org:8443/list?…");
    }
}
