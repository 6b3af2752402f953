use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

/// How often something is done in an hour.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Hourly {
    /// The current hour, in hours since 1970.
    pub(crate) hour: i64,
    /// How often in it.
    pub(crate) in_hour: u32,
    /// How often in the busiest hour before; half of it after 60 days.
    pub(crate) busiest_hour: f64,
}

impl Hourly {
    /// Counts one more in its hour; returns the busiest hour before it. Time that goes back counts in the current hour.
    pub(crate) fn count(&mut self, at: Timestamp) -> f64 {
        let hour = at.as_seconds().div_euclid(3_600);
        if hour > self.hour {
            let hours = hour.saturating_sub(self.hour).clamp(0, 1_000_000);
            let fade = libm::exp2(-f64::from(i32::try_from(hours).unwrap_or(i32::MAX)) / (60.0 * 24.0));
            self.busiest_hour = (self.busiest_hour * fade).max(f64::from(self.in_hour));
            (self.hour, self.in_hour) = (hour, 0);
        }
        self.in_hour = self.in_hour.saturating_add(1);
        self.busiest_hour
    }
}
