use async_trait::async_trait;
use riskgate_core::Timestamp;

/// Where what is known about addresses comes from, for administrators to look at and to refresh.
#[async_trait]
pub trait Sources: Send + Sync {
    /// The state of every source on this node.
    fn sources(&self) -> Vec<SourceState>;

    /// Fetches or reads one source again and says what it is then; `None` if there is none of this name. If that fails, the
    /// content in use stays and the state names the error.
    async fn refresh(&self, name: &str) -> Option<SourceState>;
}

/// The state of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceState {
    /// Its name, unique.
    pub name: String,
    /// What its entries mean, as the configuration calls it.
    pub kind: &'static str,
    /// Where its content comes from: `built in`, a file, or an address without credentials.
    pub from: String,
    /// Entries in use; nothing for databases and without content.
    pub entries: Option<usize>,
    /// Lines that were left out.
    pub bad_lines: usize,
    /// The moment the content describes.
    pub as_of: Option<Timestamp>,
    /// How long ago that was, in seconds.
    pub age_seconds: Option<u64>,
    /// Whether it is older than it should be, or there is none.
    pub is_stale: bool,
    /// Whether the operator's rule for it came to its end.
    pub is_expired: bool,
    /// Terms of use.
    pub licence: String,
    /// First 16 hexadecimal characters of the content's SHA-256.
    pub version: Option<String>,
    /// When it was last fetched or read, also without success.
    pub last_attempt: Option<Timestamp>,
    /// What went wrong then.
    pub last_error: Option<String>,
}
