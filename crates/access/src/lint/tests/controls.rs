use riskgate_model::AuthenticationStrengthPolicy;
use serde_json::{Value, json};

use super::{findings, found, policy};

const PASSKEYS: &str = "00000000-0000-0000-0000-000000000004";
const CODES: &str = "00000000-0000-0000-0000-000000000002";

/// One that only methods satisfy which do not exist here, and one that a password with a code satisfies.
pub(super) fn strengths() -> Vec<AuthenticationStrengthPolicy> {
    let strength = |id: &str, name: &str, combinations: &[&str]| {
        serde_json::from_value(json!({"id": id, "displayName": name, "allowedCombinations": combinations,
            "createdDateTime": "2021-12-01T00:00:00Z", "modifiedDateTime": "2021-12-01T00:00:00Z",
            "policyType": "builtIn", "requirementsSatisfied": "mfa"}))
        .unwrap()
    };
    vec![
        strength(PASSKEYS, "Phishing resistant MFA", &["windowsHelloForBusiness", "password,hardwareOath"]),
        strength(CODES, "Multifactor authentication", &["fido2", "password,softwareOath"]),
    ]
}

fn asking_for(operator: &str, controls: &[&str], strength: Option<&str>) -> Value {
    let strength = strength.map(|id| json!({"id": id}));
    json!({"grantControls": {"operator": operator, "builtInControls": controls, "authenticationStrength": strength}})
}

#[test]
fn what_nobody_can_pass_is_named() {
    for (grant, expected) in [
        (
            asking_for("OR", &[], Some(PASSKEYS)),
            "Nobody can pass the authentication strength 'Phishing resistant MFA'.",
        ),
        (asking_for("OR", &[], Some(CODES)), ""),
        (asking_for("OR", &["compliantDevice"], Some(PASSKEYS)), ""),
        (
            asking_for("AND", &["compliantDevice"], Some(PASSKEYS)),
            "Nobody can pass the authentication strength",
        ),
        (
            asking_for("OR", &["approvedApplication"], None),
            "Nobody can pass the control 'approvedApplication'.",
        ),
        (asking_for("OR", &["approvedApplication", "mfa"], None), ""),
        (
            asking_for("AND", &["approvedApplication", "mfa"], None),
            "Nobody can pass the control 'approvedApplication'.",
        ),
        (
            asking_for("OR", &["approvedApplication", "compliantApplication"], None),
            "'approvedApplication' or the control",
        ),
        (asking_for("AND", &["compliantDevice", "domainJoinedDevice"], None), ""),
        (asking_for("OR", &["block"], None), ""),
    ] {
        let findings = findings(&[policy(grant.clone())]);
        let problem = findings.iter().find(|finding| finding.rule == "unpassable-control");
        let problem = problem.map(|finding| finding.problem.as_str()).unwrap_or_default();
        assert!(
            if expected.is_empty() { problem.is_empty() } else { problem.contains(expected) },
            "{grant}: {problem}"
        );
    }
    let mut reporting = asking_for("OR", &[], Some(PASSKEYS));
    reporting["state"] = json!("enabledForReportingButNotEnforced");
    assert_eq!(found(&[policy(reporting)]), ["information unpassable-control"]);
}

#[test]
fn a_strength_is_also_multifactor_authentication() {
    let strict = asking_for("OR", &[], Some(CODES));
    let mut lax = asking_for("OR", &["mfa"], None);
    lax["id"] = json!("lax");
    lax["conditions"] = json!({"clientAppTypes": ["browser"]});
    let shadowed = findings(&[policy(strict.clone()), policy(lax)]);
    assert_eq!((shadowed.len(), shadowed[0].policy_id.as_str()), (1, "lax"));
    let mut strict = strict;
    strict["conditions"] = json!({"clientAppTypes": ["browser"]});
    assert_eq!(found(&[policy(strict), policy(json!({"id": "mfa"}))]), Vec::<String>::new());
}
