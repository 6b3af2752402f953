use std::collections::HashMap;

use riskgate_model::SignInFacts;
use riskgate_risk::{
    Activity, ActivityKeys, Features, FirstFactor, Population, RiskConfig, RiskContext, UserHistory, assess,
};

use crate::event::Outcome;

use super::{Attempt, Judgement, Scorer};

/// Riskgate's own engine, fed as the product feeds it.
pub struct Engine {
    name: String,
    config: RiskConfig,
    sees_device_cookie: bool,
    histories: HashMap<u32, UserHistory>,
    population: Population,
    activity: Activity,
    counted: u64,
}

/// Addresses, networks and passwords that are watched at the same time, as in the product.
const WATCHED: usize = 50_000;

impl Engine {
    /// The engine with these settings. Without the device cookie it only has what every sign-in shows.
    pub fn new(name: impl Into<String>, config: RiskConfig, sees_device_cookie: bool) -> Self {
        Self {
            name: name.into(),
            config,
            sees_device_cookie,
            histories: HashMap::new(),
            population: Population::default(),
            activity: Activity::new(WATCHED),
            counted: 0,
        }
    }

    /// Every attempt counts in the sliding windows.
    fn count(&mut self, attempt: &Attempt<'_>, facts: &SignInFacts) {
        self.counted += 1;
        let counted = riskgate_risk::Attempt {
            id: &self.counted.to_string(),
            at: facts.at,
            user: &facts.user.id,
            outcome: match attempt.outcome {
                Outcome::Success => FirstFactor::Right,
                Outcome::WrongPassword => FirstFactor::Wrong,
                Outcome::UnknownUser => FirstFactor::UnknownUser,
            },
        };
        self.activity.record(&ActivityKeys::of(facts, Some(attempt.password)), &counted);
    }

    fn facts(&self, attempt: &Attempt<'_>) -> SignInFacts {
        let mut facts = attempt.facts.clone();
        if !self.sees_device_cookie {
            facts.client.device_cookie_id = None;
        }
        facts
    }
}

/// Detections about journeys.
const TRAVEL: [&str; 3] = ["unlikelyTravel", "mcasImpossibleTravel", "impossibleTravel"];

impl Scorer for Engine {
    fn name(&self) -> &str {
        &self.name
    }

    fn judge(&self, attempt: &Attempt<'_>) -> Judgement {
        let facts = self.facts(attempt);
        let features = Features::of(&facts);
        let history = self.histories.get(&attempt.user).map(|known| known.facts_for(&features, facts.at));
        let context = RiskContext {
            history: history.unwrap_or_default(),
            population: self.population.facts_for(&features, facts.at),
            activity: self.activity.facts_for(&ActivityKeys::of(&facts, Some(attempt.password)), facts.at),
            session: attempt.session.cloned(),
            ..RiskContext::default()
        };
        let assessment = assess(&facts, &context, &self.config);
        let found = |names: &[&str]| {
            assessment.findings.iter().any(|finding| names.contains(&finding.risk_event_type.as_str()))
        };
        Judgement {
            score: assessment.score,
            is_spray: found(&["passwordSpray"]),
            is_travel: found(&TRAVEL),
            level: Some(assessment.sign_in_level),
        }
    }

    fn observe(&mut self, attempt: &Attempt<'_>, is_clean: bool) {
        let facts = self.facts(attempt);
        self.count(attempt, &facts);
        if !is_clean {
            return;
        }
        let history = self.histories.entry(attempt.user).or_default();
        self.population.learn(&history.learn(&facts));
    }
}
