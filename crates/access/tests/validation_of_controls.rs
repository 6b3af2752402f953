//! Which controls a policy may ask for, and with what (Graph contract §4 rules 13 to 19).

mod common;

use common::*;
use riskgate_access::{ObjectKind, references, validate, with_defaults};
use serde_json::{Value, json};

const STRENGTH: &str = "00000000-0000-0000-0000-000000000004";
const AGREEMENT: &str = "ffffffff-0000-4000-8000-000000000001";

fn known(kind: ObjectKind, id: &str) -> bool {
    match kind {
        ObjectKind::AuthenticationStrength => id == STRENGTH,
        ObjectKind::Agreement => id == AGREEMENT,
        ObjectKind::Application => id == APP,
        _ => true,
    }
}

fn message(patch: &Value) -> Option<String> {
    validate(&policy(patch.clone()), &known).err().map(|error| error.to_string())
}

fn accept(patch: Value) {
    assert_eq!(message(&patch), None, "{patch}");
}

fn refuse(start: &str, patch: Value) {
    let message = message(&patch).unwrap_or_else(|| panic!("accepted: {patch}"));
    assert!(message.starts_with(start), "{patch}: {message}");
}

fn grant(operator: &str, controls: Value) -> Value {
    json!({"operator": operator, "builtInControls": controls})
}

#[test]
fn every_enforced_control_is_accepted() {
    for controls in
        [json!(["mfa"]), json!(["compliantDevice", "domainJoinedDevice", "mfa"]), json!(["block"])]
    {
        accept(json!({"grantControls": grant("OR", controls),
            "conditions": {"users": {"excludeUsers": [OTHER_USER]}}}));
    }
    accept(json!({"grantControls": {"builtInControls": [], "termsOfUse": [AGREEMENT]}}));
    accept(
        json!({"grantControls": {"builtInControls": ["compliantDevice"], "authenticationStrength": {"id": STRENGTH}}}),
    );
    accept(
        json!({"grantControls": null, "sessionControls": {"signInFrequency": {"type": "hours", "value": 4}}}),
    );
    accept(
        json!({"grantControls": null, "sessionControls": {"applicationEnforcedRestrictions": {"isEnabled": true}}}),
    );
    accept(json!({"sessionControls": {"disableResilienceDefaults": true}}));
}

#[test]
fn a_policy_without_any_control_is_refused() {
    refuse("'grantControls' is not valid", json!({"grantControls": null}));
    refuse(
        "'grantControls' is not valid",
        json!({"grantControls": null,
        "sessionControls": {"signInFrequency": {"isEnabled": false, "type": "hours", "value": 4}}}),
    );
    refuse("'grantControls/builtInControls' is not valid", json!({"grantControls": {"builtInControls": []}}));
}

#[test]
fn controls_that_exclude_each_other_are_refused() {
    let property = "'grantControls/builtInControls' is not valid";
    refuse(property, json!({"grantControls": {"builtInControls": ["block", "mfa"]}}));
    refuse(property, json!({"grantControls": {"builtInControls": ["block"], "termsOfUse": [AGREEMENT]}}));
    refuse(
        property,
        json!({"grantControls": {"builtInControls": ["block"], "authenticationStrength": {"id": STRENGTH}}}),
    );
    refuse(
        property,
        json!({"grantControls": {"builtInControls": ["mfa"], "authenticationStrength": {"id": STRENGTH}}}),
    );
    refuse(
        "AuthenticationStrengthPolicy with id nowhere does not exist",
        json!({"grantControls": {"builtInControls": [], "authenticationStrength": {"id": "nowhere"}}}),
    );
    refuse(
        "Agreement with id nowhere does not exist",
        json!({"grantControls": {"builtInControls": [], "termsOfUse": ["nowhere"]}}),
    );
}

fn at_risk(controls: Value) -> Value {
    json!({"conditions": {"userRiskLevels": ["high"]}, "grantControls": grant("AND", controls)})
}

#[test]
fn a_new_password_closes_user_risk_and_nothing_else() {
    for control in ["passwordChange", "riskRemediation"] {
        accept(at_risk(json!(["mfa", control])));
        let mut with_strength = at_risk(json!([control]));
        with_strength["grantControls"]["authenticationStrength"] = json!({"id": STRENGTH});
        accept(with_strength);
        let every_time = json!({"signInFrequency": {"frequencyInterval": "everyTime"}});
        let mut fresh = at_risk(json!(["mfa", control]));
        fresh["sessionControls"] = every_time;
        accept(fresh);
        for wrong in [
            json!({"grantControls": grant("AND", json!([control]))}),
            json!({"grantControls": grant("OR", json!(["mfa", control]))}),
            json!({"grantControls": grant("AND", json!(["mfa", control, "compliantDevice"]))}),
            json!({"grantControls": {"operator": "AND", "builtInControls": ["mfa", control], "termsOfUse": [AGREEMENT]}}),
            json!({"conditions": {"userRiskLevels": []}}),
            json!({"conditions": {"signInRiskLevels": ["high"]}}),
            json!({"conditions": {"clientAppTypes": ["browser"]}}),
            json!({"conditions": {"platforms": {"includePlatforms": ["all"]}}}),
            json!({"conditions": {"locations": {"includeLocations": ["All"]}}}),
            json!({"conditions": {"applications": {"includeApplications": [APP]}}}),
            json!({"conditions": {"applications": {"excludeApplications": [APP]}}}),
            json!({"sessionControls": {"signInFrequency": {"type": "hours", "value": 1}}}),
            json!({"sessionControls": {"persistentBrowser": {"mode": "never"}}}),
        ] {
            let mut patch = at_risk(json!(["mfa", control]));
            merge(&mut patch, wrong);
            refuse("1032: ", patch);
        }
    }
    refuse("1032: ", at_risk(json!(["mfa", "passwordChange", "riskRemediation"])));
}

#[test]
fn remediation_brings_its_strength_and_frequency() {
    let made = with_defaults(policy(at_risk(json!(["riskRemediation"]))));
    let echoed = serde_json::to_value(&made).unwrap();
    assert_eq!(
        echoed["grantControls"]["authenticationStrength"]["id"],
        "00000000-0000-0000-0000-000000000002"
    );
    assert_eq!(echoed["sessionControls"]["signInFrequency"]["frequencyInterval"], "everyTime");
    assert_eq!(references(&made).len(), 1);
    assert_eq!(with_defaults(made.clone()), made);
}

#[test]
fn sign_in_frequencies_have_their_bounds() {
    let frequency = |value: Value| json!({"sessionControls": {"signInFrequency": value}});
    for good in [
        json!({"type": "hours", "value": 1}),
        json!({"type": "hours", "value": 23, "isEnabled": true, "frequencyInterval": "timeBased"}),
        json!({"type": "days", "value": 365, "authenticationType": "secondaryAuthentication"}),
        json!({"frequencyInterval": "everyTime"}),
    ] {
        accept(frequency(good));
    }
    for bad in [
        json!({"type": "hours", "value": 0}),
        json!({"type": "hours", "value": 24}),
        json!({"type": "days", "value": 366}),
        json!({"type": "days", "value": -1}),
        json!({"type": "days"}),
        json!({"value": 3}),
        json!({}),
        json!({"frequencyInterval": "everyTime", "value": 1}),
        json!({"frequencyInterval": "everyTime", "type": "days"}),
        json!({"frequencyInterval": "unknownFutureValue", "type": "days", "value": 1}),
        json!({"authenticationType": "unknownFutureValue", "type": "days", "value": 1}),
    ] {
        refuse("'sessionControls/signInFrequency' is not valid", frequency(bad));
    }
}

#[test]
fn a_persistent_browser_is_for_every_application() {
    let never = json!({"persistentBrowser": {"mode": "never", "isEnabled": true}});
    accept(json!({"sessionControls": never}));
    let property = "'sessionControls/persistentBrowser' is not valid";
    refuse(property, json!({"sessionControls": {"persistentBrowser": {"isEnabled": true}}}));
    for applications in [json!({"includeApplications": [APP]}), json!({"excludeApplications": [APP]})] {
        refuse(property, json!({"sessionControls": never, "conditions": {"applications": applications}}));
    }
}
