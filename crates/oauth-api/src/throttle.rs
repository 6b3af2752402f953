//! How often a client may fail to prove itself, or ask for device codes: a bucket per client and address that fills again at a steady rate.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use riskgate_core::Timestamp;

/// Times at once.
const BURST: i64 = 10;
/// How long an empty bucket takes to be full again.
const PERIOD: Duration = Duration::from_secs(60);
/// Most buckets that are kept; full ones are forgotten first.
const REMEMBERED: usize = 10_000;

/// Times something was done by a client from an address. Each node counts on its own.
#[derive(Debug, Default)]
pub(crate) struct ClientBuckets {
    /// When each bucket is full again, in microseconds.
    full_at: Mutex<HashMap<(String, IpAddr), i64>>,
}

impl ClientBuckets {
    /// Whether the client may try from this address.
    ///
    /// # Errors
    /// The whole seconds to wait, at least one.
    pub(crate) fn check(&self, client_id: &str, address: IpAddr, now: Timestamp) -> Result<(), u64> {
        let full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(at) = full_at.get(&key(client_id, address)) else { return Ok(()) };
        let period = i64::try_from(PERIOD.as_micros()).unwrap_or(i64::MAX);
        let excess = at.saturating_sub(now.as_micros()).saturating_add(step()).saturating_sub(period);
        if excess <= 0 { Ok(()) } else { Err(Duration::from_micros(excess.unsigned_abs()).as_secs() + 1) }
    }

    /// Counts one time, if there is one left.
    ///
    /// # Errors
    /// The whole seconds to wait, at least one.
    pub(crate) fn take(&self, client_id: &str, address: IpAddr, now: Timestamp) -> Result<(), u64> {
        self.check(client_id, address, now)?;
        self.count(client_id, address, now);
        Ok(())
    }

    /// Counts one time.
    pub(crate) fn count(&self, client_id: &str, address: IpAddr, now: Timestamp) {
        let now = now.as_micros();
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key(client_id, address);
        if full_at.len() >= REMEMBERED && !full_at.contains_key(&key) {
            full_at.retain(|_, at| *at > now);
            if full_at.len() >= REMEMBERED {
                full_at.clear();
            }
        }
        let at = full_at.entry(key).or_insert(now);
        *at = (*at).max(now).saturating_add(step());
    }
}

/// Microseconds each time costs.
fn step() -> i64 {
    i64::try_from(PERIOD.as_micros()).unwrap_or(i64::MAX) / BURST
}

/// Who has an IPv6 address usually has the 2^64 of its network.
fn key(client_id: &str, address: IpAddr) -> (String, IpAddr) {
    let network = match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from(u128::from(address) >> 64 << 64)),
    };
    (client_id.to_ascii_lowercase(), network)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_times_are_free_and_then_one_in_six_seconds() {
        let buckets = ClientBuckets::default();
        let (at, address) = (Timestamp::from_seconds, "2001:db8::1".parse().unwrap());
        for _ in 0..10 {
            assert_eq!(buckets.check("a", address, at(100)), Ok(()));
            buckets.count("a", address, at(100));
        }
        assert_eq!(buckets.check("A", "2001:db8::2".parse().unwrap(), at(100)), Err(7));
        assert_eq!(buckets.check("a", "192.0.2.1".parse().unwrap(), at(100)), Ok(()));
        assert_eq!(buckets.check("b", address, at(100)), Ok(()));
        assert_eq!(buckets.check("a", address, at(106)), Ok(()));
        buckets.count("a", address, at(106));
        assert!(buckets.check("a", address, at(106)).is_err());
        assert_eq!(buckets.check("a", address, at(200)), Ok(()));
    }

    #[test]
    fn memory_is_bounded() {
        let buckets = ClientBuckets::default();
        for n in 0..25_000u32 {
            buckets.count("a", IpAddr::V4(n.into()), Timestamp::from_seconds(1));
        }
        assert!(buckets.full_at.lock().unwrap().len() <= REMEMBERED);
    }
}
