//! Which conditions a policy may have, and together with which (Graph contract §4 rules 3 to 12).

mod common;

use common::*;
use riskgate_access::{ObjectKind, references, security_attributes, validate, with_defaults};
use serde_json::{Value, json};

const PRINCIPAL: &str = "abababab-0000-4000-8000-000000000001";

fn known(kind: ObjectKind, id: &str) -> bool {
    match kind {
        ObjectKind::ServicePrincipal => id == PRINCIPAL,
        ObjectKind::SecurityAttribute => ["team_project", "team_tags"].contains(&id),
        _ => [USER, APP, OFFICE].contains(&id),
    }
}

fn message(conditions: &Value) -> Option<String> {
    let policy = with_defaults(policy(json!({"conditions": conditions})));
    validate(&policy, &known).err().map(|error| error.to_string())
}

fn accept(conditions: Value) {
    assert_eq!(message(&conditions), None, "{conditions}");
}

fn refuse(start: &str, conditions: Value) {
    let message = message(&conditions).unwrap_or_else(|| panic!("accepted: {conditions}"));
    assert!(message.starts_with(start), "{conditions}: {message}");
}

#[test]
fn every_enforced_condition_is_accepted() {
    for conditions in [
        json!({"applications": {"includeApplications": ["Office365", APP], "excludeApplications": ["microsoftadminportals"]}}),
        json!({"applications": {"includeApplications": [], "includeAuthenticationContextClassReferences": ["c1", "C99"]}}),
        json!({"applications": {"includeApplications": [], "includeUserActions": ["urn:user:RegisterSecurityInfo"]}}),
        json!({"applications": {"includeApplications": [], "includeUserActions": ["urn:user:registerdevice"]}}),
        json!({"users": {"includeUsers": [], "includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest,serviceProvider"}}}),
        json!({"platforms": {"includePlatforms": ["all"], "excludePlatforms": ["iOS", "linux"]}}),
        json!({"devices": {"deviceFilter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}}}),
        json!({"authenticationFlows": {"transferMethods": "deviceCodeFlow,authenticationTransfer"}}),
        json!({"authenticationFlows": {"transferMethods": "none"}}),
        json!({"insiderRiskLevels": "minor,elevated"}),
        json!({"clientAppTypes": ["exchangeActiveSync", "easSupported", "other"]}),
    ] {
        accept(conditions);
    }
}

#[test]
fn filters_are_about_applications_and_can_be_read() {
    let include = json!({"mode": "include", "rule": "CustomSecurityAttribute.Team_Project -eq \"Atlas\""});
    let exclude = json!({"mode": "exclude", "rule": "CustomSecurityAttribute.Team_Tags -contains \"Atlas\""});
    let of = |filter: &Value, rest: Value| {
        let mut applications = json!({"includeApplications": [], "applicationFilter": filter});
        merge(&mut applications, rest);
        json!({ "applications": applications })
    };
    accept(of(&include, json!({})));
    let asks = policy(json!({"conditions": of(&exclude, json!({"includeApplications": ["All"]}))}));
    assert_eq!(security_attributes(&asks).into_iter().collect::<Vec<_>>(), ["team_tags"]);
    accept(of(&include, json!({"includeApplications": [APP]})));
    accept(of(&exclude, json!({"includeApplications": ["All"]})));
    refuse("1011", of(&exclude, json!({})));
    for filter in [&include, &exclude] {
        refuse("1012", of(filter, json!({"includeUserActions": ["urn:user:registerdevice"]})));
        refuse("1012", of(filter, json!({"includeAuthenticationContextClassReferences": ["c1"]})));
    }
    let start = "'conditions/applications/applicationFilter' is not valid: ";
    refuse(start, of(&include, json!({"includeApplications": ["All"]})));
    let undefined = "CustomSecurityAttribute.Team_Color -eq \"A\"";
    for rule in [
        "",
        "device.model -eq \"A\"",
        "CustomSecurityAttribute.Team -eq \"A\"",
        undefined,
        &"(".repeat(3_000),
    ] {
        refuse(start, of(&json!({"mode": "exclude", "rule": rule}), json!({"includeApplications": ["All"]})));
    }
}

#[test]
fn a_target_is_applications_or_one_action_or_contexts() {
    let action = "urn:user:registersecurityinfo";
    refuse("1011", json!({"applications": {"includeApplications": []}}));
    refuse("1012", json!({"applications": {"includeUserActions": [action]}}));
    refuse(
        "1012",
        json!({"applications": {"includeApplications": [], "includeUserActions": [action],
        "includeAuthenticationContextClassReferences": ["c1"]}}),
    );
    let property = "'conditions/applications/includeUserActions' is not valid";
    let actions =
        |list: Value| json!({"applications": {"includeApplications": [], "includeUserActions": list}});
    refuse(property, actions(json!(["urn:user:delete"])));
    refuse(property, actions(json!([action, "urn:user:registerdevice"])));
    let contexts = |context: &str| json!({"applications": {"includeApplications": [], "includeAuthenticationContextClassReferences": [context]}});
    for wrong in ["c0", "c01", "c100", "c", "1", "d1", "c-1", "c1 ", ""] {
        refuse(
            "'conditions/applications/includeAuthenticationContextClassReferences' is not valid",
            contexts(wrong),
        );
    }
    refuse(
        "'conditions/applications/includeApplications'",
        json!({"applications": {"includeApplications": ["All", "Office365"]}}),
    );
}

#[test]
fn guests_are_named_by_kind_and_tenant() {
    let users =
        |guests: Value| json!({"users": {"includeUsers": [], "includeGuestsOrExternalUsers": guests}});
    let tenants = |members: Value| {
        json!({"guestOrExternalUserTypes": "b2bCollaborationGuest", "externalTenants": {
            "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants", "members": members}})
    };
    accept(users(tenants(json!([USER]))));
    let all = json!({"@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants"});
    accept(users(json!({"guestOrExternalUserTypes": "b2bCollaborationMember", "externalTenants": all})));
    let property = "'conditions/users/includeGuestsOrExternalUsers' is not valid";
    for wrong in [
        json!({"guestOrExternalUserTypes": "none"}),
        json!({"guestOrExternalUserTypes": "unknownFutureValue"}),
        tenants(json!([])),
        tenants(json!(["contoso.com"])),
        json!({"guestOrExternalUserTypes": "internalGuest", "externalTenants": {"membershipKind": "enumerated",
            "@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants"}}),
    ] {
        refuse(property, users(wrong));
    }
    refuse(
        property,
        json!({"users": {"includeUsers": ["GuestsOrExternalUsers"],
        "includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "internalGuest"}}}),
    );
}

#[test]
fn platforms_flows_and_levels_have_their_words() {
    refuse("'conditions/platforms/includePlatforms'", json!({"platforms": {"includePlatforms": []}}));
    refuse(
        "'conditions/platforms/includePlatforms'",
        json!({"platforms": {"includePlatforms": ["all", "iOS"]}}),
    );
    refuse(
        "'conditions/platforms/excludePlatforms'",
        json!({"platforms": {"includePlatforms": ["iOS"], "excludePlatforms": ["all"]}}),
    );
    refuse("1007", json!({"platforms": {"includePlatforms": ["unknownFutureValue"]}}));
    refuse("1007", json!({"authenticationFlows": {"transferMethods": "unknownFutureValue"}}));
    refuse(
        "'conditions/authenticationFlows/transferMethods'",
        json!({"authenticationFlows": {"transferMethods": "none,deviceCodeFlow"}}),
    );
    refuse("1007", json!({"insiderRiskLevels": "unknownFutureValue"}));
    refuse("1007", json!({"clientAppTypes": ["unknownFutureValue"]}));
    refuse("1007", json!({"userRiskLevels": ["hidden"]}));
    for rule in [String::new(), "device.".to_owned(), format!("device.model -eq \"{}\"", "x".repeat(3_073))] {
        refuse(
            "'conditions/devices/deviceFilter/rule' is not valid",
            json!({"devices": {"deviceFilter": {"mode": "include", "rule": rule}}}),
        );
    }
}

fn workload(patch: Value) -> Value {
    let mut body = json!({
        "conditions": {"users": null, "clientApplications": {"includeServicePrincipals": ["serviceprincipalsinmytenant"]}},
        "grantControls": {"builtInControls": ["block"]}});
    merge(&mut body, patch);
    body
}

fn workload_message(patch: Value) -> Option<String> {
    let policy = with_defaults(policy(workload(patch)));
    validate(&policy, &known).err().map(|error| error.to_string())
}

#[test]
fn a_policy_about_workloads_can_only_block_and_looks_at_little() {
    assert_eq!(workload_message(json!({})), None);
    for good in [
        json!({"conditions": {"locations": {"includeLocations": ["All"], "excludeLocations": [OFFICE]}}}),
        json!({"conditions": {"servicePrincipalRiskLevels": ["high"]}}),
        json!({"conditions": {"clientApplications": {"includeServicePrincipals": [PRINCIPAL], "excludeServicePrincipals": [PRINCIPAL]}}}),
        json!({"conditions": {"clientApplications": {"includeServicePrincipals": [],
            "servicePrincipalFilter": {"mode": "include", "rule": "CustomSecurityAttribute.Team_Project -eq \"A\""}}}}),
        json!({"conditions": {"clientApplications": {
            "servicePrincipalFilter": {"mode": "exclude", "rule": "CustomSecurityAttribute.Team_Project -eq \"A\""}}}}),
    ] {
        assert_eq!(workload_message(good.clone()), None, "{good}");
    }
    for (start, wrong) in [
        ("'conditions/users'", json!({"conditions": {"users": {"includeUsers": ["All"]}}})),
        (
            "'conditions/users'",
            json!({"conditions": {"users": {"includeUsers": ["None"], "excludeUsers": [USER]}}}),
        ),
        (
            "'conditions/clientApplications/include",
            json!({"conditions": {"clientApplications": {"includeServicePrincipals": []}}}),
        ),
        (
            "'conditions/clientApplications/include",
            json!({"conditions": {"clientApplications": {"includeServicePrincipals": [],
                "servicePrincipalFilter": {"mode": "exclude", "rule": "CustomSecurityAttribute.Team_Project -eq \"A\""}}}}),
        ),
        (
            "'conditions/clientApplications/servicePrincipalFilter' is not valid: a filter in mode 'include'",
            json!({"conditions": {"clientApplications": {
                "servicePrincipalFilter": {"mode": "include", "rule": "CustomSecurityAttribute.Team_Project -eq \"A\""}}}}),
        ),
        (
            "'conditions/clientApplications/servicePrincipalFilter' is not valid: 'a' is not",
            json!({"conditions": {"clientApplications": {
                "servicePrincipalFilter": {"mode": "exclude", "rule": "a -eq \"A\""}}}}),
        ),
        (
            "ServicePrincipal with id",
            json!({"conditions": {"clientApplications": {"includeServicePrincipals": ["x"]}}}),
        ),
        ("'grantControls/builtInControls'", json!({"grantControls": {"builtInControls": ["mfa"]}})),
        ("'sessionControls'", json!({"sessionControls": {"disableResilienceDefaults": true}})),
        ("'conditions/platforms'", json!({"conditions": {"platforms": {"includePlatforms": ["all"]}}})),
        ("'conditions/clientAppTypes'", json!({"conditions": {"clientAppTypes": ["browser"]}})),
        ("'conditions/signInRiskLevels'", json!({"conditions": {"signInRiskLevels": ["high"]}})),
        ("'conditions/userRiskLevels'", json!({"conditions": {"userRiskLevels": ["high"]}})),
        ("'conditions/insiderRiskLevels'", json!({"conditions": {"insiderRiskLevels": "minor"}})),
    ] {
        let message = workload_message(wrong.clone()).unwrap_or_else(|| panic!("accepted: {wrong}"));
        assert!(message.starts_with(start), "{wrong}: {message}");
    }
    refuse("'conditions/servicePrincipalRiskLevels'", json!({"servicePrincipalRiskLevels": ["high"]}));
    let made = with_defaults(policy(workload(json!({}))));
    assert_eq!(made.conditions.users.as_ref().unwrap().include_users, ["None"]);
    assert!(references(&made).is_empty());
}

#[test]
fn what_a_user_action_cannot_be_asked_with() {
    let device = json!({"includeApplications": [], "includeUserActions": ["urn:user:registerdevice"]});
    let check = |patch: Value| validate(&policy(patch), &known).err().map(|error| error.to_string());
    assert_eq!(check(json!({"conditions": {"applications": device}})), None);
    for (start, patch) in [
        (
            "'grantControls/builtInControls'",
            json!({"grantControls": {"builtInControls": ["compliantDevice"]}}),
        ),
        (
            "'conditions/applications/includeUserActions'",
            json!({"conditions": {"clientAppTypes": ["browser"]}}),
        ),
        (
            "'conditions/applications/includeUserActions'",
            json!({"conditions": {
            "devices": {"deviceFilter": {"mode": "include", "rule": "device.isCompliant -eq True"}}}}),
        ),
        ("'state'", json!({"state": "enabledForReportingButNotEnforced"})),
    ] {
        let mut body = json!({"conditions": {"applications": device}});
        merge(&mut body, patch);
        let message = check(body.clone()).unwrap_or_else(|| panic!("accepted: {body}"));
        assert!(message.starts_with(start), "{body}: {message}");
    }
}
