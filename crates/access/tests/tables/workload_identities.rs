//! §3.3: applications that act on their own behalf.

use riskgate_model::AppliedConditionalAccessPolicyResult::{self as PolicyResult, *};
use riskgate_model::RiskLevel::{self, Hidden, High, Low};
use riskgate_model::{NetworkFacts, WorkloadFacts};
use serde_json::{Value, json};

use crate::application_filters::attributes;
use crate::common::*;

fn workload(change: impl FnOnce(&mut WorkloadFacts)) -> WorkloadFacts {
    let mut facts = WorkloadFacts {
        at: now(),
        service_principal_id: SERVICE_PRINCIPAL.to_owned(),
        client_app_id: OTHER_APP.to_owned(),
        is_single_tenant: true,
        risk_level: RiskLevel::None,
        client_attributes: Some(attributes()),
        resource_app_ids: [APP.to_owned()].into(),
        resource_attributes: [].into(),
        authentication_contexts: [].into(),
        network: NetworkFacts::unknown("203.0.113.7".parse().unwrap()),
    };
    change(&mut facts);
    facts
}

/// A policy about service principals that blocks.
fn about(clients: Value, more: Value) -> Value {
    let mut policy = json!({"conditions": {"users": {"includeUsers": ["None"]}, "clientApplications": clients},
        "grantControls": {"operator": "OR", "builtInControls": ["block"]}});
    merge(&mut policy, more);
    policy
}

fn own(more: Value) -> Value {
    about(json!({"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]}), more)
}

type Row = (&'static str, WorkloadFacts, Value, PolicyResult);

fn assignments() -> Vec<Row> {
    let named = |ids: &[&str]| about(json!({"includeServicePrincipals": ids}), json!({}));
    let excluded = |ids: &[&str]| {
        let clients = json!({"includeServicePrincipals": ["ServicePrincipalsInMyTenant"], "excludeServicePrincipals": ids});
        about(clients, json!({}))
    };
    let foreign = || workload(|f| f.is_single_tenant = false);
    let apps = |ids: &[&str]| own(json!({"conditions": {"applications": {"includeApplications": ids}}}));
    let itself = || workload(|_| {});
    vec![
        ("§3.3 Every application of this tenant", itself(), own(json!({})), Failure),
        ("§3.3 The keyword in any case", itself(), named(&["serviceprincipalsinmytenant"]), Failure),
        (
            "§3.3 An application by the id of its service principal",
            itself(),
            named(&[SERVICE_PRINCIPAL]),
            Failure,
        ),
        ("§3.3 In capitals it is the same", itself(), named(&[&SERVICE_PRINCIPAL.to_uppercase()]), Failure),
        ("§3.3 Another one", itself(), named(&[OTHER_SERVICE_PRINCIPAL]), NotApplied),
        ("§3.3 Not by the appId", itself(), named(&[OTHER_APP]), NotApplied),
        ("§3.1.3 Ids are ORed", itself(), named(&[OTHER_SERVICE_PRINCIPAL, SERVICE_PRINCIPAL]), Failure),
        ("§3.1.3 An excluded one is out", itself(), excluded(&[SERVICE_PRINCIPAL]), NotApplied),
        (
            "§3.1.3 Another excluded one changes nothing",
            itself(),
            excluded(&[OTHER_SERVICE_PRINCIPAL]),
            Failure,
        ),
        ("§3.3 Applications of several tenants are exempt", foreign(), own(json!({})), NotApplied),
        ("§3.3 Even by id", foreign(), named(&[SERVICE_PRINCIPAL]), NotApplied),
        ("§3.3 A policy about users applies to no application", itself(), json!({}), NotApplied),
        (
            "§3.3 Not even one that names all users and blocks",
            itself(),
            json!({"grantControls": {"operator": "OR", "builtInControls": ["block"]}}),
            NotApplied,
        ),
        ("§3.4 Bound to the resource", itself(), apps(&[APP]), Failure),
        ("§3.4 And to no other", itself(), apps(&[OTHER_APP]), NotApplied),
        ("§3.10 Disabled", itself(), own(json!({"state": "disabled"})), NotEnabled),
        (
            "§3.10 Report-only",
            itself(),
            own(json!({"state": "enabledForReportingButNotEnforced"})),
            ReportOnlyFailure,
        ),
    ]
}

fn conditions() -> Vec<Row> {
    let at = |level| workload(|f| f.risk_level = level);
    let risk = |levels: &[&str]| own(json!({"conditions": {"servicePrincipalRiskLevels": levels}}));
    let places = |ids: &[&str]| {
        own(json!({"conditions": {"locations": {"includeLocations": ["All"], "excludeLocations": ids}}}))
    };
    let office = || workload(|f| f.network.ip_address = "192.0.2.1".parse().unwrap());
    let contexts = || {
        own(
            json!({"conditions": {"applications": {"includeApplications": [], "includeAuthenticationContextClassReferences": ["c1"]}}}),
        )
    };
    let asking = || workload(|f| f.authentication_contexts = ["c1".to_owned()].into());
    let only = |controls: Value| own(json!({"grantControls": controls}));
    vec![
        ("§3.6 Service principal risk high", at(High), risk(&["high"]), Failure),
        ("§3.6 Levels are exact", at(High), risk(&["medium"]), NotApplied),
        ("§3.6 No risk is no level", at(RiskLevel::None), risk(&["low", "medium", "high"]), NotApplied),
        ("§3.1.3 Levels are ORed", at(Low), risk(&["low", "high"]), Failure),
        ("§3.2 A risk that is not known closes", at(Hidden), risk(&["high"]), Failure),
        ("§3.5 From elsewhere", workload(|_| {}), places(&[OFFICE]), Failure),
        ("§3.5 From the office", office(), places(&[OFFICE]), NotApplied),
        ("§3.2 From where nobody knows", workload(|_| {}), places(&[COUNTRY]), Failure),
        ("§3.4 For a context", asking(), contexts(), Failure),
        ("§3.4 Without the context", workload(|_| {}), contexts(), NotApplied),
        (
            "§3.3 What an application cannot pass blocks it",
            workload(|_| {}),
            only(json!({"operator": "OR", "builtInControls": ["mfa"]})),
            Failure,
        ),
        ("§3.3 No control, no block", workload(|_| {}), only(Value::Null), Success),
    ]
}

fn filters() -> Vec<Row> {
    let filter = |mode: &str, rule: &str, include: &[&str]| {
        let rule = rule.replace(':', "CustomSecurityAttribute.Team_");
        about(
            json!({"includeServicePrincipals": include, "servicePrincipalFilter": {"mode": mode, "rule": rule}}),
            json!({}),
        )
    };
    let (atlas, other) = (r#":Tags -contains "Atlas""#, r#":Tags -contains "Hermes""#);
    let own = &["ServicePrincipalsInMyTenant"][..];
    let itself = || workload(|_| {});
    let untagged = || workload(|f| f.client_attributes = Some([].into()));
    let unknown = || workload(|f| f.client_attributes = None);
    let foreign = || workload(|f| f.is_single_tenant = false);
    let asked = own_with_filter_for_resources();
    let tagged_resource = || workload(|f| f.resource_attributes = [(APP.to_owned(), attributes())].into());
    let untagged_resource = || workload(|f| f.resource_attributes = [(APP.to_owned(), [].into())].into());
    vec![
        ("§3.3 By its own attributes", itself(), filter("include", atlas, &[]), Failure),
        ("§3.3 Others", itself(), filter("include", other, &[]), NotApplied),
        ("§3.3 Listed or matching", itself(), filter("include", other, &[SERVICE_PRINCIPAL]), Failure),
        ("§3.3 All but those that match", itself(), filter("exclude", atlas, own), NotApplied),
        ("§3.3 What does not match stays", itself(), filter("exclude", other, own), Failure),
        ("§3.3 Null never matches", untagged(), filter("include", atlas, &[]), NotApplied),
        ("§3.2 Attributes that are not known close", unknown(), filter("include", atlas, &[]), Failure),
        ("§3.2 And excuse nobody", unknown(), filter("exclude", atlas, own), Failure),
        ("§3.2 A rule nobody can read closes", itself(), filter("include", "?", &[]), Failure),
        (
            "§3.3 Applications of several tenants are exempt",
            foreign(),
            filter("include", atlas, &[]),
            NotApplied,
        ),
        ("§3.4 By attributes of the resource", tagged_resource(), asked.clone(), Failure),
        ("§3.4 A resource without them", untagged_resource(), asked.clone(), NotApplied),
        ("§3.2 A resource nobody knows", itself(), asked, Failure),
    ]
}

fn own_with_filter_for_resources() -> Value {
    let rule = r#"CustomSecurityAttribute.Team_Tags -contains "Atlas""#;
    own(json!({"conditions": {"applications": {"includeApplications": [],
        "applicationFilter": {"mode": "include", "rule": rule}}}}))
}

fn rows() -> Vec<Row> {
    [assignments(), conditions(), filters()].into_iter().flatten().collect()
}

/// How many there are.
pub fn count() -> usize {
    rows().len()
}

/// Asks both evaluators about every row.
pub fn check() {
    let evaluators: [(&str, &dyn Evaluator); 2] =
        [("second", &SecondEvaluator::default()), ("compiled", &Compiled)];
    for (rule, facts, patch, expected) in rows() {
        for (name, evaluator) in evaluators {
            let answer = evaluator.workload(&facts, &tenant(vec![policy(patch.clone())]));
            let found: Vec<_> = answer.results.into_values().collect();
            assert_eq!(found, [expected], "{rule}, {name} evaluator, {patch}");
            let is_granted = answer.outcome == riskgate_access::Outcome::Grant;
            assert_eq!(is_granted, expected != Failure, "{rule}, {name} evaluator");
        }
    }
}
