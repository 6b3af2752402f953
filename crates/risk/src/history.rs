use std::collections::BTreeMap;

use riskgate_core::Timestamp;
use riskgate_model::{AnonymizerKind, SignInFacts};
use serde::{Deserialize, Serialize};

mod learn;
#[cfg(test)]
mod tests;

use crate::decay::decayed;
use crate::features::{family, version};
use crate::{Feature, Features, HistoryFacts, Seen, Visit};

pub use learn::Learned;

/// Values kept for each feature of a user; the ones with the least weight make room.
pub const MAX_VALUES: usize = 24;
/// Visits kept of a user.
pub const MAX_VISITS: usize = 8;
/// Values named as the usual ones.
const MAX_USUAL: usize = 3;

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
    /// Decayed number of sign-ins for which a feature had a new value, at `last_sign_in_at`.
    pub new_values: BTreeMap<Feature, f64>,
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
    /// Of those, the ones at a new spot within it ([`Seen::new_within`]), at `last_at`.
    #[serde(default)]
    pub new_within: f64,
    /// Days (universal time) with it.
    pub days: u32,
    /// First sign-in with it.
    pub first_at: Timestamp,
    /// Last sign-in with it.
    pub last_at: Timestamp,
}

impl UserHistory {
    /// Whether every one of the values is known.
    pub fn knows(&self, features: &Features) -> bool {
        let is_known = |feature, value: &str| self.known(feature).iter().any(|known| known.value == value);
        features.0.iter().all(|(feature, value)| is_known(*feature, value))
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
            device_cookies: u32::try_from(self.known(Feature::DeviceCookie).len()).unwrap_or(u32::MAX),
            newest_version: self.newest_version(features),
            visits: self.visits.clone(),
        }
    }

    fn known(&self, feature: Feature) -> &[KnownValue] {
        self.values.get(&feature).map_or(&[][..], Vec::as_slice)
    }

    fn seen(&self, feature: Feature, value: &str, at: Timestamp) -> Seen {
        let known = self.known(feature);
        let new_values = self.new_values.get(&feature).copied().unwrap_or_default();
        let of_feature = Seen {
            distinct: u32::try_from(known.len()).unwrap_or(u32::MAX),
            new_values: self.last_sign_in_at.map_or(0.0, |last| decayed(new_values, last, at)),
            ..Seen::default()
        };
        match known.iter().find(|known| known.value == value) {
            Some(found) => Seen {
                weight: decayed(found.weight, found.last_at, at),
                new_within: decayed(found.new_within, found.last_at, at),
                days: found.days,
                first_at: Some(found.first_at),
                last_at: Some(found.last_at),
                ..of_feature
            },
            None => Seen { usual: usual(known, at), ..of_feature },
        }
    }

    fn newest_version(&self, features: &Features) -> Option<u32> {
        let browser = features.get(Feature::Browser)?;
        let same = self.known(Feature::BrowserVersion).iter().filter(|known| family(&known.value) == browser);
        same.filter_map(|known| version(&known.value)).max()
    }
}

/// The values with the most weight, the heaviest first.
fn usual(known: &[KnownValue], at: Timestamp) -> Vec<String> {
    let mut known: Vec<_> =
        known.iter().map(|known| (decayed(known.weight, known.last_at, at), &known.value)).collect();
    known.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    known.into_iter().take(MAX_USUAL).map(|(_, value)| value.clone()).collect()
}

/// Whether addresses of this kind are shared by people at many places.
pub(crate) fn is_egress(kind: Option<AnonymizerKind>) -> bool {
    kind.is_some_and(|kind| match kind {
        AnonymizerKind::Tor
        | AnonymizerKind::Vpn
        | AnonymizerKind::PrivateRelay
        | AnonymizerKind::Hosting => true,
    })
}

impl Visit {
    /// The visit a sign-in is; `None` if its place is not known.
    pub fn of(facts: &SignInFacts) -> Option<Self> {
        let network = &facts.network;
        let location = network.location.as_ref()?;
        Some(Self {
            at: facts.at,
            point: location.geo_coordinates.clone()?,
            accuracy_radius: network.accuracy_radius,
            country: location.country_or_region.clone(),
            city: location.city.clone(),
            address: network.ip_address.to_canonical().to_string(),
            network_owner: network.autonomous_system_number.map(|number| format!("AS{number}")),
            device_cookie_id: facts.client.device_cookie_id.clone(),
            is_egress: is_egress(network.anonymizer),
        })
    }
}
