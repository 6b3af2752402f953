use std::collections::{BTreeMap, HashMap};

use riskgate_core::Timestamp;

use crate::decay::decayed;
use crate::{Feature, Features, KnownValue, Learned, PopulationFacts, Spread, UserHistory};

/// Weights are summed up as what they would have been at this moment, so that sums need not be touched when time passes:
/// 2020-01-01T00:00:00Z. Good until the numbers overflow, in the 22nd century.
const EPOCH: Timestamp = Timestamp::from_seconds(1_577_836_800);

/// What all users of a tenant have in common, summed up from their histories.
#[derive(Debug, Clone, Default)]
pub struct Population {
    total: Known,
    values: HashMap<Feature, HashMap<String, Known>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Known {
    users: u64,
    weight: f64,
}

impl Known {
    fn add(&mut self, weight: f64) {
        self.users = self.users.saturating_add(1);
        self.weight += weight;
    }

    fn remove(&mut self, weight: f64) {
        self.users = self.users.saturating_sub(1);
        self.weight = if self.users == 0 { 0.0 } else { (self.weight - weight).max(0.0) };
    }
}

impl Population {
    /// Puts a user in.
    pub fn add(&mut self, history: &UserHistory) {
        self.total.add(total_weight(history));
        for (feature, values) in &history.values {
            let known = self.values.entry(*feature).or_default();
            for value in values {
                known.entry(value.value.clone()).or_default().add(at_epoch(value.weight, value.last_at));
            }
        }
    }

    /// Takes a user out; `history` is the one he was put in with.
    pub fn remove(&mut self, history: &UserHistory) {
        self.total.remove(total_weight(history));
        for (feature, values) in &history.values {
            for value in values {
                self.forget(*feature, value);
            }
        }
    }

    /// Follows a history that was put in, or began just now, and learned a sign-in.
    pub fn learn(&mut self, learned: &Learned) {
        let weight = at_epoch(1.0, learned.at);
        self.total.users = self.total.users.saturating_add(u64::from(learned.is_first));
        self.total.weight += weight;
        for (feature, value, is_new) in &learned.values {
            let of_feature = self.values.entry(*feature).or_default();
            let known = match of_feature.get_mut(value) {
                Some(known) => known,
                None => of_feature.entry(value.clone()).or_default(),
            };
            known.users = known.users.saturating_add(u64::from(*is_new));
            known.weight += weight;
        }
        for (feature, value) in &learned.forgotten {
            self.forget(*feature, value);
        }
    }

    fn forget(&mut self, feature: Feature, value: &KnownValue) {
        let Some(known) = self.values.get_mut(&feature) else { return };
        let Some(found) = known.get_mut(&value.value) else { return };
        found.remove(at_epoch(value.weight, value.last_at));
        if found.users == 0 {
            known.remove(&value.value);
        }
    }

    /// What it says about an attempt with these values.
    pub fn facts_for(&self, features: &Features, at: Timestamp) -> PopulationFacts {
        let spread = |(feature, value): (&Feature, &String)| {
            let of_feature = self.values.get(feature);
            let distinct = of_feature.map_or(0, |values| values.len() as u64);
            let known = of_feature.and_then(|values| values.get(value)).copied().unwrap_or_default();
            (*feature, Spread { weight: decayed(known.weight, EPOCH, at), users: known.users, distinct })
        };
        let mut values: BTreeMap<_, _> = features.0.iter().map(spread).collect();
        // How often the lists knew addresses of this owner says something about those they do not know.
        if let Some(owner) = features.0.get(&Feature::NetworkOwner) {
            values.extend([spread((&Feature::HiddenOwner, owner))]);
        }
        PopulationFacts {
            is_incomplete: false,
            users: self.total.users,
            weight: decayed(self.total.weight, EPOCH, at),
            values,
        }
    }
}

fn total_weight(history: &UserHistory) -> f64 {
    history.last_sign_in_at.map_or(0.0, |last| at_epoch(history.weight, last))
}

/// What a weight of `then` would have been at [`EPOCH`].
fn at_epoch(weight: f64, then: Timestamp) -> f64 {
    weight / decayed(1.0, EPOCH, then)
}

#[cfg(test)]
mod tests;
