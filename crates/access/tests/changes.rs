//! The smallest changes that would give access.

mod common;

use std::sync::Arc;

use common::*;
use riskgate_access::{Change, PolicySet, smallest_changes};
use riskgate_model::{
    ClientAppType, ConditionalAccessDevicePlatform, ConditionalAccessPolicy, RiskLevel, SignInFacts,
    TransferMethod, built_in_strengths,
};
use serde_json::{Value, json};

fn changes(facts: &SignInFacts, risk: RiskLevel, policies: &[ConditionalAccessPolicy]) -> Vec<Vec<Change>> {
    let all = locations();
    let known = all.iter().filter(|location| [OFFICE, COUNTRY].contains(&location.id()));
    smallest_changes(facts, risk, &PolicySet::new(policies, known, &built_in_strengths()))
}

fn block(conditions: Value) -> ConditionalAccessPolicy {
    policy(
        json!({"grantControls": {"operator": "OR", "builtInControls": ["block"]}, "conditions": conditions}),
    )
}

#[test]
fn access_needs_no_change_and_some_refusals_have_none() {
    assert!(changes(&facts(), RiskLevel::None, &[]).is_empty());
    assert!(changes(&facts(), RiskLevel::None, &[block(json!({}))]).is_empty());
    assert!(
        changes(&facts(), RiskLevel::None, &[block(json!({"users": {"includeUsers": [USER]}}))]).is_empty()
    );
}

#[test]
fn a_demand_for_mfa_is_met_by_passing_it() {
    assert_eq!(changes(&facts(), RiskLevel::None, &[policy(json!({}))]), [[Change::PassMfa]]);
}

#[test]
fn a_passkey_is_named_where_no_other_proof_does() {
    let strength = |id: &str| {
        let grant = json!({"operator": "OR", "builtInControls": [], "authenticationStrength": {"id": id}});
        policy(json!({ "grantControls": grant }))
    };
    let found = changes(&facts(), RiskLevel::None, &[strength(PHISHING_RESISTANT_STRENGTH)]);
    assert_eq!(found, [[Change::UsePasskey]]);
    assert_eq!(changes(&facts(), RiskLevel::None, &[strength(MFA_STRENGTH)]), [[Change::PassMfa]]);
}

#[test]
fn a_block_outside_trusted_places_names_the_places() {
    let everywhere_else =
        block(json!({"locations": {"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]}}));
    let office = Change::FromLocation {
        location_id: Arc::from(OFFICE),
        display_name: Arc::from("Office"),
        is_trusted: true,
    };
    assert_eq!(changes(&facts(), RiskLevel::None, &[everywhere_else]), [[office]]);
}

#[test]
fn the_highest_level_that_would_do_is_named() {
    let risky = block(json!({"signInRiskLevels": ["high", "medium"]}));
    let at_most_low = Change::SignInRisk { level: RiskLevel::Low };
    assert_eq!(changes(&facts(), RiskLevel::High, &[risky]), [[at_most_low]]);
    let mut person = facts();
    person.user.risk_level = RiskLevel::High;
    let only_high = block(json!({"userRiskLevels": ["high"]}));
    assert_eq!(
        changes(&person, RiskLevel::None, &[only_high]),
        [[Change::UserRisk { level: RiskLevel::Medium }]]
    );
}

#[test]
fn several_single_changes_are_all_named() {
    let both = policy(json!({"conditions": {"signInRiskLevels": ["medium"]}}));
    let found = changes(&facts(), RiskLevel::Medium, &[both]);
    assert_eq!(found, [[Change::PassMfa], [Change::SignInRisk { level: RiskLevel::Low }]]);
}

#[test]
fn two_changes_are_named_together_when_one_is_not_enough() {
    let mfa_and_device =
        policy(json!({"grantControls": {"operator": "AND", "builtInControls": ["mfa", "compliantDevice"]}}));
    let found = changes(&facts(), RiskLevel::None, &[mfa_and_device]);
    assert_eq!(found, [[Change::PassMfa, Change::CompliantDevice]]);
    let terms = policy(
        json!({"grantControls": {"operator": "AND", "builtInControls": ["mfa"], "termsOfUse": ["t"]}}),
    );
    let accept = Change::AcceptTerms { agreement_id: Arc::from("t") };
    assert_eq!(changes(&facts(), RiskLevel::None, &[terms]), [[Change::PassMfa, accept]]);
}

#[test]
fn client_platform_flow_and_age_of_proofs_count() {
    let native = block(json!({"clientAppTypes": ["browser"]}));
    let client = Change::Client { client_app_type: ClientAppType::MobileAppsAndDesktopClients };
    assert_eq!(changes(&facts(), RiskLevel::None, &[native]), [[client]]);
    let mut on_linux = facts();
    on_linux.client.platform = Some(ConditionalAccessDevicePlatform::Linux);
    let all_but_mac =
        block(json!({"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["macOS"]}}));
    let mac = Change::Platform { platform: ConditionalAccessDevicePlatform::MacOS };
    assert_eq!(changes(&on_linux, RiskLevel::None, &[all_but_mac]), [[mac]]);
    let mut by_code = facts();
    by_code.authentication.transfer_method = Some(TransferMethod::DeviceCodeFlow);
    let flow = block(json!({"authenticationFlows": {"transferMethods": "deviceCodeFlow"}}));
    assert_eq!(changes(&by_code, RiskLevel::None, &[flow]), [[Change::WithoutTransfer]]);
    let mut old = facts();
    old.at = old.at + std::time::Duration::from_secs(3_601);
    let hourly = policy(
        json!({"grantControls": null, "sessionControls": {"signInFrequency": {"type": "hours", "value": 1}}}),
    );
    assert_eq!(changes(&old, RiskLevel::None, &[hourly]), [[Change::SignInAgain]]);
}

#[test]
fn the_search_is_bounded() {
    let policies: Vec<_> = vec![block(json!({"locations": {"includeLocations": ["All"]}})); 200];
    assert!(changes(&facts(), RiskLevel::High, &policies).is_empty());
}
