use std::collections::HashMap;

use riskgate_model::RiskLevel;
use riskgate_risk::{Features, Population, RiskConfig, RiskContext, UserHistory, assess};

use crate::RecordedSignIn;
use crate::compact::Packer;

/// Judges recorded sign-ins in order.
///
/// A recording does not tell who would have passed a challenge, so every sign-in that ended well is learned from, as the
/// published reference model does; [`Replay::learning_only_clean`] learns from those without risk alone.
#[derive(Debug, Default)]
pub struct Replay {
    config: RiskConfig,
    learns_only_clean: bool,
    population: Population,
    packer: Packer,
    histories: HashMap<Box<str>, Box<[u8]>>,
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
        Self { config, ..Self::default() }
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
        let user = facts.user.id.as_str();
        let packed = self.histories.get(user);
        let history = packed.map(|packed| self.packer.unpack(packed)).unwrap_or_default();
        let features = Features::of(facts);
        let context = RiskContext {
            history: history.facts_for(&features, facts.at),
            population: self.population.facts_for(&features, facts.at),
            ..RiskContext::default()
        };
        let assessment = assess(facts, &context, &self.config);
        if recorded.is_success && !(self.learns_only_clean && assessment.sign_in_level != RiskLevel::None) {
            self.learn(history, recorded);
        }
        // Detections are raised only after a correct first factor.
        let findings = if recorded.is_success { assessment.findings } else { Vec::new() };
        Judged {
            score: assessment.score,
            level: if recorded.is_success { assessment.sign_in_level } else { RiskLevel::None },
            detections: findings.into_iter().map(|finding| finding.risk_event_type).collect(),
        }
    }

    fn learn(&mut self, before: UserHistory, recorded: &RecordedSignIn) {
        let user = recorded.facts.user.id.as_str();
        let mut after = before.clone();
        after.learn(&recorded.facts);
        let packed = self.packer.pack(&after);
        match self.histories.get_mut(user) {
            Some(known) => {
                self.population.remove(&before);
                *known = packed;
            }
            None => {
                self.histories.insert(user.into(), packed);
            }
        }
        self.population.add(&after);
    }
}
