//! A row of a table: the rule it checks, a sign-in, policies, and what both evaluators must say about them.

use riskgate_access::{BlockReason, Control, Outcome, SessionDemands};
use riskgate_model::*;
use serde_json::{Value, json};

use crate::common::*;

pub struct Case {
    rule: &'static str,
    facts: SignInFacts,
    risk: RiskLevel,
    policies: Vec<ConditionalAccessPolicy>,
    expected: Expected,
}

enum Expected {
    Applies(bool),
    Outcome(Outcome),
    Results(Vec<AppliedConditionalAccessPolicyResult>),
    Status(ConditionalAccessStatus),
    Session(SessionDemands),
}

/// A policy with these conditions, which otherwise would be about everything, applies.
pub fn applies(rule: &'static str, facts: SignInFacts, conditions: Value) -> Case {
    Case::new(rule, facts, json!({"conditions": conditions}), Expected::Applies(true))
}

/// It does not.
pub fn passes_over(rule: &'static str, facts: SignInFacts, conditions: Value) -> Case {
    Case::new(rule, facts, json!({"conditions": conditions}), Expected::Applies(false))
}

/// Policies, given as patches of one that asks everyone for MFA, let in.
pub fn grants(rule: &'static str, facts: SignInFacts, patches: Value) -> Case {
    Case::new(rule, facts, patches, Expected::Outcome(Outcome::Grant))
}

/// They ask for these controls, in this order.
pub fn asks(rule: &'static str, facts: SignInFacts, patches: Value, controls: &[Control]) -> Case {
    Case::new(rule, facts, patches, Expected::Outcome(Outcome::Interrupt { controls: controls.to_vec() }))
}

/// They block.
pub fn blocks(rule: &'static str, facts: SignInFacts, patches: Value, reason: BlockReason) -> Case {
    Case::new(rule, facts, patches, Expected::Outcome(Outcome::Block { reason }))
}

/// The sign-in log says this about them, in the order they are given.
pub fn logs(
    rule: &'static str,
    facts: SignInFacts,
    patches: Value,
    results: &[AppliedConditionalAccessPolicyResult],
) -> Case {
    Case::new(rule, facts, patches, Expected::Results(results.to_vec()))
}

/// The roll-up of the sign-in log is this.
pub fn rolls_up(
    rule: &'static str,
    facts: SignInFacts,
    patches: Value,
    status: ConditionalAccessStatus,
) -> Case {
    Case::new(rule, facts, patches, Expected::Status(status))
}

/// They ask this of the session.
pub fn demands(rule: &'static str, facts: SignInFacts, patches: Value, session: SessionDemands) -> Case {
    Case::new(rule, facts, patches, Expected::Session(session))
}

impl Case {
    fn new(rule: &'static str, facts: SignInFacts, patches: Value, expected: Expected) -> Self {
        let patches = if let Value::Array(patches) = patches { patches } else { vec![patches] };
        let mut policies: Vec<_> = patches.into_iter().map(policy).collect();
        for (number, policy) in policies.iter_mut().enumerate() {
            policy.id = format!("policy-{number}");
        }
        Self { rule, facts, risk: RiskLevel::None, policies, expected }
    }

    /// At this sign-in risk.
    pub fn at(mut self, risk: RiskLevel) -> Self {
        self.risk = risk;
        self
    }

    fn check(&self, name: &str, evaluator: &dyn Evaluator) -> Option<String> {
        use AppliedConditionalAccessPolicyResult::NotApplied;
        let answer = evaluator.sign_in(&self.facts, self.risk, &tenant(self.policies.clone()));
        let results: Vec<_> = answer.results.values().copied().collect();
        let (is_right, found) = match &self.expected {
            Expected::Applies(expected) => {
                ((results[0] != NotApplied) == *expected, format!("{:?}", results[0]))
            }
            Expected::Outcome(expected) => (answer.outcome == *expected, format!("{:?}", answer.outcome)),
            Expected::Results(expected) => (results == *expected, format!("{results:?}")),
            Expected::Status(expected) => (answer.status == *expected, format!("{:?}", answer.status)),
            Expected::Session(expected) => (answer.session == *expected, format!("{:?}", answer.session)),
        };
        (!is_right).then(|| {
            let policies = serde_json::to_string(&self.policies).unwrap();
            format!(
                "{}\n  {name} evaluator: {found}\n  policies: {policies}\n  facts: {:?}",
                self.rule, self.facts
            )
        })
    }
}

/// Asks both evaluators about every row; the failure lists all rows that are wrong.
pub fn check(cases: &[Case]) {
    let evaluators: [(&str, &dyn Evaluator); 2] =
        [("second", &SecondEvaluator::default()), ("compiled", &Compiled)];
    let wrong: Vec<_> = evaluators
        .iter()
        .flat_map(|(name, evaluator)| cases.iter().filter_map(|case| case.check(name, *evaluator)))
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows are wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
