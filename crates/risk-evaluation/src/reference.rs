//! The published reference model of risk-based authentication (Freeman, Jain, Dürmuth, Biggio, Giacinto, NDSS 2016, in the
//! form the authors of the RBA data set published), in closed form and incremental: a score costs some twenty look-ups,
//! however long the history.
//!
//! It is a yardstick and kept as published, weaknesses included: only the finest level is smoothed, a feature without any
//! overlap has the constant ratio 4, and a user's own activity enters the score.

mod feature;

use std::collections::{HashMap, HashSet};

use self::feature::{Flat, Hierarchy};

/// Weights of address, autonomous system, country.
const NETWORK_WEIGHTS: [f64; 3] = [0.6, 0.3, 0.1];
/// Weights of user agent, browser with version, operating system with version, kind of device.
const AGENT_WEIGHTS: [f64; 4] =
    [0.538_665_384_055_135_9, 0.268_045_149_862_566_6, 0.188_182_951_001_095_36, 0.005_106_515_081_202_152_5];

/// The values of a sign-in by which it is judged, each as a digest of its text, finest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Values {
    /// Address, autonomous system, country.
    pub network: [u64; 3],
    /// User agent, browser with version, operating system with version, kind of device.
    pub agent: [u64; 4],
    /// Class of the round-trip time.
    pub round_trip: u64,
}

/// Which features are multiplied into a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeatureSet {
    /// Address, autonomous system, country.
    pub network: bool,
    /// User agent and what is read from it.
    pub agent: bool,
    /// Class of the round-trip time.
    pub round_trip: bool,
}

impl FeatureSet {
    /// Network and user agent: the set of the published evaluation.
    pub const PUBLISHED: Self = Self { network: true, agent: true, round_trip: false };
}

/// The model with what it has learned: successful sign-ins alone, each once, in the order they happened.
#[derive(Debug)]
pub struct Reference {
    network: Hierarchy<3>,
    agent: Hierarchy<4>,
    round_trip: Flat,
    users: HashSet<u64>,
    sign_ins_of: HashMap<u64, u32>,
    sign_ins: u32,
}

impl Default for Reference {
    fn default() -> Self {
        Self {
            network: Hierarchy::new(NETWORK_WEIGHTS),
            agent: Hierarchy::new(AGENT_WEIGHTS),
            round_trip: Flat::default(),
            users: HashSet::new(),
            sign_ins_of: HashMap::new(),
            sign_ins: 0,
        }
    }
}

impl Reference {
    /// The score of an attempt of `user`, higher for riskier; `None` while nothing is known of him.
    pub fn score(&self, user: u64, values: &Values, features: FeatureSet) -> Option<f64> {
        let own = f64::from(*self.sign_ins_of.get(&user)?);
        let all = f64::from(self.sign_ins);
        let mut score = 1.0;
        if features.network {
            score *= self.network.ratio(user, &values.network, own, all);
        }
        if features.agent {
            score *= self.agent.ratio(user, &values.agent, own, all);
        }
        if features.round_trip {
            score *= self.round_trip.ratio(user, values.round_trip, own, all);
        }
        #[allow(clippy::cast_precision_loss, reason = "there are far fewer than 2^53 users")]
        let users = self.users.len() as f64;
        Some(score * (1.0 / users) / (own / all))
    }

    /// Adds a successful sign-in.
    pub fn learn(&mut self, user: u64, values: &Values) {
        self.network.learn(user, &values.network);
        self.agent.learn(user, &values.agent);
        self.round_trip.learn(user, values.round_trip);
        self.users.insert(user);
        *self.sign_ins_of.entry(user).or_default() += 1;
        self.sign_ins += 1;
    }
}
