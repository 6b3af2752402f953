use std::collections::{HashMap, HashSet};
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::RiskLevel;
use serde::{Deserialize, Serialize};

use crate::{Evidence, Finding, UserActivityConfig};

/// Objects that are told apart of one person within ten minutes; who reads more has been found long before.
pub const MAX_OBJECTS: usize = 20_000;
/// Length of a window, in seconds.
const WINDOW: i64 = 600;

/// Which objects of the directory people read through the API within ten minutes. In memory, bounded: of some thousand
/// people at once, the ones who read last.
#[derive(Debug)]
pub struct DirectoryReads {
    people: HashMap<String, Window>,
    most: usize,
}

#[derive(Debug)]
struct Window {
    /// Number of the window, in ten minutes since 1970.
    number: i64,
    objects: HashSet<u64>,
    is_said: bool,
}

/// What is known of somebody's reading before.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Reading {
    /// Objects in the busiest ten minutes; `None` while it is learned.
    pub busiest: Option<f64>,
}

/// How somebody reads, as it is kept.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ReadingHistory {
    /// The first reading that is known.
    pub since: Option<Timestamp>,
    /// Objects in the busiest ten minutes, at `busiest_at`; half of them after 60 days.
    pub busiest: f64,
    /// See above.
    pub busiest_at: Option<Timestamp>,
    /// Objects that were too many. They count as usual once nothing about the person is suspected any more.
    pub suspected: f64,
}

impl ReadingHistory {
    /// What is usual at a moment.
    pub fn reading(&self, at: Timestamp, config: &UserActivityConfig) -> Reading {
        let days = Duration::from_secs(u64::from(config.learning_days).saturating_mul(86_400));
        let is_learned = self.since.is_some_and(|since| at.since(since) >= days);
        Reading { busiest: is_learned.then(|| self.busiest(at)) }
    }

    /// Learns what somebody read in these ten minutes; returns whether that changed anything.
    pub fn learn(&mut self, objects: usize, at: Timestamp) -> bool {
        let objects = f64::from(u32::try_from(objects).unwrap_or(u32::MAX));
        let is_first = self.since.is_none();
        self.since.get_or_insert(at);
        let is_more = objects > self.busiest(at);
        if is_more {
            (self.busiest, self.busiest_at) = (objects, Some(at));
        }
        is_first || is_more
    }

    /// Keeps that it was too much.
    pub fn suspect(&mut self, objects: usize) {
        let objects = f64::from(u32::try_from(objects).unwrap_or(u32::MAX));
        self.suspected = self.suspected.max(objects);
    }

    /// Nothing about the person is suspected any more: what was too much is usual for him.
    pub fn settle(&mut self, at: Timestamp) {
        if self.suspected > self.busiest(at) {
            (self.busiest, self.busiest_at) = (self.suspected, Some(at));
        }
        self.suspected = 0.0;
    }

    fn busiest(&self, at: Timestamp) -> f64 {
        let Some(then) = self.busiest_at else { return 0.0 };
        let hours = u32::try_from(at.since(then).as_secs() / 3_600).unwrap_or(u32::MAX);
        self.busiest * libm::exp2(-f64::from(hours) / (60.0 * 24.0))
    }
}

impl DirectoryReads {
    /// Of this many people at once.
    pub fn new(most: usize) -> Self {
        Self { people: HashMap::new(), most }
    }

    /// Counts objects, by a number for each, and returns how many different ones that makes in these ten minutes.
    pub fn count(&mut self, user_id: &str, objects: impl IntoIterator<Item = u64>, at: Timestamp) -> usize {
        let number = at.as_seconds().div_euclid(WINDOW);
        if self.people.len() >= self.most && !self.people.contains_key(user_id) {
            self.make_room(number);
        }
        let empty = || Window { number, objects: HashSet::new(), is_said: false };
        let window = self.people.entry(user_id.to_owned()).or_insert_with(empty);
        // Time that goes back counts in the current window.
        if number > window.number {
            *window = empty();
        }
        for object in objects {
            if window.objects.len() >= MAX_OBJECTS {
                break;
            }
            window.objects.insert(object);
        }
        window.objects.len()
    }

    /// Whether somebody reads anomalously much: `suspiciousAPITraffic`, once in ten minutes.
    pub fn find(&self, user_id: &str, known: Reading, config: &UserActivityConfig) -> Option<Finding> {
        let window = self.people.get(user_id)?;
        let read = u32::try_from(window.objects.len()).unwrap_or(u32::MAX);
        let line = line(known, config);
        if window.is_said || f64::from(read) < line {
            return None;
        }
        let usual = known.busiest.map_or_else(|| "not known".to_owned(), |busiest| format!("{busiest:.0}"));
        Some(Finding {
            risk_event_type: "suspiciousAPITraffic".to_owned(),
            risk_level: RiskLevel::Medium,
            evidence: vec![Evidence {
                expected: Some(format!("below {line:.0}; the busiest ten minutes before: {usual}")),
                ..Evidence::new("objectsReadInTenMinutes", read.to_string())
            }],
        })
    }

    /// What was found about somebody was said.
    pub fn was_said(&mut self, user_id: &str) {
        if let Some(window) = self.people.get_mut(user_id) {
            window.is_said = true;
        }
    }

    /// Forgets who read in earlier windows, or somebody if all read now.
    fn make_room(&mut self, number: i64) {
        self.people.retain(|_, window| window.number >= number);
        if self.people.len() >= self.most {
            let fewest = self.people.iter().min_by_key(|(_, window)| window.objects.len());
            let fewest = fewest.map(|(id, _)| id.clone());
            fewest.and_then(|id| self.people.remove(&id));
        }
    }
}

/// From how many objects on it is found.
fn line(known: Reading, config: &UserActivityConfig) -> f64 {
    match known.busiest {
        Some(busiest) => (busiest * config.times_busiest_reads).max(f64::from(config.reads)),
        None => f64::from(config.reads_of_strangers),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(reads: &mut DirectoryReads, busiest: Option<f64>) -> bool {
        let found = reads.find("ada", Reading { busiest }, &UserActivityConfig::default());
        if found.is_some() {
            reads.was_said("ada");
        }
        found.is_some()
    }

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_seconds(minute * 60)
    }

    #[test]
    fn ten_times_the_busiest_is_found_once_in_ten_minutes() {
        let mut reads = DirectoryReads::new(10);
        assert_eq!(reads.count("ada", 0..199, at(0)), 199);
        assert!(!found(&mut reads, Some(5.0)), "few enough for anybody");
        assert_eq!(reads.count("ada", 0..200, at(9)), 200, "the same ones again are the same");
        assert!(!found(&mut reads, Some(21.0)), "he reads a lot");
        assert!(!found(&mut reads, None), "nobody knows yet");
        assert!(found(&mut reads, Some(20.0)));
        reads.count("ada", 0..400, at(9));
        assert!(!found(&mut reads, Some(20.0)), "said before");
        assert_eq!(reads.count("ada", 0..300, at(10)), 300);
        assert!(found(&mut reads, Some(20.0)));
        reads.count("ada", 0..5_000, at(11));
        reads.count("ada", 0..5_000, at(21));
        assert!(found(&mut reads, None), "too much for a stranger");
    }

    #[test]
    fn what_was_too_much_is_usual_once_it_was_looked_at() {
        let config = UserActivityConfig::default();
        let at = |day: i64| Timestamp::from_seconds(day * 86_400);
        let mut history = ReadingHistory::default();
        assert!(history.learn(30, at(0)) && !history.learn(30, at(0)), "only what is more is written");
        assert_eq!(history.reading(at(13), &config), Reading { busiest: None });
        let busiest = |history: &ReadingHistory, day| history.reading(at(day), &config).busiest.unwrap();
        assert!((busiest(&history, 60) - 15.0).abs() < 0.01);
        history.suspect(5_000);
        assert!(busiest(&history, 60) < 16.0);
        history.settle(at(60));
        assert!((busiest(&history, 60) - 5_000.0).abs() < 0.01);
    }

    #[test]
    fn people_and_objects_are_bounded_and_the_greedy_one_stays() {
        let mut reads = DirectoryReads::new(10);
        assert_eq!(reads.count("ada", 0..1_000_000, at(0)), MAX_OBJECTS);
        for person in 0..1_000 {
            reads.count(&format!("person {person}"), [1], at(0));
        }
        assert_eq!(reads.people.len(), 10);
        assert!(reads.people.contains_key("ada"));
        reads.count("ben", [1], at(30));
        assert_eq!(reads.people.len(), 1);
    }
}
