//! What holds for every set of policies and every request.

mod common;

use std::collections::BTreeSet;

use common::generator::{Pair, Pairs};
use common::{Compiled, Evaluator};
use proptest::prelude::*;
use riskgate_access::{Control, Decision, Outcome};
use riskgate_model::AppliedConditionalAccessPolicyResult::{NotApplied, ReportOnlyNotApplied};
use riskgate_model::{
    AuthenticationMethodKind, ConditionalAccessPolicy, ConditionalAccessPolicyState, ConditionalAccessUsers,
    MethodUse, RiskLevel, SignInFacts,
};

fn decide(pair: &Pair) -> Decision {
    Compiled.decide(&pair.facts, pair.risk, &pair.tenant())
}

fn with_policies(pair: &Pair, policies: Vec<ConditionalAccessPolicy>) -> Pair {
    Pair { policies, ..pair.clone() }
}

/// Identifiers of the policies that applied.
fn applied(pair: &Pair) -> BTreeSet<String> {
    let answer = Compiled.sign_in(&pair.facts, pair.risk, &pair.tenant());
    let applied =
        answer.results.into_iter().filter(|(_, it)| ![NotApplied, ReportOnlyNotApplied].contains(it));
    applied.map(|(id, _)| id).collect()
}

/// Whether `after` asks for all that `before` asked for, or refuses.
fn is_as_strict(before: &Outcome, after: &Outcome) -> bool {
    match (before, after) {
        (Outcome::Grant, _) => true,
        (Outcome::Interrupt { controls }, Outcome::Interrupt { controls: more }) => {
            controls.iter().all(|control| more.contains(control))
        }
        (Outcome::Interrupt { .. }, Outcome::Grant) => false,
        (Outcome::Interrupt { .. } | Outcome::Block { .. }, Outcome::Block { .. }) => true,
        (Outcome::Block { .. }, Outcome::Grant | Outcome::Interrupt { .. }) => false,
    }
}

/// The facts after the user has done what he was asked for.
fn perform(facts: &mut SignInFacts, control: Control) {
    use AuthenticationMethodKind::{Fido2, Password, SoftwareOath};
    let at = facts.at;
    let mut pass = |method| facts.authentication.methods.push(MethodUse { method, at });
    match control {
        Control::SignInAgain => pass(Password),
        Control::Mfa => pass(SoftwareOath),
        Control::RegisterMfa => {
            pass(SoftwareOath);
            facts.user.registered_methods.insert(SoftwareOath);
        }
        Control::AuthenticationStrength { .. } => [Password, SoftwareOath, Fido2].into_iter().for_each(pass),
        Control::ChangePassword => facts.user.risk_level = RiskLevel::None,
        Control::AcceptTerms { agreement_id } => {
            facts.user.accepted_agreement_ids.insert(agreement_id.to_string());
        }
    }
}

/// Everything that can be unknown is.
fn forget(pair: &Pair) -> Pair {
    let mut pair = pair.clone();
    pair.risk = RiskLevel::Hidden;
    pair.facts.user.risk_level = RiskLevel::UnknownFutureValue;
    pair.facts.user.insider_risk_level = None;
    pair.facts.client.platform = None;
    if let Some(external) = &mut pair.facts.user.external {
        external.tenant_id = None;
    }
    pair
}

/// The same policy with every list the other way round.
fn turned(policy: &ConditionalAccessPolicy) -> ConditionalAccessPolicy {
    fn turn(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Array(items) => {
                items.reverse();
                items.iter_mut().for_each(turn);
            }
            serde_json::Value::Object(members) => members.values_mut().for_each(turn),
            _ => {}
        }
    }
    let mut json = serde_json::to_value(policy).unwrap();
    turn(&mut json);
    serde_json::from_value(json).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn another_enabled_policy_never_opens_anything(pair in Pairs(4), another in Pairs(1)) {
        let before = decide(&pair).outcome;
        let mut policies = pair.policies.clone();
        policies.extend(another.policies.into_iter().map(|policy| ConditionalAccessPolicy {
            id: "another".to_owned(), state: ConditionalAccessPolicyState::Enabled, ..policy
        }));
        let after = decide(&with_policies(&pair, policies)).outcome;
        prop_assert!(is_as_strict(&before, &after), "{before:?} became {after:?}");
    }

    #[test]
    fn policies_that_only_report_or_are_disabled_change_nothing(pair in Pairs(6)) {
        let is_enabled = |policy: &&ConditionalAccessPolicy| policy.state == ConditionalAccessPolicyState::Enabled;
        let enforced: Vec<_> = pair.policies.iter().filter(is_enabled).cloned().collect();
        let (all, only_enforced) = (decide(&pair), decide(&with_policies(&pair, enforced)));
        prop_assert_eq!(all.outcome, only_enforced.outcome);
        prop_assert_eq!(all.conditional_access_status, only_enforced.conditional_access_status);
        prop_assert_eq!(all.risk_based_mfa_policies, only_enforced.risk_based_mfa_policies);
        prop_assert_eq!(all.session, only_enforced.session);
        prop_assert_eq!(all.trace.len(), pair.policies.len());
    }

    #[test]
    fn who_is_excluded_is_never_subject_to_a_policy(pair in Pairs(4), by in 0..3) {
        let mut pair = pair;
        pair.facts.user.group_ids.insert("group".to_owned());
        pair.facts.user.role_template_ids.insert("role".to_owned());
        for policy in &mut pair.policies {
            policy.state = ConditionalAccessPolicyState::Enabled;
            let users = policy.conditions.users.get_or_insert_with(ConditionalAccessUsers::default);
            match by {
                0 => users.exclude_users.push(pair.facts.user.id.to_ascii_uppercase()),
                1 => users.exclude_groups.push("GROUP".to_owned()),
                _ => users.exclude_roles.push("Role".to_owned()),
            }
        }
        let decision = decide(&pair);
        prop_assert_eq!(decision.outcome, Outcome::Grant);
        prop_assert!(decision.trace.iter().all(|trace| trace.result == NotApplied));
    }

    #[test]
    fn what_is_not_known_only_makes_more_policies_apply(pair in Pairs(6)) {
        let (known, unknown) = (applied(&pair), applied(&forget(&pair)));
        prop_assert!(known.is_subset(&unknown), "{known:?} became {unknown:?}");
    }

    #[test]
    fn the_order_of_policies_and_of_their_lists_means_nothing(pair in Pairs(6)) {
        let mut other = with_policies(&pair, pair.policies.iter().rev().map(turned).collect());
        let tenant = other.tenant();
        other.policies.reverse();
        let answer = Compiled.sign_in(&pair.facts, pair.risk, &tenant);
        prop_assert_eq!(answer, Compiled.sign_in(&pair.facts, pair.risk, &pair.tenant()));
    }

    #[test]
    fn what_a_user_does_is_never_asked_for_again(pair in Pairs(6)) {
        let mut pair = pair;
        let mut asked = BTreeSet::new();
        // A control that was done is done: at most once each, and then there is an answer (§3.2).
        while let Outcome::Interrupt { controls } = decide(&pair).outcome {
            let first = controls[0].clone();
            prop_assert!(asked.insert(first.clone()), "{first:?} was asked for twice");
            perform(&mut pair.facts, first);
        }
    }

    #[test]
    fn a_decision_is_read_back_as_it_was_written(pair in Pairs(4)) {
        let decision = decide(&pair);
        let text = serde_json::to_string(&decision).unwrap();
        prop_assert_eq!(serde_json::from_str::<Decision>(&text).unwrap(), decision);
    }

    #[test]
    fn a_policy_that_is_read_back_decides_the_same(pair in Pairs(4)) {
        let text = serde_json::to_string(&pair).unwrap();
        let read: Pair = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(decide(&read), decide(&pair));
    }
}
