use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{AuthenticationFacts, AuthenticationMethodKind};

/// How long "every time" lets a proof count, so that one sign-in can pass several policies and clocks may differ (Graph
/// contract §4 rule 17).
const EVERY_TIME: Duration = Duration::from_secs(5 * 60);

/// How old a proof may be to count; `None` for any age. A proof of exactly that age counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Freshness {
    pub(crate) first_factor: Option<Duration>,
    pub(crate) second_factor: Option<Duration>,
}

impl Freshness {
    /// The limit of a number of seconds, 0 for every time.
    pub(crate) fn limit(seconds: u64) -> Duration {
        if seconds == 0 { EVERY_TIME } else { Duration::from_secs(seconds) }
    }

    /// The stricter of both.
    pub(crate) fn stricter(self, other: Self) -> Self {
        Self {
            first_factor: shorter(self.first_factor, other.first_factor),
            second_factor: shorter(self.second_factor, other.second_factor),
        }
    }

    /// Whether the first factor was proven recently enough. Nobody knows when it was: it was not.
    pub(crate) fn has_first_factor(self, now: Timestamp, proven: &AuthenticationFacts) -> bool {
        self.first_factor.is_none_or(|limit| is_within(limit, now, proven.first_factor_at()))
    }

    /// Whether multifactor authentication was passed, recently enough.
    pub(crate) fn has_second_factor(self, now: Timestamp, proven: &AuthenticationFacts) -> bool {
        let passed = proven.mfa_at();
        passed.is_some() && self.second_factor.is_none_or(|limit| is_within(limit, now, passed))
    }

    /// Whether a method was passed, recently enough.
    pub(crate) fn has_passed(
        self,
        now: Timestamp,
        proven: &AuthenticationFacts,
        method: AuthenticationMethodKind,
    ) -> bool {
        let limit = if method.is_second_factor() { self.second_factor } else { self.first_factor };
        let last = proven.methods.iter().filter(|used| used.method == method).map(|used| used.at).max();
        last.is_some() && limit.is_none_or(|limit| is_within(limit, now, last))
    }
}

/// The shorter of two limits.
pub(crate) fn shorter<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn is_within(limit: Duration, now: Timestamp, at: Option<Timestamp>) -> bool {
    at.is_some_and(|at| now.since(at) <= limit)
}
