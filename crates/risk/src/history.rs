use std::collections::BTreeMap;

use riskgate_core::Timestamp;
use riskgate_model::{AnonymizerKind, SignInFacts};
use serde::{Deserialize, Serialize};

use crate::decay::decayed;
use crate::{Feature, Features, HistoryFacts, Seen, Visit};

/// Values kept for each feature of a user; the ones with the least weight make room.
pub const MAX_VALUES: usize = 24;
/// Visits kept of a user.
pub const MAX_VISITS: usize = 8;

/// Less weight than any single sign-in of the last year has.
const NOTHING: f64 = 0.01;

/// What is remembered of a user's sign-ins, bounded whatever he does. It learns only from sign-ins that ended well: whoever
/// calls [`Self::learn`] sees to that.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UserHistory {
    /// Sign-ins learned from since learning began.
    pub sign_ins: u64,
    /// Their decayed number at `last_sign_in_at`.
    pub weight: f64,
    /// When learning began, or began again.
    pub learning_since: Option<Timestamp>,
    /// The last sign-in that was learned from.
    pub last_sign_in_at: Option<Timestamp>,
    /// The values of each feature.
    pub values: BTreeMap<Feature, Vec<KnownValue>>,
    /// Where the user was lately, newest first.
    pub visits: Vec<Visit>,
}

/// A value a user is known to use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KnownValue {
    /// The value.
    pub value: String,
    /// Decayed number of sign-ins with it, at `last_at`.
    pub weight: f64,
    /// Days (universal time) with it.
    pub days: u32,
    /// First sign-in with it.
    pub first_at: Timestamp,
    /// Last sign-in with it.
    pub last_at: Timestamp,
}

impl UserHistory {
    /// Learns a sign-in that ended well. One that is older than the last is learned as if it were now.
    pub fn learn(&mut self, facts: &SignInFacts) {
        self.learn_values(Features::of(facts), facts.at);
        if let Some(visit) = visit(facts) {
            // What is learned late was still visited when it was.
            let index = self.visits.partition_point(|known| known.at > visit.at);
            self.visits.insert(index, visit);
            self.visits.truncate(MAX_VISITS);
        }
    }

    /// Takes back what a sign-in taught that turned out not to be the user's. Values of which nothing is left are gone;
    /// what made room for them does not come back.
    pub fn unlearn(&mut self, facts: &SignInFacts) {
        let Some(last) = self.last_sign_in_at else { return };
        self.weight = less(self.weight, facts.at, last);
        self.sign_ins = self.sign_ins.saturating_sub(1);
        for (feature, value) in Features::of(facts).0 {
            let Some(known) = self.values.get_mut(&feature) else { continue };
            known.retain_mut(|known| {
                if known.value == value {
                    known.weight = less(known.weight, facts.at, known.last_at);
                }
                known.value != value || known.weight > NOTHING
            });
        }
        let address = facts.network.ip_address.to_string();
        self.visits.retain(|visit| visit.at != facts.at || visit.address != address);
    }

    /// Learns the values of something that ended well.
    pub fn learn_values(&mut self, features: Features, at: Timestamp) {
        let at = self.last_sign_in_at.map_or(at, |last| last.max(at));
        self.weight = self.last_sign_in_at.map_or(0.0, |last| decayed(self.weight, last, at)) + 1.0;
        self.sign_ins = self.sign_ins.saturating_add(1);
        self.learning_since.get_or_insert(at);
        self.last_sign_in_at = Some(at);
        for (feature, value) in features.0 {
            learn_value(self.values.entry(feature).or_default(), value, at);
        }
    }

    /// Whether every one of the values is known.
    pub fn knows(&self, features: &Features) -> bool {
        features.0.iter().all(|(feature, value)| {
            self.values.get(feature).is_some_and(|known| known.iter().any(|known| known.value == *value))
        })
    }

    /// Forgets how much was learned, so that the user is learned anew; what is known stays.
    pub fn restart_learning(&mut self, at: Timestamp) {
        self.sign_ins = 0;
        self.learning_since = Some(at);
    }

    /// What it says about an attempt with these values.
    pub fn facts_for(&self, features: &Features, at: Timestamp) -> HistoryFacts {
        let seen = |(feature, value): (&Feature, &String)| (*feature, self.seen(*feature, value, at));
        HistoryFacts {
            sign_ins: self.sign_ins,
            weight: self.last_sign_in_at.map_or(0.0, |last| decayed(self.weight, last, at)),
            learning_since: self.learning_since,
            last_sign_in_at: self.last_sign_in_at,
            values: features.0.iter().map(seen).collect(),
            visits: self.visits.clone(),
        }
    }

    fn seen(&self, feature: Feature, value: &str, at: Timestamp) -> Seen {
        let known = self.values.get(&feature).map_or(&[][..], Vec::as_slice);
        let distinct = u32::try_from(known.len()).unwrap_or(u32::MAX);
        match known.iter().find(|known| known.value == value) {
            Some(found) => Seen {
                weight: decayed(found.weight, found.last_at, at),
                days: found.days,
                first_at: Some(found.first_at),
                last_at: Some(found.last_at),
                distinct,
            },
            None => Seen { distinct, ..Seen::default() },
        }
    }
}

fn learn_value(known: &mut Vec<KnownValue>, value: String, at: Timestamp) {
    if let Some(found) = known.iter_mut().find(|known| known.value == value) {
        found.weight = decayed(found.weight, found.last_at, at) + 1.0;
        if day(found.last_at) != day(at) {
            found.days = found.days.saturating_add(1);
        }
        found.last_at = at;
        return;
    }
    if known.len() >= MAX_VALUES {
        let weight = |known: &KnownValue| decayed(known.weight, known.last_at, at);
        let least = known.iter().enumerate().min_by(|(_, a), (_, b)| weight(a).total_cmp(&weight(b)));
        if let Some(index) = least.map(|(index, _)| index) {
            known.swap_remove(index);
        }
    }
    known.push(KnownValue { value, weight: 1.0, days: 1, first_at: at, last_at: at });
}

/// A weight of `now` without a sign-in of `then`.
fn less(weight: f64, then: Timestamp, now: Timestamp) -> f64 {
    (weight - decayed(1.0, then, now)).max(0.0)
}

fn day(at: Timestamp) -> i64 {
    at.as_seconds().div_euclid(86_400)
}

fn visit(facts: &SignInFacts) -> Option<Visit> {
    let network = &facts.network;
    let location = network.location.as_ref()?;
    let egress =
        [AnonymizerKind::Tor, AnonymizerKind::Vpn, AnonymizerKind::PrivateRelay, AnonymizerKind::Hosting];
    Some(Visit {
        at: facts.at,
        point: location.geo_coordinates.clone()?,
        accuracy_radius: network.accuracy_radius,
        country: location.country_or_region.clone(),
        city: location.city.clone(),
        address: network.ip_address.to_string(),
        network_owner: network.autonomous_system_number.map(|number| format!("AS{number}")),
        device_cookie_id: facts.client.device_cookie_id.clone(),
        is_egress: network.anonymizer.is_some_and(|kind| egress.contains(&kind)),
    })
}

#[cfg(test)]
mod tests;
