use std::time::Duration;

use riskgate_model::RiskState;
use riskgate_odata::{Comparison, Filter};
use riskgate_risk::{Assessment, BudgetedThresholds, NoiseBudget, RiskContext, Share};
use riskgate_store::records::SignInRecord;
use riskgate_store::{Direction, Query, StoreExt};

use crate::{Protection, ProtectionError};

/// How far back sign-ins are looked at.
const WITHIN: Duration = Duration::from_secs(90 * 86_400);
/// Most of them, the newest.
const MAX_SIGN_INS: usize = 20_000;
/// Read at once.
const PAGE: u64 = 500;
/// Fewer say too little: at 0.1 % the first sign-in that is found would exceed the budget by chance.
pub const MIN_SIGN_INS: u64 = 1_000;

/// What a noise budget makes of the tenant's own history.
#[derive(Debug, Clone, PartialEq)]
pub struct Noise {
    /// Honest sign-ins of known users that were counted.
    pub sign_ins: u64,
    /// Share of them that the thresholds in force find at low, medium and high or above.
    pub in_force: [Share; 3],
    /// The thresholds that keep to the budget.
    pub budgeted: BudgetedThresholds,
}

impl Noise {
    /// Whether there is enough history for thresholds of its own.
    pub fn is_enough(&self) -> bool {
        self.sign_ins >= MIN_SIGN_INS
    }
}

impl Protection {
    /// Chooses the thresholds of `unfamiliarFeatures` by a budget instead of the configured ones.
    #[must_use]
    pub fn with_noise_budget(self, noise_budget: Option<NoiseBudget>) -> Self {
        Self { noise_budget, ..self }
    }

    /// What a budget makes of the sign-ins of the last 90 days (at most the newest 20,000): those that ended well, of users
    /// known well enough, that nobody confirmed as attacks. What an attacker did unnoticed is among them; at a few in ten
    /// thousand it moves no threshold by much, and only upward for him.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn noise(&self, budget: &NoiseBudget) -> Result<Noise, ProtectionError> {
        let scores = self.honest_scores().await?;
        let config = &self.settings().unfamiliar_features;
        let all = scores.len() as u64;
        let found = |threshold: f64| {
            Share::of(scores.iter().filter(|score| **score >= threshold).count() as u64, all)
        };
        let in_force = [config.low, config.medium, config.high].map(found);
        Ok(Noise { sign_ins: all, in_force, budgeted: budget.thresholds(scores) })
    }

    /// Keeps to the budget, if there is one and enough history; `None` without a budget. Called now and then.
    ///
    /// # Errors
    /// What the store fails with; the thresholds stay.
    pub async fn follow_noise_budget(&self) -> Result<Option<Noise>, ProtectionError> {
        let Some(budget) = self.noise_budget else { return Ok(None) };
        let noise = self.noise(&budget).await?;
        self.use_thresholds(noise.is_enough().then_some(&noise.budgeted));
        Ok(Some(noise))
    }

    async fn honest_scores(&self) -> Result<Vec<f64>, ProtectionError> {
        let learned = self.settings().unfamiliar_features.learning_sign_ins;
        let since = self.clock.now() - WITHIN;
        let recent = Filter::compare("createdDateTime", Comparison::GreaterOrEqual, since);
        let mut query = Query::filtered(recent, PAGE).ordered("createdDateTime", Direction::Descending);
        let mut scores = Vec::new();
        loop {
            let page = self.store.find::<SignInRecord>(self.tenant, &query).await?;
            scores.extend(page.items.into_iter().filter_map(|found| honest_score(found.record, learned)));
            query.after = page.next;
            if query.after.is_none() || scores.len() >= MAX_SIGN_INS {
                return Ok(scores);
            }
        }
    }
}

/// The score of a sign-in that says something about honest people.
fn honest_score(record: SignInRecord, learned: u64) -> Option<f64> {
    let sign_in = &record.sign_in;
    let is_over = sign_in.status.as_ref().and_then(|status| status.error_code) == Some(0);
    let is_attack = sign_in.risk_state == Some(RiskState::ConfirmedCompromised);
    if !is_over || is_attack || sign_in.is_interactive != Some(true) {
        return None;
    }
    let context: RiskContext = serde_json::from_value(record.evidence.risk_context).ok()?;
    let assessment: Assessment = serde_json::from_value(record.evidence.assessment).ok()?;
    (context.history.sign_ins >= learned).then_some(assessment.score)
}
