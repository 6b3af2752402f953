use std::time::Duration;

use riskgate_core::Timestamp;

/// After this time a sign-in counts half.
pub(crate) const HALF_LIFE: Duration = Duration::from_secs(60 * 86_400);

/// What a weight of `then` is worth at `now`; the same if `now` is not later. Pure Rust mathematics instead of the
/// platform's: the same bits on every machine.
pub(crate) fn decayed(weight: f64, then: Timestamp, now: Timestamp) -> f64 {
    weight * libm::exp2(-now.since(then).as_secs_f64() / HALF_LIFE.as_secs_f64())
}
