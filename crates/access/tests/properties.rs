//! What holds for every set of policies and every request.

mod common;

use common::generator::{any_facts, any_level, any_policies, any_policy};
use common::reference::{Answer, answer};
use common::{decide, locations};
use proptest::prelude::*;
use riskgate_access::{BlockReason, Control, Decision, Outcome};
use riskgate_model::{ConditionalAccessPolicyState, ConditionalAccessUsers};

fn as_answer(outcome: &Outcome) -> Answer {
    match outcome {
        Outcome::Grant => Answer::Granted,
        Outcome::Interrupt { controls } if controls == &[Control::Mfa] => Answer::MustPassMfa,
        Outcome::Interrupt { controls } if controls == &[Control::RegisterMfa] => Answer::MustRegister,
        Outcome::Interrupt { controls } => panic!("no request has both kinds of users: {controls:?}"),
        Outcome::Block { reason: BlockReason::Policy } => Answer::BlockedByPolicy,
        Outcome::Block { reason: BlockReason::RegistrationBlockedByRisk } => Answer::RegistrationBlocked,
        Outcome::Block { reason } => panic!("no generated policy asks for that: {reason:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn the_second_evaluator_agrees(policies in any_policies(6), facts in any_facts(), risk in any_level()) {
        let decision = decide(&facts, risk, &policies);
        prop_assert_eq!(as_answer(&decision.outcome), answer(&facts, risk, &policies, &locations()));
    }

    #[test]
    fn another_enabled_policy_never_opens_anything(
        policies in any_policies(4), mut another in any_policy(), facts in any_facts(), risk in any_level(),
    ) {
        let before = as_answer(&decide(&facts, risk, &policies).outcome);
        another.state = ConditionalAccessPolicyState::Enabled;
        another.id = "another".to_owned();
        let after = as_answer(&decide(&facts, risk, &[policies, vec![another]].concat()).outcome);
        prop_assert!(after <= before, "{before:?} became {after:?}");
    }

    #[test]
    fn policies_that_only_report_or_are_disabled_change_nothing(
        policies in any_policies(6), facts in any_facts(), risk in any_level(),
    ) {
        let enforced: Vec<_> =
            policies.iter().filter(|policy| policy.state == ConditionalAccessPolicyState::Enabled).cloned().collect();
        let (all, only_enforced) = (decide(&facts, risk, &policies), decide(&facts, risk, &enforced));
        prop_assert_eq!(all.outcome, only_enforced.outcome);
        prop_assert_eq!(all.conditional_access_status, only_enforced.conditional_access_status);
        prop_assert_eq!(all.risk_based_mfa_policies, only_enforced.risk_based_mfa_policies);
        prop_assert_eq!(all.trace.len(), policies.len());
    }

    #[test]
    fn who_is_excluded_is_never_subject_to_a_policy(mut policy in any_policy(), facts in any_facts(), risk in any_level()) {
        policy.state = ConditionalAccessPolicyState::Enabled;
        let users = policy.conditions.users.get_or_insert_with(ConditionalAccessUsers::default);
        users.exclude_users.push(facts.user.id.to_ascii_uppercase());
        let decision = decide(&facts, risk, &[policy]);
        prop_assert_eq!(decision.outcome, Outcome::Grant);
        prop_assert!(!decision.trace[0].exclude_rules.is_empty());
    }

    #[test]
    fn the_order_of_policies_means_nothing(policies in any_policies(6), facts in any_facts(), risk in any_level()) {
        let reversed: Vec<_> = policies.iter().rev().cloned().collect();
        prop_assert_eq!(decide(&facts, risk, &policies), decide(&facts, risk, &reversed));
    }

    #[test]
    fn a_decision_is_read_back_as_it_was_written(policies in any_policies(4), facts in any_facts(), risk in any_level()) {
        let decision = decide(&facts, risk, &policies);
        let text = serde_json::to_string(&decision).unwrap();
        prop_assert_eq!(serde_json::from_str::<Decision>(&text).unwrap(), decision);
    }
}
