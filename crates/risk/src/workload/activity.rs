use std::collections::BTreeMap;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::RiskLevel;
use serde::{Deserialize, Serialize};

use crate::user_activity::Hourly;
use crate::{Evidence, Finding, WorkloadConfig};

/// Kinds of activities kept; the ones longest ago make room.
const MOST_ACTIVITIES: usize = 64;
/// In an hour, whatever is usual.
const BURST: u32 = 100;
/// Times the busiest hour.
const TIMES: f64 = 10.0;

/// What an application does in the directory, bounded whatever it does.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ActivityHistory {
    /// The first activity that is known.
    pub since: Option<Timestamp>,
    /// When each activity was done last.
    pub activities: BTreeMap<String, Timestamp>,
    #[serde(flatten)]
    hourly: Hourly,
}

/// Something an application did in the directory, successfully or not.
#[derive(Debug, Clone, Copy)]
pub struct DirectoryActivity<'a> {
    /// `activityDisplayName` of the audit entry.
    pub name: &'a str,
    /// When.
    pub at: Timestamp,
}

impl ActivityHistory {
    /// Counts an activity and says whether it is anomalous: `anomalousServicePrincipalActivity`.
    pub fn take(&mut self, activity: &DirectoryActivity<'_>, config: &WorkloadConfig) -> Option<Finding> {
        let days = |days: u32| Duration::from_secs(u64::from(days) * 86_400);
        let is_learned =
            self.since.is_some_and(|since| activity.at.since(since) >= days(config.learning_days));
        let last = self.activities.get(activity.name);
        let is_known = last.is_some_and(|last| activity.at.since(*last) <= days(config.forget_after_days));
        let usual = self.hourly.count(activity.at);
        self.remember(activity);
        let mut evidence = Vec::new();
        if is_learned && is_privileged(activity.name) && !is_known {
            evidence.push(Evidence {
                expected: Some("what it has done before".to_owned()),
                ..Evidence::new("firstTime", activity.name)
            });
        }
        // Exactly when the line is crossed, so that it is said once in an hour.
        let line = BURST.max(rounded(usual * TIMES));
        if is_learned && self.hourly.in_hour == line.saturating_add(1) {
            evidence.push(Evidence {
                expected: Some(format!("at most {usual:.0} in an hour")),
                ..Evidence::new("activitiesInAnHour", self.hourly.in_hour.to_string())
            });
        }
        let found = !evidence.is_empty();
        found.then(|| Finding {
            risk_event_type: "anomalousServicePrincipalActivity".to_owned(),
            risk_level: RiskLevel::Medium,
            evidence,
        })
    }

    fn remember(&mut self, activity: &DirectoryActivity<'_>) {
        self.since.get_or_insert(activity.at);
        if self.activities.len() >= MOST_ACTIVITIES && !self.activities.contains_key(activity.name) {
            let oldest = self.activities.iter().min_by_key(|(_, last)| **last).map(|(name, _)| name.clone());
            oldest.and_then(|name| self.activities.remove(&name));
        }
        self.activities.insert(activity.name.to_owned(), activity.at);
    }
}

/// Whether an activity gives somebody power, or takes protection away.
pub fn is_privileged(activity: &str) -> bool {
    const NAMES: [&str; 7] =
        ["role", "credential", "certificates and secrets", "consent", "policy", "password", "owner"];
    let activity = activity.to_ascii_lowercase();
    NAMES.iter().any(|name| activity.contains(name)) || activity.contains("security defaults")
}

fn rounded(value: f64) -> u32 {
    // Saturates, and NaN is nothing.
    value.round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600;

    fn take(history: &mut ActivityHistory, name: &str, hour: i64) -> Option<Finding> {
        let activity = DirectoryActivity { name, at: Timestamp::from_seconds(hour * HOUR) };
        history.take(&activity, &WorkloadConfig::default())
    }

    fn provisioning(hours: i64) -> ActivityHistory {
        let mut history = ActivityHistory::default();
        for hour in 0..hours {
            assert_eq!(take(&mut history, "Add user", hour), None);
        }
        history
    }

    #[test]
    fn the_first_use_of_power_after_learning_is_found_once() {
        let mut history = provisioning(100);
        assert_eq!(take(&mut history, "Add group", 100), None, "new, and gives nobody power");
        let found = take(&mut history, "Add member to role", 100).unwrap();
        assert_eq!((found.evidence[0].key.as_str(), found.risk_level), ("firstTime", RiskLevel::Medium));
        assert_eq!(take(&mut history, "Add member to role", 101), None);
        assert!(take(&mut history, "Add member to role", 101 + 61 * 24).is_some(), "forgotten");
        assert_eq!(take(&mut provisioning(1), "Add member to role", 2), None, "while it is learned");
    }

    #[test]
    fn a_burst_is_found_once_an_hour_and_is_measured_by_what_is_usual() {
        let mut history = provisioning(100);
        let burst = |history: &mut ActivityHistory, hour, count| {
            (0..count).filter(|_| take(history, "Add user", hour).is_some()).count()
        };
        assert_eq!(burst(&mut history, 200, 100), 0);
        assert_eq!(burst(&mut history, 200, 900), 1);
        assert_eq!(burst(&mut history, 201, 1_000), 0, "ten times the busiest hour is the line");
    }

    #[test]
    fn it_stays_small_and_time_that_goes_back_counts_in_the_current_hour() {
        let mut history = ActivityHistory::default();
        for n in 0..10_000 {
            take(&mut history, &format!("Activity {n}"), 10_000 - n);
        }
        assert_eq!((history.activities.len(), history.hourly.in_hour), (MOST_ACTIVITIES, 10_000));
    }
}
