use riskgate_model::{
    AppliedConditionalAccessPolicyResult as PolicyResult, ConditionalAccessPolicyState,
    ConditionalAccessStatus, RiskLevel, SignInFacts,
};

use crate::conditions::Findings;
use crate::decision::{BlockReason, Control, Decision, Outcome, SessionDemands};
use crate::grant::Verdict;
use crate::policy_set::{CompiledPolicy, PolicySet};
use crate::request::Request;
use crate::trace::PolicyTrace;

/// Decides about a request (`entra-semantics` §3): every policy is evaluated, every enabled one that applies must be
/// satisfied, and a block of one outweighs everything else.
///
/// `sign_in_risk` is the level the assessment of the same facts came to; the risk of the user is among the facts. A block
/// by policy (53003) outweighs a refused registration (53004), which outweighs controls to pass.
pub fn evaluate(facts: &SignInFacts, sign_in_risk: RiskLevel, policies: &PolicySet) -> Decision {
    let request = Request::new(facts, sign_in_risk, policies);
    let mut roll_up = RollUp::default();
    let mut trace = Vec::with_capacity(policies.len());
    let mut risk_based_mfa_policies = Vec::new();
    for policy in policies.policies.iter() {
        let evaluated = Evaluated::new(policy, &request);
        if policy.state == ConditionalAccessPolicyState::Enabled {
            roll_up.add(&evaluated);
            if evaluated.verdict.is_some()
                && policy.conditions.has_sign_in_risk()
                && policy.grant.asks_for_mfa()
            {
                risk_based_mfa_policies.push(policy.id.clone());
            }
        }
        trace.push(evaluated.into_trace(policy));
    }
    let (outcome, conditional_access_status) = roll_up.finish();
    let session = SessionDemands::default();
    Decision { outcome, conditional_access_status, risk_based_mfa_policies, session, trace }
}

/// What one policy found; `verdict` is `None` when it does not apply.
struct Evaluated {
    findings: Findings,
    verdict: Option<Verdict>,
}

impl Evaluated {
    fn new(policy: &CompiledPolicy, request: &Request<'_>) -> Self {
        if policy.state == ConditionalAccessPolicyState::Disabled {
            return Self { findings: Findings::default(), verdict: None };
        }
        let mut findings = policy.conditions.examine(request);
        if !findings.all_met() {
            return Self { findings, verdict: None };
        }
        let (verdict, reason) = policy.grant.verdict(request, policy.conditions.has_risk());
        if let Some(reason) = reason {
            findings.add_reason(reason);
        }
        Self { findings, verdict: Some(verdict) }
    }

    fn into_trace(self, policy: &CompiledPolicy) -> PolicyTrace {
        let Self { findings, verdict } = self;
        PolicyTrace {
            policy_id: policy.id.clone(),
            display_name: policy.display_name.clone(),
            result: result(policy.state, verdict.as_ref()),
            enforced_grant_controls: if verdict.is_some() { policy.controls.clone() } else { Vec::new() },
            conditions_satisfied: findings.satisfied,
            conditions_not_satisfied: findings.not_satisfied,
            include_rules: findings.include_rules,
            exclude_rules: findings.exclude_rules,
            reasons: findings.reasons,
        }
    }
}

fn result(state: ConditionalAccessPolicyState, verdict: Option<&Verdict>) -> PolicyResult {
    use ConditionalAccessPolicyState::{Disabled, Enabled, EnabledForReportingButNotEnforced as ReportOnly};
    match (state, verdict) {
        (Disabled, _) => PolicyResult::NotEnabled,
        (Enabled, None) => PolicyResult::NotApplied,
        (Enabled, Some(Verdict::Satisfied)) => PolicyResult::Success,
        (Enabled, Some(Verdict::Interrupt(_) | Verdict::Block(_))) => PolicyResult::Failure,
        (ReportOnly, None) => PolicyResult::ReportOnlyNotApplied,
        (ReportOnly, Some(Verdict::Satisfied)) => PolicyResult::ReportOnlySuccess,
        (ReportOnly, Some(Verdict::Interrupt(_))) => PolicyResult::ReportOnlyInterrupted,
        (ReportOnly, Some(Verdict::Block(_))) => PolicyResult::ReportOnlyFailure,
    }
}

/// What the enabled policies come to together.
#[derive(Default)]
struct RollUp {
    block: Option<BlockReason>,
    controls: Vec<Control>,
    has_one_in_scope: bool,
}

impl RollUp {
    fn add(&mut self, evaluated: &Evaluated) {
        self.has_one_in_scope |= evaluated.findings.is_in_scope();
        match &evaluated.verdict {
            None | Some(Verdict::Satisfied) => {}
            Some(Verdict::Interrupt(control)) => self.controls.push(control.clone()),
            Some(Verdict::Block(reason)) => {
                // The members of BlockReason are ordered by precedence.
                self.block = Some(self.block.map_or(*reason, |other| other.min(*reason)));
            }
        }
    }

    fn finish(mut self) -> (Outcome, ConditionalAccessStatus) {
        self.controls.sort_unstable();
        self.controls.dedup();
        let outcome = match self.block {
            Some(reason) => Outcome::Block { reason },
            None if self.controls.is_empty() => Outcome::Grant,
            None => Outcome::Interrupt { controls: self.controls },
        };
        let status = match outcome {
            Outcome::Grant if self.has_one_in_scope => ConditionalAccessStatus::Success,
            Outcome::Grant => ConditionalAccessStatus::NotApplied,
            Outcome::Interrupt { .. } | Outcome::Block { .. } => ConditionalAccessStatus::Failure,
        };
        (outcome, status)
    }
}
