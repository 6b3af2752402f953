use std::collections::BTreeMap;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{NetworkFacts, RiskLevel};
use serde::{Deserialize, Serialize};

use super::poisson::least_unlikely;
use super::{Hourly, ReadingHistory};
use crate::{Evidence, Feature, Features, Finding, UserActivityConfig, UserHistory, is_privileged};

/// Kinds of activities kept; the ones longest ago make room.
const MOST_ACTIVITIES: usize = 64;
/// Whoever got in somewhere a moment ago is not at home there yet.
const DAY: Duration = Duration::from_secs(86_400);

/// What somebody does to others in the directory, bounded whatever he does.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UserActivityHistory {
    /// The first activity that is known.
    pub since: Option<Timestamp>,
    /// Each kind of activity.
    activities: BTreeMap<String, Known>,
    /// What he reads through the API.
    pub reading: ReadingHistory,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Known {
    last: Timestamp,
    #[serde(flatten)]
    hourly: Hourly,
}

/// Something a person did to somebody or something else, successfully or not.
#[derive(Debug, Clone, Copy)]
pub struct Administration<'a> {
    /// `activityDisplayName` of the audit entry.
    pub name: &'a str,
    /// When.
    pub at: Timestamp,
    /// From where, for people to read.
    pub address: Option<&'a str>,
    /// Whether the person's own sign-ins are known well enough to say where he usually is.
    pub is_known: bool,
    /// Whether he was known there a day before.
    pub is_usual_network: bool,
}

impl<'a> Administration<'a> {
    /// Something done from somewhere by somebody whose sign-ins have taught this. From where nobody knows is not from
    /// elsewhere.
    pub fn by(
        history: &UserHistory,
        network: Option<&NetworkFacts>,
        what: (&'a str, Timestamp, Option<&'a str>),
        config: &UserActivityConfig,
    ) -> Self {
        let (name, at, address) = what;
        let days = Duration::from_secs(u64::from(config.learning_days).saturating_mul(86_400));
        let is_known = history.learning_since.is_some_and(|since| at.since(since) >= days);
        let is_usual_network = network.is_none_or(|network| {
            let features = Features::of_network(network);
            let seen = history.facts_for(&features, at).values;
            let since = seen.get(&Feature::Prefix).and_then(|seen| seen.first_at);
            since.is_some_and(|since| at.since(since) >= DAY)
        });
        Self { name, at, address, is_known, is_usual_network }
    }
}

impl UserActivityHistory {
    /// Counts an activity and says whether it is anomalous: `anomalousUserActivity`.
    pub fn take(&mut self, activity: &Administration<'_>, config: &UserActivityConfig) -> Option<Finding> {
        let days = |days: u32| Duration::from_secs(u64::from(days).saturating_mul(86_400));
        let known = self.activities.get(activity.name);
        let is_known =
            known.is_some_and(|known| activity.at.since(known.last) <= days(config.forget_after_days));
        let is_learned =
            self.since.is_some_and(|since| activity.at.since(since) >= days(config.learning_days));
        let is_privileged = is_privileged(activity.name);
        let (usual, in_hour) = self.count(activity);
        let mut evidence = Vec::new();
        if is_privileged && !is_known && activity.is_known && !activity.is_usual_network {
            evidence.push(Evidence {
                expected: Some("what he has done before".to_owned()),
                ..Evidence::new("firstTime", activity.name)
            });
            evidence.push(Evidence {
                expected: Some("a network of the user".to_owned()),
                ..Evidence::new("address", activity.address.unwrap_or("unknown"))
            });
        }
        let floor = if is_privileged { config.privileged_per_hour } else { config.others_per_hour };
        // Exactly when the line is reached, so that it is said once in an hour.
        if is_learned && in_hour == least_unlikely(usual.max(f64::from(floor)), config.probability) {
            evidence.push(Evidence {
                expected: Some(format!("at most {usual:.0} in an hour")),
                ..Evidence::new("activitiesInAnHour", format!("{} times {in_hour}", activity.name))
            });
        }
        let found = !evidence.is_empty();
        found.then(|| Finding {
            risk_event_type: "anomalousUserActivity".to_owned(),
            risk_level: RiskLevel::Medium,
            evidence,
        })
    }

    /// Counts it in its hour; returns how often it was done in the busiest one before, and in this one.
    fn count(&mut self, activity: &Administration<'_>) -> (f64, u32) {
        self.since.get_or_insert(activity.at);
        if self.activities.len() >= MOST_ACTIVITIES && !self.activities.contains_key(activity.name) {
            let oldest = self.activities.iter().min_by_key(|(_, known)| known.last);
            let oldest = oldest.map(|(name, _)| name.clone());
            oldest.and_then(|name| self.activities.remove(&name));
        }
        let new = || Known { last: activity.at, hourly: Hourly::default() };
        let known = self.activities.entry(activity.name.to_owned()).or_insert_with(new);
        known.last = known.last.max(activity.at);
        let usual = known.hourly.count(activity.at);
        (usual, known.hourly.in_hour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600;

    fn at(name: &str, hour: i64) -> Administration<'_> {
        let at = Timestamp::from_seconds(hour * HOUR);
        Administration { name, at, address: Some("192.0.2.7"), is_known: true, is_usual_network: true }
    }

    fn take(history: &mut UserActivityHistory, activity: &Administration<'_>) -> Vec<String> {
        let found = history.take(activity, &UserActivityConfig::default());
        found.map(|found| found.evidence.into_iter().map(|e| e.key).collect()).unwrap_or_default()
    }

    #[test]
    fn the_first_use_of_power_from_elsewhere_is_found_once() {
        let history = UserActivityHistory::default;
        let elsewhere = |name, hour| Administration { is_usual_network: false, ..at(name, hour) };
        let role = elsewhere("Add member to role", 1_000);
        let mut known = history();
        assert_eq!(take(&mut known, &role), ["firstTime", "address"]);
        assert_eq!(take(&mut known, &elsewhere("Add member to role", 1_001)), [""; 0], "known now");
        assert_eq!(take(&mut history(), &at("Add member to role", 1_000)), [""; 0], "where he always is");
        assert_eq!(take(&mut history(), &elsewhere("Add group", 1_000)), [""; 0], "gives nobody power");
        let new = Administration { is_known: false, ..role };
        assert_eq!(take(&mut history(), &new), [""; 0], "nobody knows where he usually is");
        let forgotten = elsewhere("Add member to role", 1_001 + 91 * 24);
        assert_eq!(take(&mut known, &forgotten), ["firstTime", "address"]);
    }

    #[test]
    fn more_than_chance_explains_is_found_once_an_hour_and_measured_by_the_busiest() {
        let mut history = UserActivityHistory::default();
        let mut burst = |hour, count| {
            (0..count).filter(|_| !take(&mut history, &at("Reset user password", hour)).is_empty()).count()
        };
        assert_eq!(burst(0, 100), 0, "while he is learned");
        assert_eq!(burst(90 * 24, 40), 0, "35 are what is left of the busiest hour");
        assert_eq!(burst(90 * 24 + 1, 300), 1);
        assert_eq!(burst(90 * 24 + 2, 300), 0);
    }

    #[test]
    fn a_network_is_usual_a_day_after_the_first_sign_in_there() {
        let mut history = UserHistory::default();
        let facts = |day: i64, address: &str| {
            let mut facts = crate::detections::samples::facts_from(address);
            facts.at = Timestamp::from_seconds(day * 86_400);
            facts
        };
        (0..20).for_each(|day| drop(history.learn(&facts(day, "192.0.2.7"))));
        history.learn(&facts(20, "203.0.113.9"));
        let config = UserActivityConfig::default();
        let is_usual = |address, day: i64| {
            let what = ("Add member to role", Timestamp::from_seconds(day * 86_400), Some(address));
            let done = Administration::by(&history, Some(&facts(0, address).network), what, &config);
            assert!(done.is_known);
            done.is_usual_network
        };
        assert!(is_usual("192.0.2.99", 20) && !is_usual("203.0.113.9", 20) && is_usual("203.0.113.9", 21));
    }

    #[test]
    fn it_stays_small() {
        let mut history = UserActivityHistory::default();
        for n in 0..10_000 {
            take(&mut history, &at(&format!("Activity {n}"), 10_000 - n));
        }
        assert_eq!(history.activities.len(), MOST_ACTIVITIES);
        let written = serde_json::to_value(&history).unwrap();
        assert_eq!(serde_json::from_value::<UserActivityHistory>(written).unwrap(), history);
    }
}
