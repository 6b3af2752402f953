use std::collections::{BTreeMap, BTreeSet};

use riskgate_access::{Control, Decision, Outcome, PolicySet, evaluate};
use riskgate_core::Timestamp;
use riskgate_model::{
    AppliedConditionalAccessPolicyResult, ConditionalAccessPolicy, ConditionalAccessPolicyState, RiskLevel,
    SecurityAttributeFacts, SignIn, SignInFacts,
};
use riskgate_odata::{Comparison, Filter, Value};
use riskgate_store::{Direction, Position, Query, Row, StoreError, tables};
use serde_json::Value as Json;

use crate::policies::in_force::Definitions;
use crate::{Protection, ProtectionError};

/// Sign-ins that are decided again by one call of [`Protection::impact`]; at most a few tenths of a second of work.
pub const IMPACT_PAGE: u64 = 500;

/// Which recorded sign-ins are decided again, and with which policies.
#[derive(Debug, Clone)]
pub struct ImpactQuestion {
    /// Policies as they might be, taken as enabled whatever their state is: each takes the place of the stored one with its
    /// identifier, or is one more.
    pub policies: Vec<ConditionalAccessPolicy>,
    /// Sign-ins of this moment and later.
    pub since: Timestamp,
    /// Behind which sign-in to go on, newest first; `None` begins.
    pub after: Option<Position>,
}

/// What would have become of a part of the recorded sign-ins.
#[derive(Debug, Clone)]
pub struct Impact {
    /// Each sign-in of this part with what would have become of it, newest first.
    pub sign_ins: Vec<(SignIn, ImpactEffect)>,
    /// Behind which sign-in the next part begins; `None` if this was the last.
    pub next: Option<Position>,
}

/// What policies would have made of one recorded sign-in, beside those that are enabled now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImpactEffect {
    /// It would have been blocked, and is not by the other policies.
    Blocked,
    /// These would have been asked for, and are not by the other policies.
    Challenged(Vec<Control>),
    /// Access as it is, with stricter limits of the session.
    SessionLimited,
    /// The policies apply, and what they ask for was given or is asked for by others.
    Satisfied,
    /// The policies do not apply.
    NotApplied,
    /// No policy is asked about it: the first factor was wrong.
    NotJudged,
}

impl Protection {
    /// Decides recorded sign-ins again by their recorded facts, with and without policies: what the user was then, what he
    /// had proven in the end, and the risk as it was judged. Nothing is recorded.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn impact(&self, question: &ImpactQuestion) -> Result<Impact, ProtectionError> {
        let kept = self.policies.load(&*self.store, self.tenant).await?;
        let mut compared = Compared::new(&kept.definitions, &question.policies);
        let query = Query {
            filter: recorded_since(question.since),
            skip: 0,
            limit: IMPACT_PAGE,
            order: Vec::new(),
            after: question.after.clone(),
        }
        .ordered("createdDateTime", Direction::Descending);
        let page = self.store.query(self.tenant, &tables::SIGN_INS, &query).await?;
        let mut sign_ins = Vec::with_capacity(page.items.len());
        for row in page.items {
            let (sign_in, recorded) = read(row)?;
            let effect = match recorded {
                Some((facts, level)) => compared.effect(self, facts, level).await?,
                None => ImpactEffect::NotJudged,
            };
            sign_ins.push((sign_in, effect));
        }
        Ok(Impact { sign_ins, next: page.next })
    }

    /// How many recorded sign-ins there are to decide again.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn recorded_since(&self, since: Timestamp) -> Result<u64, StoreError> {
        self.store.count(self.tenant, &tables::SIGN_INS, &recorded_since(since)).await
    }
}

fn recorded_since(since: Timestamp) -> Filter {
    Filter::compare("createdDateTime", Comparison::GreaterOrEqual, Value::Time(since))
}

/// A sign-in, and what is decided by; nothing if no policy was asked.
fn read(row: Row) -> Result<(SignIn, Option<(SignInFacts, RiskLevel)>), StoreError> {
    let Row { id, mut document, .. } = row;
    let damaged =
        |reason: String| StoreError::Damaged { table: tables::SIGN_INS.name, id: id.clone(), reason };
    let mut evidence = document.get_mut("@riskgate.evidence").map(Json::take).unwrap_or_default();
    let sign_in: SignIn = serde_json::from_value(document).map_err(|error| damaged(error.to_string()))?;
    if evidence["decision"].is_null() {
        return Ok((sign_in, None));
    }
    let facts =
        serde_json::from_value(evidence["facts"].take()).map_err(|error| damaged(error.to_string()))?;
    let level = serde_json::from_value(evidence["assessment"]["signInLevel"].take());
    // What is raised later is not what would have been decided by.
    Ok((sign_in, Some((facts, level.unwrap_or(RiskLevel::High)))))
}

/// The policies with and without those that are asked about.
struct Compared {
    asked: BTreeSet<String>,
    without: PolicySet,
    with: PolicySet,
    /// Attributes of what was asked for, looked up once for each set of resources.
    attributes: BTreeMap<BTreeSet<String>, BTreeMap<String, SecurityAttributeFacts>>,
}

impl Compared {
    fn new(definitions: &Definitions, asked: &[ConditionalAccessPolicy]) -> Self {
        let Definitions { locations, strengths, defaults, .. } = definitions;
        let enabled = |policy: &ConditionalAccessPolicy| ConditionalAccessPolicy {
            state: ConditionalAccessPolicyState::Enabled,
            ..policy.clone()
        };
        let asked: Vec<_> = asked.iter().map(enabled).collect();
        let others: Vec<_> = definitions.without(&asked).chain(defaults).cloned().collect();
        Self {
            without: PolicySet::new(&others, locations, strengths),
            with: PolicySet::new(others.iter().chain(&asked), locations, strengths),
            asked: asked.into_iter().map(|policy| policy.id).collect(),
            attributes: BTreeMap::new(),
        }
    }

    async fn effect(
        &mut self,
        protection: &Protection,
        mut facts: SignInFacts,
        level: RiskLevel,
    ) -> Result<ImpactEffect, StoreError> {
        let resources = facts.application.resource_app_ids.clone();
        if !self.attributes.contains_key(&resources) {
            let found = protection.resource_attributes(&resources, &self.with).await?;
            self.attributes.insert(resources.clone(), found);
        }
        facts.application.resource_attributes = self.attributes.get(&resources).cloned().unwrap_or_default();
        let before = evaluate(&facts, level, &self.without);
        let after = evaluate(&facts, level, &self.with);
        Ok(self.difference(&before, after))
    }

    fn difference(&self, before: &Decision, after: Decision) -> ImpactEffect {
        let asked_before: &[Control] = match &before.outcome {
            Outcome::Block { .. } => return self.without_effect(&after),
            Outcome::Interrupt { controls } => controls,
            Outcome::Grant => &[],
        };
        match &after.outcome {
            Outcome::Block { .. } => return ImpactEffect::Blocked,
            Outcome::Interrupt { controls } => {
                let new: Vec<_> = controls.iter().filter(|c| !asked_before.contains(c)).cloned().collect();
                if !new.is_empty() {
                    return ImpactEffect::Challenged(new);
                }
            }
            Outcome::Grant => {}
        }
        if before.session != after.session {
            return ImpactEffect::SessionLimited;
        }
        self.without_effect(&after)
    }

    fn without_effect(&self, after: &Decision) -> ImpactEffect {
        let mut own = after.trace.iter().filter(|trace| self.asked.contains(&*trace.policy_id));
        match own.all(|trace| trace.result == AppliedConditionalAccessPolicyResult::NotApplied) {
            true => ImpactEffect::NotApplied,
            false => ImpactEffect::Satisfied,
        }
    }
}
