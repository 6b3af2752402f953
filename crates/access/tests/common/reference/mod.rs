//! Conditional Access written a second time, straight from the rules and as slow as it likes: every answer is a walk over
//! the policy as it was sent, and every file is one part of `entra-semantics` §3. It shares no code with the crate.

mod applications;
mod conditions;
mod filter_rule;
mod grant;
mod locations;
mod notes;
mod session;
mod users;
pub mod workload;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use riskgate_access::{BlockReason, Outcome};
use riskgate_model::*;

pub use notes::Notes;

use super::{Answer, Tenant};
use grant::Verdict;
use session::Limits;

/// Whether something holds; a fact that is missing makes it unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    No,
    Unknown,
    Yes,
}

impl From<Option<bool>> for Truth {
    fn from(holds: Option<bool>) -> Self {
        holds.map_or(Self::Unknown, Self::from)
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// Values within a condition are ORed (§3.1 rule 3).
fn any(values: impl IntoIterator<Item = Truth>) -> Truth {
    values.into_iter().max().unwrap_or(Truth::No)
}

/// Exclude beats include, and what is unknown counts as included and as not excluded.
fn is_met(include: Truth, exclude: Truth) -> bool {
    include != Truth::No && exclude != Truth::Yes
}

/// What a filter includes or excludes comes on top of the lists beside it.
fn with_filter(include: Truth, exclude: Truth, filter: Option<(FilterMode, Truth)>) -> (Truth, Truth) {
    match filter {
        None => (include, exclude),
        Some((FilterMode::Include, matches)) => (any([include, matches]), exclude),
        Some((FilterMode::Exclude, matches)) => (include, any([exclude, matches])),
    }
}

/// Identifiers and keywords are compared without regard to case.
fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

fn has(list: &[String], wanted: &str) -> bool {
    list.iter().any(|item| same(item, wanted))
}

/// A request and what is needed to judge it.
pub struct Scene<'a> {
    pub facts: &'a SignInFacts,
    pub risk: RiskLevel,
    pub tenant: &'a Tenant,
    /// What was decided on the way, for the coverage counters.
    pub notes: &'a RefCell<Notes>,
}

impl Scene<'_> {
    fn note(&self, branch: &'static str, value: &str, truth: impl Into<Truth>) -> Truth {
        let truth = truth.into();
        self.notes.borrow_mut().add(branch, value, truth);
        truth
    }
}

/// What all policies decide about a sign-in of a user.
pub fn decide(scene: &Scene<'_>) -> Answer {
    let policies = &scene.tenant.policies;
    let applying: Vec<_> = policies
        .iter()
        .filter(|policy| policy.state != ConditionalAccessPolicyState::Disabled)
        .filter(|policy| conditions::apply(scene, policy))
        .collect();
    let is_enforced =
        |policy: &ConditionalAccessPolicy| policy.state == ConditionalAccessPolicyState::Enabled;
    let enforced: Vec<_> = applying.iter().copied().filter(|policy| is_enforced(policy)).collect();
    let limits = Limits::of(enforced.iter().copied());
    let mut results = BTreeMap::new();
    for policy in policies {
        let applies = applying.iter().any(|other| other.id == policy.id);
        results.insert(policy.id.clone(), result(scene, policy, applies, &limits));
    }
    let verdicts = enforced.iter().map(|policy| grant::verdict(scene, policy, &limits));
    let outcome = outcome(scene, verdicts);
    Answer {
        status: status(scene, &outcome),
        outcome,
        results,
        session: session::demands(enforced.iter().copied()),
        risk_based_mfa: enforced
            .iter()
            .filter(|policy| !policy.conditions.sign_in_risk_levels.is_empty())
            .filter(|policy| grant::asks_for_mfa(scene, policy))
            .map(|policy| policy.id.clone())
            .collect::<BTreeSet<_>>(),
    }
}

/// A block outweighs everything, then what is missing is asked for in the fixed order (§3.2).
fn outcome(scene: &Scene<'_>, verdicts: impl Iterator<Item = Verdict>) -> Outcome {
    let mut blocks = BTreeSet::new();
    let mut controls = BTreeSet::new();
    for verdict in verdicts {
        match verdict {
            Verdict::Satisfied => {}
            Verdict::Ask(asked) => controls.extend(asked),
            Verdict::Impossible(reason) => {
                blocks.insert(reason);
            }
        }
    }
    let registers = scene.facts.application.user_action == Some(UserAction::RegisterSecurityInformation);
    match blocks.first() {
        Some(BlockReason::Policy) if registers => {
            Outcome::Block { reason: BlockReason::RegistrationNotAllowed }
        }
        Some(reason) => Outcome::Block { reason: *reason },
        None if controls.is_empty() => Outcome::Grant,
        None => Outcome::Interrupt { controls: controls.into_iter().collect() },
    }
}

/// What the sign-in log says about one policy (§3.10).
fn result(
    scene: &Scene<'_>,
    policy: &ConditionalAccessPolicy,
    applies: bool,
    limits: &Limits,
) -> AppliedConditionalAccessPolicyResult {
    use AppliedConditionalAccessPolicyResult as Result;
    use ConditionalAccessPolicyState::{Disabled, Enabled, EnabledForReportingButNotEnforced};
    match policy.state {
        Disabled => Result::NotEnabled,
        Enabled if !applies => Result::NotApplied,
        EnabledForReportingButNotEnforced if !applies => Result::ReportOnlyNotApplied,
        Enabled => match grant::verdict(scene, policy, limits) {
            Verdict::Satisfied => Result::Success,
            Verdict::Ask(_) | Verdict::Impossible(_) => Result::Failure,
        },
        EnabledForReportingButNotEnforced => match grant::verdict(scene, policy, limits) {
            Verdict::Satisfied => Result::ReportOnlySuccess,
            Verdict::Ask(_) => Result::ReportOnlyInterrupted,
            Verdict::Impossible(_) => Result::ReportOnlyFailure,
        },
    }
}

/// `success` also when no policy applied, as long as one is about this user and application (§3.10).
fn status(scene: &Scene<'_>, outcome: &Outcome) -> ConditionalAccessStatus {
    let is_about = |policy: &ConditionalAccessPolicy| {
        policy.state == ConditionalAccessPolicyState::Enabled && conditions::are_about(scene, policy)
    };
    match outcome {
        Outcome::Grant if scene.tenant.policies.iter().any(is_about) => ConditionalAccessStatus::Success,
        Outcome::Grant => ConditionalAccessStatus::NotApplied,
        Outcome::Interrupt { .. } | Outcome::Block { .. } => ConditionalAccessStatus::Failure,
    }
}
