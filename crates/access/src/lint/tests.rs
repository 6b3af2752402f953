mod controls;
mod never_applies;
mod policies;
mod users;

use std::collections::BTreeSet;
use std::path::Path;

use riskgate_model::{AnyNamedLocation, ConditionalAccessPolicy, UserFacts};
use serde_json::{Value, json};

use super::{Administrator, Finding, LintInput, RULES, lint, lint_page};
use crate::known::ObjectKind;

const GROUP: &str = "bbbbbbbb-0000-4000-8000-000000000001";
const EMPTY_GROUP: &str = "bbbbbbbb-0000-4000-8000-000000000002";
const MISSING: &str = "ffffffff-0000-4000-8000-00000000000f";
const ROLE: &str = "62e90394-69f5-4237-9190-012177145e10";
const EMERGENCY: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const ADMIN: &str = "aaaaaaaa-0000-4000-8000-000000000002";
const USER: &str = "aaaaaaaa-0000-4000-8000-000000000003";
const APP: &str = "cccccccc-0000-4000-8000-000000000001";
const OTHER_APP: &str = "cccccccc-0000-4000-8000-000000000002";
const OFFICE: &str = "dddddddd-0000-4000-8000-000000000001";
const COUNTRY: &str = "dddddddd-0000-4000-8000-000000000002";

/// A policy nothing is wrong with, with `patch` merged in (RFC 7396).
fn policy(patch: Value) -> ConditionalAccessPolicy {
    let mut body = json!({
        "id": "eeeeeeee-0000-4000-8000-000000000001", "displayName": "Policy", "state": "enabled",
        "createdDateTime": "2026-11-01T00:00:00Z",
        "conditions": {
            "users": {"includeUsers": ["All"], "excludeUsers": [EMERGENCY]},
            "applications": {"includeApplications": ["All"]}, "clientAppTypes": ["all"],
        },
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
    });
    merge(&mut body, patch);
    serde_json::from_value(body).unwrap()
}

fn merge(target: &mut Value, patch: Value) {
    match (target, patch) {
        (Value::Object(target), Value::Object(patch)) => {
            for (name, value) in patch {
                merge(target.entry(name).or_insert(Value::Null), value);
            }
        }
        (target, patch) => *target = patch,
    }
}

fn locations(is_trusted: bool) -> Vec<AnyNamedLocation> {
    let office = json!({"@odata.type": "#microsoft.graph.ipNamedLocation", "id": OFFICE, "displayName": "Office",
        "isTrusted": is_trusted, "ipRanges": []});
    let country = json!({"@odata.type": "#microsoft.graph.countryNamedLocation", "id": COUNTRY, "displayName": "Norway",
        "countriesAndRegions": ["NO"], "includeUnknownCountriesAndRegions": false});
    vec![serde_json::from_value(office).unwrap(), serde_json::from_value(country).unwrap()]
}

fn administrators() -> Vec<Administrator> {
    let administrator = |name: &str, id: &str| {
        let mut facts = UserFacts::new(id);
        facts.role_template_ids.insert(ROLE.to_owned());
        Administrator { name: format!("{name}@contoso.com"), facts }
    };
    let mut all = vec![administrator("emergency", EMERGENCY), administrator("admin", ADMIN)];
    all[0].facts.group_ids.insert(GROUP.to_owned());
    all
}

fn findings_with(policies: &[ConditionalAccessPolicy], is_trusted: bool) -> Vec<Finding> {
    let empty_groups = BTreeSet::from([EMPTY_GROUP.to_owned()]);
    lint(&LintInput {
        at: "2026-11-25T00:00:00Z".parse().unwrap(),
        policies,
        locations: &locations(is_trusted),
        strengths: &controls::strengths(),
        administrators: &administrators(),
        known: &|_: ObjectKind, id: &str| !id.eq_ignore_ascii_case(MISSING),
        empty_groups: &empty_groups,
    })
}

fn findings(policies: &[ConditionalAccessPolicy]) -> Vec<Finding> {
    findings_with(policies, true)
}

/// Rule and severity of each finding about the policies.
fn found(policies: &[ConditionalAccessPolicy]) -> Vec<String> {
    let short = |finding: &Finding| format!("{} {}", finding.severity.name(), finding.rule);
    findings(policies).iter().map(short).collect()
}

#[test]
fn a_sound_policy_has_no_findings_and_a_disabled_one_is_not_looked_at() {
    assert_eq!(found(&[policy(json!({}))]), Vec::<String>::new());
    let bad =
        json!({"state": "disabled", "conditions": {"users": {"includeUsers": ["None"], "excludeUsers": []}}});
    assert_eq!(found(&[policy(bad)]), Vec::<String>::new());
}

#[test]
fn the_worst_comes_first_and_every_finding_names_its_policy_and_the_remedy() {
    let policies = [
        policy(
            json!({"displayName": "A", "conditions": {"signInRiskLevels": ["high"], "userRiskLevels": ["high"]}}),
        ),
        policy(
            json!({"id": "b", "displayName": "B", "conditions": {"applications": {"includeApplications": ["None"]}}}),
        ),
    ];
    let findings = findings(&policies);
    assert_eq!(
        findings.iter().map(|f| (f.policy_name.as_str(), f.rule.as_str())).collect::<Vec<_>>(),
        [("B", "never-applies"), ("A", "combined-risks")]
    );
    assert_eq!(findings[0].policy_id, "b");
    for finding in &findings {
        let rule = RULES.iter().find(|rule| rule.id == finding.rule).unwrap();
        assert_eq!(finding.remedy, rule.remedy);
    }
    let written = serde_json::to_value(&findings[0]).unwrap();
    assert_eq!(written["severity"], "error");
    assert_eq!(serde_json::from_value::<Finding>(written).unwrap(), findings[0]);
}

#[test]
fn identifiers_are_unique() {
    let ids: BTreeSet<_> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
}

#[test]
fn the_page_in_docs_is_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/policy-lint.md");
    if std::env::var_os("RISKGATE_WRITE_DOCS").is_some() {
        std::fs::write(&path, lint_page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, lint_page(), "run the tests once with RISKGATE_WRITE_DOCS=1");
}
