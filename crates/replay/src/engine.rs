use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use riskgate_model::RiskLevel;
use riskgate_risk::{
    Activity, ActivityFacts, ActivityKeys, Attempt, Features, FirstFactor, Population, RiskConfig,
    RiskContext, UserHistory, assess,
};

use crate::RecordedSignIn;
use crate::compact::Packer;

/// Addresses, networks and browsers whose last 24 hours are counted; the quiet ones make room.
const MAX_ACTIVITY_KEYS: usize = 4_096;

/// Judges recorded sign-ins in order.
///
/// A recording does not tell who would have passed a challenge, so every sign-in that ended well is learned from, as the
/// published reference model does; [`Replay::learning_only_clean`] learns from those without risk alone.
#[derive(Debug)]
pub struct Replay {
    config: RiskConfig,
    learns_only_clean: bool,
    population: Population,
    activity: Activity,
    packer: Packer,
    /// By a digest of the user: of five million, two have the same with a probability below one in a million.
    histories: HashMap<u64, Box<[u8]>>,
}

/// What a recorded sign-in would have been.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Higher is riskier; comparable between sign-ins of one replay.
    pub score: f64,
    /// Worst level of the detections; `none` for a wrong password, which raises none.
    pub level: RiskLevel,
    /// `riskEventType` of each detection.
    pub detections: Vec<String>,
}

impl Replay {
    /// Knows nobody yet.
    pub fn new(config: RiskConfig) -> Self {
        Self {
            config,
            learns_only_clean: false,
            population: Population::default(),
            activity: Activity::new(MAX_ACTIVITY_KEYS),
            packer: Packer::default(),
            histories: HashMap::new(),
        }
    }

    /// Learns only from sign-ins in which nothing was found.
    #[must_use]
    pub fn learning_only_clean(mut self) -> Self {
        self.learns_only_clean = true;
        self
    }

    /// Users something is known about.
    pub fn users(&self) -> usize {
        self.histories.len()
    }

    /// Judges a sign-in by all before it, then learns from it.
    pub fn judge(&mut self, recorded: &RecordedSignIn) -> Judged {
        let facts = &recorded.facts;
        let user = digest(&facts.user.id);
        let packed = self.histories.get(&user);
        let history = packed.map(|packed| self.packer.unpack(packed)).unwrap_or_default();
        let features = Features::of(facts);
        let context = RiskContext {
            history: history.facts_for(&features, facts.at),
            population: self.population.facts_for(&features, facts.at),
            activity: self.count(recorded),
            ..RiskContext::default()
        };
        let assessment = assess(facts, &context, &self.config);
        if recorded.is_success && !(self.learns_only_clean && assessment.sign_in_level != RiskLevel::None) {
            self.learn(user, history, recorded);
        }
        // Detections are raised only after a correct first factor.
        let is_right = recorded.first_factor == FirstFactor::Right;
        let findings = if is_right { assessment.findings } else { Vec::new() };
        Judged {
            score: assessment.score,
            level: if is_right { assessment.sign_in_level } else { RiskLevel::None },
            detections: findings.into_iter().map(|finding| finding.risk_event_type).collect(),
        }
    }

    /// Counts an attempt in the sliding windows; what they say about it, this one among the rest, as when it was live.
    fn count(&mut self, recorded: &RecordedSignIn) -> ActivityFacts {
        let facts = &recorded.facts;
        let keys = ActivityKeys::of(facts, None);
        let attempt = Attempt {
            id: &recorded.index,
            at: facts.at,
            user: &facts.user.id,
            outcome: recorded.first_factor,
        };
        self.activity.record(&keys, &attempt);
        self.activity.facts_for(&keys, facts.at)
    }

    fn learn(&mut self, user: u64, mut history: UserHistory, recorded: &RecordedSignIn) {
        self.population.learn(&history.learn(&recorded.facts));
        self.histories.insert(user, self.packer.pack(&history));
    }
}

/// The same in every run.
fn digest(user: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    user.hash(&mut hasher);
    hasher.finish()
}
