use riskgate_model::{
    AppliedConditionalAccessPolicyResult as PolicyResult, ConditionalAccessPolicyState,
    ConditionalAccessStatus, RiskLevel, SignInFacts, UserAction, WorkloadFacts,
};

use crate::conditions::Findings;
use crate::decision::{BlockReason, Control, Decision, Outcome, SessionDemands};
use crate::freshness::Freshness;
use crate::grant::{Standing, Verdict, demand_mfa};
use crate::policy_set::{CompiledPolicy, PolicySet};
use crate::reason::Reason;
use crate::request::Request;
use crate::session::fold;
use crate::trace::PolicyTrace;

/// Decides about a request (`entra-semantics` §3): every policy is evaluated, every enabled one that applies must be
/// satisfied, and a block of one outweighs everything else.
///
/// `sign_in_risk` is the level the assessment of the same facts came to; the risk of the user is among the facts. Blocks
/// outweigh each other in the order of [`BlockReason`], and all of them outweigh controls to pass. The shortest sign-in
/// frequency of the enabled policies that apply decides for all of them which proofs still count.
pub fn evaluate(facts: &SignInFacts, sign_in_risk: RiskLevel, policies: &PolicySet) -> Decision {
    decide(&Request::new(facts, sign_in_risk, policies), policies)
}

/// Decides about a request an application makes on its own behalf (`entra-semantics` §3.3, workload identities). Policies
/// about people do not concern it, and it can pass no control: what asks for one blocks.
pub fn evaluate_workload(facts: &WorkloadFacts, policies: &PolicySet) -> Decision {
    decide(&Request::of_workload(facts, policies), policies)
}

fn decide(request: &Request<'_>, policies: &PolicySet) -> Decision {
    let examined: Vec<Findings> = policies.policies.iter().map(|policy| examine(policy, request)).collect();
    let pairs = || policies.policies.iter().zip(&examined);
    let mut session = SessionDemands::default();
    let mut freshness = Freshness::default();
    for (policy, findings) in pairs() {
        if is_enabled(policy) && findings.all_met() {
            fold(&mut session, &policy.session.demands);
            freshness = freshness.stricter(policy.session.freshness());
        }
    }
    let mut roll_up = RollUp::default();
    let mut risk_based_mfa_policies = Vec::new();
    let mut trace = Vec::with_capacity(policies.len());
    for (policy, mut findings) in policies.policies.iter().zip(examined) {
        let is_judged = policy.state != ConditionalAccessPolicyState::Disabled && findings.all_met();
        let verdict = is_judged.then(|| verdict(policy, request, freshness, &mut findings));
        if is_enabled(policy) {
            roll_up.add(&findings, verdict.as_ref());
            if is_judged && policy.conditions.has_sign_in_risk() && policy.grant.asks_for_mfa() {
                risk_based_mfa_policies.push(policy.id.clone());
            }
        }
        trace.push(into_trace(policy, findings, verdict.as_ref()));
    }
    let (outcome, conditional_access_status) = roll_up.finish(request.user_action);
    Decision { outcome, conditional_access_status, risk_based_mfa_policies, session, trace }
}

fn is_enabled(policy: &CompiledPolicy) -> bool {
    policy.state == ConditionalAccessPolicyState::Enabled
}

fn examine(policy: &CompiledPolicy, request: &Request<'_>) -> Findings {
    match policy.state {
        ConditionalAccessPolicyState::Disabled => Findings::default(),
        _ => policy.conditions.examine(request),
    }
}

/// What a policy that applies demands. One that only reports counts its own sign-in frequency in, as if it were enforced.
fn verdict(
    policy: &CompiledPolicy,
    request: &Request<'_>,
    in_force: Freshness,
    findings: &mut Findings,
) -> Verdict {
    let own = policy.session.freshness();
    let is_risk_based = policy.conditions.has_risk();
    let verdict = policy.grant.verdict(request, is_risk_based, in_force.stricter(own), findings);
    let stale = demand_freshness(request, own, is_risk_based);
    stale.iter().for_each(|(_, reason)| findings.add_reason(*reason));
    stale.into_iter().fold(verdict, |verdict, (standing, _)| add(verdict, standing))
}

/// What the policy's own sign-in frequency demands: a first factor that is too old is proven again, and a second factor
/// that was passed once and is too old as well.
fn demand_freshness(request: &Request<'_>, own: Freshness, is_risk_based: bool) -> Vec<(Standing, Reason)> {
    let Some(person) = request.person() else { return Vec::new() };
    let proven = person.authentication;
    let mut demands = Vec::new();
    if !own.has_first_factor(request.at, proven) {
        let standing = match crate::grant::can_ask(request) {
            true => Standing::CanBeAsked(Control::SignInAgain),
            false => Standing::Impossible(BlockReason::Policy),
        };
        demands.push((standing, Reason::FirstFactorTooOld));
    }
    if proven.mfa_at().is_some() && !own.has_second_factor(request.at, proven) {
        demands.push((demand_mfa(request, person, is_risk_based).0, Reason::SecondFactorTooOld));
    }
    demands
}

/// Adds one more demand to a verdict.
fn add(verdict: Verdict, standing: Standing) -> Verdict {
    match (verdict, standing) {
        (verdict, Standing::Passed) => verdict,
        (Verdict::Block(one), Standing::Impossible(other)) => Verdict::Block(one.min(other)),
        (Verdict::Block(reason), _) | (_, Standing::Impossible(reason)) => Verdict::Block(reason),
        (Verdict::Satisfied, Standing::CanBeAsked(control)) => Verdict::Interrupt(vec![control]),
        (Verdict::Interrupt(mut controls), Standing::CanBeAsked(control)) => {
            controls.push(control);
            Verdict::Interrupt(controls)
        }
    }
}

fn into_trace(policy: &CompiledPolicy, findings: Findings, verdict: Option<&Verdict>) -> PolicyTrace {
    let applied = verdict.is_some();
    PolicyTrace {
        policy_id: policy.id.clone(),
        display_name: policy.display_name.clone(),
        result: result(policy.state, verdict),
        enforced_grant_controls: if applied { policy.controls.clone() } else { Default::default() },
        enforced_session_controls: if applied { policy.session.names.clone() } else { Default::default() },
        conditions_satisfied: findings.satisfied,
        conditions_not_satisfied: findings.not_satisfied,
        include_rules: findings.include_rules,
        exclude_rules: findings.exclude_rules,
        reasons: findings.reasons,
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
    fn add(&mut self, findings: &Findings, verdict: Option<&Verdict>) {
        self.has_one_in_scope |= findings.is_in_scope();
        match verdict {
            None | Some(Verdict::Satisfied) => {}
            Some(Verdict::Interrupt(controls)) => self.controls.extend_from_slice(controls),
            Some(Verdict::Block(reason)) => {
                // The members of BlockReason are ordered by precedence.
                self.block = Some(self.block.map_or(*reason, |other| other.min(*reason)));
            }
        }
    }

    fn finish(mut self, user_action: Option<UserAction>) -> (Outcome, ConditionalAccessStatus) {
        self.controls.sort_unstable();
        self.controls.dedup();
        let outcome = match self.block {
            Some(BlockReason::Policy) if user_action == Some(UserAction::RegisterSecurityInformation) => {
                Outcome::Block { reason: BlockReason::RegistrationNotAllowed }
            }
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
