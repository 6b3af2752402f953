use riskgate_core::Timestamp;

use super::users::FailedUsers;
use super::{Attempt, FirstFactor};
use crate::{Counts, Windows};

pub(super) const DAY: u32 = 86_400;
const HOUR: u32 = 3_600;
const TEN_MINUTES: u32 = 600;

/// First factors under one key. Counts are kept by the minute for ten minutes, by five minutes for an hour, and by the hour
/// for a day: at most some 50 numbers.
#[derive(Debug, Default)]
pub(super) struct Window {
    /// In order of time.
    buckets: Vec<Bucket>,
    users: FailedUsers,
}

#[derive(Debug)]
struct Bucket {
    /// First second it stands for.
    start: u32,
    failures: u32,
    successes: u32,
}

/// Seconds since 1970, from 0 to the year 2106.
pub(super) fn seconds(at: Timestamp) -> u32 {
    u32::try_from(at.as_seconds().max(0)).unwrap_or(u32::MAX)
}

impl Window {
    pub(super) fn record(&mut self, attempt: &Attempt<'_>) {
        let at = seconds(attempt.at);
        let newest = self.buckets.last().map_or(at, |bucket| bucket.start.max(at));
        if newest.saturating_sub(at) > DAY {
            return;
        }
        let is_failure = attempt.outcome != FirstFactor::Right;
        if is_failure {
            self.users.record(attempt.user, attempt.outcome == FirstFactor::UnknownUser, at);
        }
        self.thin_out(newest);
        let bucket = self.bucket(start_of(at, newest));
        let count = if is_failure { &mut bucket.failures } else { &mut bucket.successes };
        *count = count.saturating_add(1);
    }

    fn bucket(&mut self, start: u32) -> &mut Bucket {
        let index = self.buckets.partition_point(|bucket| bucket.start < start);
        if self.buckets.get(index).is_none_or(|bucket| bucket.start != start) {
            self.buckets.insert(index, Bucket { start, failures: 0, successes: 0 });
        }
        #[allow(clippy::indexing_slicing, reason = "it is there or was inserted just now")]
        &mut self.buckets[index]
    }

    /// Drops what is older than a day and joins older buckets to longer ones.
    fn thin_out(&mut self, newest: u32) {
        self.buckets.retain(|bucket| newest.saturating_sub(bucket.start) <= DAY.saturating_add(HOUR));
        for bucket in &mut self.buckets {
            bucket.start = start_of(bucket.start, newest);
        }
        self.buckets.dedup_by(|later, earlier| {
            let is_same = later.start == earlier.start;
            if is_same {
                earlier.failures = earlier.failures.saturating_add(later.failures);
                earlier.successes = earlier.successes.saturating_add(later.successes);
            }
            is_same
        });
    }

    pub(super) fn facts(&self, at: Timestamp) -> Windows {
        let counts = |length| self.counts(seconds(at), length);
        Windows { ten_minutes: counts(TEN_MINUTES), hour: counts(HOUR), day: counts(DAY) }
    }

    fn counts(&self, at: u32, length: u32) -> Counts {
        let after = at.saturating_sub(length);
        let mut counts = self.users.count(after);
        for bucket in self.buckets.iter().filter(|bucket| bucket.start >= after && bucket.start <= at) {
            counts.failures = counts.failures.saturating_add(u64::from(bucket.failures));
            counts.successes = counts.successes.saturating_add(u64::from(bucket.successes));
        }
        counts
    }
}

/// The first second of the bucket `at` belongs to, the coarser the longer ago.
fn start_of(at: u32, newest: u32) -> u32 {
    let length = match newest.saturating_sub(at) {
        0..=TEN_MINUTES => 60,
        601..=HOUR => 300,
        _ => HOUR,
    };
    at.saturating_sub(at.checked_rem(length).unwrap_or(0))
}
