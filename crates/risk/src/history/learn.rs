use riskgate_core::Timestamp;
use riskgate_model::SignInFacts;

use super::{KnownValue, MAX_VALUES, MAX_VISITS, UserHistory};
use crate::decay::decayed;
use crate::{Feature, Features, Visit};

/// Less weight than any single sign-in of the last year has.
const NOTHING: f64 = 0.01;

/// What changed in a history when it learned a sign-in; [`crate::Population::learn`] takes it over.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// When it counts from.
    pub(crate) at: Timestamp,
    /// Whether the user had no history before.
    pub(crate) is_first: bool,
    /// The values of the sign-in, each with whether it was new.
    pub(crate) values: Vec<(Feature, String, bool)>,
    /// Values that made room.
    pub(crate) forgotten: Vec<(Feature, KnownValue)>,
}

impl UserHistory {
    /// Learns a sign-in that ended well. One that is older than the last is learned as if it were now.
    pub fn learn(&mut self, facts: &SignInFacts) -> Learned {
        let learned = self.learn_values(&Features::of(facts), facts.at);
        if let Some(visit) = Visit::of(facts) {
            // What is learned late was still visited when it was.
            let index = self.visits.partition_point(|known| known.at > visit.at);
            self.visits.insert(index, visit);
            self.visits.truncate(MAX_VISITS);
        }
        learned
    }

    /// Learns the values of something that ended well.
    pub fn learn_values(&mut self, features: &Features, at: Timestamp) -> Learned {
        let at = self.last_sign_in_at.map_or(at, |last| last.max(at));
        let is_first = self.last_sign_in_at.is_none();
        let known = |feature, value: &str| self.known(feature).iter().any(|known| known.value == value);
        let values: Vec<_> = features
            .0
            .iter()
            .map(|(feature, value)| (*feature, value.clone(), !known(*feature, value)))
            .collect();
        self.count_new_values(&values, at);
        self.weight = self.last_sign_in_at.map_or(0.0, |last| decayed(self.weight, last, at)) + 1.0;
        self.sign_ins = self.sign_ins.saturating_add(1);
        self.learning_since.get_or_insert(at);
        self.last_sign_in_at = Some(at);
        let forgotten = values.iter().filter_map(|(feature, value, _)| {
            let known = self.values.entry(*feature).or_default();
            let is_new_within = is_new_within(&values, *feature);
            Some((*feature, learn_value(known, value, is_new_within, at)?))
        });
        let forgotten = forgotten.collect();
        Learned { at, is_first, values, forgotten }
    }

    /// Takes back what a sign-in taught that turned out not to be the user's. Values of which nothing is left are gone;
    /// what made room for them does not come back.
    pub fn unlearn(&mut self, facts: &SignInFacts) {
        let Some(last) = self.last_sign_in_at else { return };
        self.weight = less(self.weight, facts.at, last);
        self.sign_ins = self.sign_ins.saturating_sub(1);
        // What the very first sign-in brought was not counted as new.
        let is_first = self.learning_since == Some(facts.at);
        for (feature, value) in Features::of(facts).0 {
            let Some(known) = self.values.get_mut(&feature) else { continue };
            let was_new = known.iter().any(|known| known.value == value && known.first_at == facts.at);
            if let Some(count) = self.new_values.get_mut(&feature).filter(|_| was_new && !is_first) {
                *count = less(*count, facts.at, last);
            }
            known.retain_mut(|known| {
                if known.value == value {
                    known.weight = less(known.weight, facts.at, known.last_at);
                    known.new_within = known.new_within.min(known.weight);
                }
                known.value != value || known.weight > NOTHING
            });
        }
        let visit = Visit::of(facts);
        self.visits.retain(|known| {
            visit.as_ref().is_none_or(|visit| known.at != visit.at || known.address != visit.address)
        });
    }

    /// The first sign-in of all has new values only, which says nothing about the user.
    fn count_new_values(&mut self, values: &[(Feature, String, bool)], at: Timestamp) {
        let Some(last) = self.last_sign_in_at else { return };
        for count in self.new_values.values_mut() {
            *count = decayed(*count, last, at);
        }
        for (feature, _, is_new) in values {
            if *is_new {
                *self.new_values.entry(*feature).or_default() += 1.0;
            }
        }
    }
}

/// Whether the sign-in is at a new spot within the value of a feature. A device is when it does not bring any cookie though it
/// could have one: it was seen before.
fn is_new_within(values: &[(Feature, String, bool)], feature: Feature) -> bool {
    let is_new = |feature| values.iter().find(|(other, ..)| *other == feature).map(|(.., is_new)| *is_new);
    match feature.finer() {
        Some(Feature::DeviceCookie) => {
            is_new(Feature::DeviceCookie).is_none() && is_new(feature) == Some(false)
        }
        Some(finer) => is_new(finer) == Some(true),
        None => false,
    }
}

/// Counts a value; gives back the one that made room for it.
fn learn_value(
    known: &mut Vec<KnownValue>,
    value: &str,
    is_new_within: bool,
    at: Timestamp,
) -> Option<KnownValue> {
    let new_within = if is_new_within { 1.0 } else { 0.0 };
    if let Some(found) = known.iter_mut().find(|known| known.value == value) {
        found.weight = decayed(found.weight, found.last_at, at) + 1.0;
        found.new_within = decayed(found.new_within, found.last_at, at) + new_within;
        if day(found.last_at) != day(at) {
            found.days = found.days.saturating_add(1);
        }
        found.last_at = at;
        return None;
    }
    let forgotten = if known.len() >= MAX_VALUES { lightest(known, at) } else { None };
    let forgotten = forgotten.map(|index| known.swap_remove(index));
    known.push(KnownValue {
        value: value.to_owned(),
        weight: 1.0,
        new_within,
        days: 1,
        first_at: at,
        last_at: at,
    });
    forgotten
}

fn lightest(known: &[KnownValue], at: Timestamp) -> Option<usize> {
    let weight = |known: &KnownValue| decayed(known.weight, known.last_at, at);
    let least = known.iter().enumerate().min_by(|(_, a), (_, b)| weight(a).total_cmp(&weight(b)));
    least.map(|(index, _)| index)
}

fn day(at: Timestamp) -> i64 {
    at.as_seconds().div_euclid(86_400)
}

/// A weight of `now` without a sign-in of `then`.
fn less(weight: f64, then: Timestamp, now: Timestamp) -> f64 {
    (weight - decayed(1.0, then, now)).max(0.0)
}
