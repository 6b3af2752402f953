use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::{Client, Response, Url};
use riskgate_core::Clock;

use super::Sha1;
use crate::feeds::{http_client, shown_url};

/// Largest answer that is read, in bytes. Padded ranges have about 1,000 lines of 42.
const MAX_ANSWER: usize = 512 << 10;
/// For how long a service that failed is left alone, in seconds: nobody waits for a service that is down.
const PAUSE: i64 = 60;

/// A service that tells which hashes begin with five characters (Have I Been Pwned, `range`). Nothing else of the password
/// leaves this machine, and padding hides how many there are.
pub(super) struct RangeService {
    url: Url,
    timeout: Duration,
    clock: Arc<dyn Clock>,
    client: OnceLock<Result<Client, String>>,
    /// Seconds since 1970 from which on it is asked again.
    resume_at: AtomicI64,
}

impl RangeService {
    pub(super) fn new(url: Url, timeout: Duration, clock: Arc<dyn Clock>) -> Self {
        Self { url, timeout, clock, client: OnceLock::new(), resume_at: AtomicI64::new(i64::MIN) }
    }

    /// The address without what may be a key.
    pub(super) fn shown(&self) -> String {
        shown_url(&self.url)
    }

    /// Whether the service lists a hash; `false` if it does not answer in time.
    pub(super) async fn is_listed(&self, hash: &Sha1) -> bool {
        let now = self.clock.now().as_seconds();
        if now < self.resume_at.load(Ordering::Relaxed) {
            return false;
        }
        let hex: String = hash.iter().map(|byte| format!("{byte:02X}")).collect();
        let (range, rest) = hex.split_at(5);
        match tokio::time::timeout(self.timeout, self.ask(range)).await {
            Ok(Ok(answer)) => match lists(&answer, rest) {
                Some(found) => return found,
                None => self.pause(now, "the answer is no range of hashes"),
            },
            Ok(Err(error)) => self.pause(now, &error),
            Err(_) => self.pause(now, "it did not answer in time"),
        }
        false
    }

    async fn ask(&self, range: &str) -> Result<Vec<u8>, String> {
        let client = self.client.get_or_init(http_client).as_ref().map_err(Clone::clone)?;
        let url = self.url.join(range).map_err(|error| error.to_string())?;
        let request = client.get(url).header("Add-Padding", "true");
        let answer = request.send().await.map_err(|error| error.without_url().to_string())?;
        if answer.status() != reqwest::StatusCode::OK {
            return Err(format!("it answered with status {}", answer.status()));
        }
        body(answer).await
    }

    fn pause(&self, now: i64, error: &str) {
        self.resume_at.store(now.saturating_add(PAUSE), Ordering::Relaxed);
        tracing::warn!(error, seconds = PAUSE, "the service for breached passwords is not asked for a while");
    }
}

async fn body(mut answer: Response) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| error.without_url().to_string())? {
        if bytes.len() + piece.len() > MAX_ANSWER {
            return Err(format!("its answer is larger than {MAX_ANSWER} bytes"));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// Whether an answer lists the rest of a hash with a count above zero, which padding has; `None` if it is no such answer.
fn lists(answer: &[u8], rest: &str) -> Option<bool> {
    let mut found = false;
    for line in std::str::from_utf8(answer).ok()?.lines() {
        let (suffix, count) = line.trim_end().split_once(':')?;
        let count: u64 = count.parse().ok()?;
        if suffix.len() != 35 || !suffix.bytes().all(|character| character.is_ascii_hexdigit()) {
            return None;
        }
        found |= count > 0 && suffix.eq_ignore_ascii_case(rest);
    }
    (!answer.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_no_hit_and_an_error_page_no_answer() {
        let rest = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";
        let other = "0018A45C4D1DEF81644B54AB7F969B88D65";
        let answer = |lines: &[&str]| lists(lines.join("\r\n").as_bytes(), rest);
        assert_eq!(answer(&[&format!("{other}:3"), &format!("{rest}:42")]), Some(true));
        assert_eq!(answer(&[&format!("{other}:3"), &format!("{rest}:0")]), Some(false));
        assert_eq!(answer(&[&format!("{}:1", rest.to_lowercase())]), Some(true));
        for wrong in ["", "<html>", "0018A45C4D1DEF81644B54AB7F969B88D6:3", &format!("{rest}:x"), rest] {
            assert_eq!(answer(&[wrong]), None, "{wrong}");
        }
    }
}
