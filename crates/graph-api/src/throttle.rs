//! How many requests an application may send: a bucket per application that fills again at a steady rate (the generic
//! cell rate algorithm, ITU-T I.371 Annex A).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use riskgate_core::Timestamp;

/// Applications remembered before those with full buckets are forgotten.
const REMEMBERED: usize = 1_024;

/// Limit of requests per application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestLimit {
    /// Most requests at once.
    pub burst: u32,
    /// How long an empty bucket takes to be full again.
    pub period: Duration,
}

impl Default for RequestLimit {
    /// 600 requests within 10 seconds.
    fn default() -> Self {
        Self { burst: 600, period: Duration::from_secs(10) }
    }
}

/// The buckets.
#[derive(Debug)]
pub(crate) struct Throttle {
    limit: RequestLimit,
    /// When the bucket of each application is full again, in microseconds.
    full_at: Mutex<HashMap<String, i64>>,
}

impl Throttle {
    /// Buckets that are all full.
    pub(crate) fn new(limit: RequestLimit) -> Self {
        Self { limit, full_at: Mutex::default() }
    }

    /// Takes one request out of the bucket.
    ///
    /// # Errors
    /// The whole seconds to wait, at least one.
    pub(crate) fn take(&self, app_id: &str, now: Timestamp) -> Result<(), u64> {
        let period = i64::try_from(self.limit.period.as_micros()).unwrap_or(i64::MAX);
        let step = (period / i64::from(self.limit.burst.max(1))).max(1);
        let now = now.as_micros();
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() >= REMEMBERED && !full_at.contains_key(app_id) {
            full_at.retain(|_, at| *at > now);
        }
        let next = full_at.get(app_id).copied().unwrap_or(now).max(now).saturating_add(step);
        let excess = next.saturating_sub(now).saturating_sub(period);
        if excess > 0 {
            return Err(Duration::from_micros(excess.unsigned_abs()).as_secs() + 1);
        }
        full_at.insert(app_id.to_owned(), next);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_the_bucket_fills_again() {
        let throttle = Throttle::new(RequestLimit { burst: 3, period: Duration::from_secs(3) });
        let at = Timestamp::from_seconds;
        for _ in 0..3 {
            assert_eq!(throttle.take("a", at(100)), Ok(()));
        }
        assert_eq!(throttle.take("a", at(100)), Err(2));
        assert_eq!(throttle.take("b", at(100)), Ok(()));
        assert_eq!(throttle.take("a", at(101)), Ok(()));
        assert!(throttle.take("a", at(101)).is_err());
        assert_eq!(throttle.take("a", at(200)), Ok(()));
    }

    #[test]
    fn a_refused_request_costs_nothing() {
        let throttle = Throttle::new(RequestLimit { burst: 1, period: Duration::from_secs(1) });
        assert_eq!(throttle.take("a", Timestamp::from_seconds(1)), Ok(()));
        for _ in 0..100 {
            assert!(throttle.take("a", Timestamp::from_seconds(1)).is_err());
        }
        assert_eq!(throttle.take("a", Timestamp::from_seconds(2)), Ok(()));
    }
}
