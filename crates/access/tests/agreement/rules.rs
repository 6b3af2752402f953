//! Whether every branch of the rules was taken with every result it can have, as the second evaluator notes them.

use riskgate_model::*;

use crate::common::generator::{attributes, member_names, operators};
use crate::common::reference::{Notes, Truth};
use crate::common::world::SECURITY_ATTRIBUTES;

const NO: &[Truth] = &[Truth::No];
const YES: &[Truth] = &[Truth::Yes];
const UNKNOWN: &[Truth] = &[Truth::Unknown];
const BOTH: &[Truth] = &[Truth::No, Truth::Yes];
const ALL: &[Truth] = &[Truth::No, Truth::Unknown, Truth::Yes];

/// A branch, its values, and the results each of them can have.
type Wanted = (&'static str, Vec<String>, &'static [Truth]);

fn values(branch: &'static str, values: &[&str], results: &'static [Truth]) -> Wanted {
    (branch, values.iter().map(ToString::to_string).collect(), results)
}

/// What should have happened at least once and did not.
pub fn missing(notes: &Notes) -> Vec<String> {
    let wanted = [who(), workload(), what(), whence(), how(), rule_language(), grant()];
    let each = wanted.into_iter().flatten().flat_map(|(branch, values, results)| {
        values
            .into_iter()
            .flat_map(move |value| results.iter().map(move |result| (branch, value.clone(), *result)))
    });
    each.filter(|(branch, value, result)| notes.count(branch, value, *result) == 0)
        .map(|(branch, value, result)| format!("{branch} {value}: {result:?}"))
        .collect()
}

fn who() -> Vec<Wanted> {
    let kinds = member_names(ConditionalAccessGuestOrExternalUserTypes::TYPE, &["none"]);
    vec![
        values("includeUsers", &["All"], YES),
        values("includeUsers", &["None"], NO),
        values("includeUsers", &["GuestsOrExternalUsers", "id"], BOTH),
        values("excludeUsers", &["GuestsOrExternalUsers", "id"], BOTH),
        values("includeGroups", &["id"], BOTH),
        values("excludeGroups", &["id"], BOTH),
        values("includeRoles", &["id"], BOTH),
        values("excludeRoles", &["id"], BOTH),
        values("includeGuestsOrExternalUsers", &kinds, ALL),
        values("excludeGuestsOrExternalUsers", &kinds, ALL),
        values("includeGuestsOrExternalUsers", &["none"], NO),
        values("excludeGuestsOrExternalUsers", &["none"], NO),
        values("externalTenants", &["not configured", "all", "enumerated for an internal guest"], YES),
        values("externalTenants", &["enumerated"], ALL),
    ]
}

fn workload() -> Vec<Wanted> {
    vec![
        values("service principal", &["of this tenant alone"], BOTH),
        values("includeServicePrincipals", &["ServicePrincipalsInMyTenant"], YES),
        values("includeServicePrincipals", &["id"], BOTH),
        values("excludeServicePrincipals", &["id"], BOTH),
        values("servicePrincipalFilter", &["include", "exclude"], BOTH),
        values("servicePrincipalFilter", &["unreadable", "not known"], UNKNOWN),
        values("servicePrincipalRiskLevels", &member_names(RiskLevel::TYPE, &["hidden"]), ALL),
    ]
}

fn what() -> Vec<Wanted> {
    let groups = &["Office365", "MicrosoftAdminPortals", "id"];
    vec![
        values("includeApplications", &["All"], YES),
        values("includeApplications", &["None"], NO),
        values("includeApplications", groups, BOTH),
        values("excludeApplications", groups, BOTH),
        values("no resource", &["All"], BOTH),
        values("applicationFilter", &["include", "exclude"], BOTH),
        values("applicationFilter", &["unreadable", "not known"], UNKNOWN),
        values("authenticationContext", &["id"], BOTH),
        values("includeUserActions", &["urn:user:registersecurityinfo", "urn:user:registerdevice"], ALL),
        values("userAction by includeApplications", &["All"], BOTH),
    ]
}

fn whence() -> Vec<Wanted> {
    let ranges =
        &["iPv4CidrRange", "iPv6CidrRange", "iPv4Range", "iPv6Range", "AllTrusted", "country or unknown"];
    ["includeLocations", "excludeLocations"]
        .into_iter()
        .flat_map(|branch| {
            [
                values(branch, &["All"], YES),
                values(branch, ranges, BOTH),
                values(branch, &["country"], ALL),
                values(branch, &["unreadable range"], &[Truth::Unknown, Truth::Yes]),
                values(branch, &["country by authenticatorAppGps", "missing"], UNKNOWN),
            ]
        })
        .collect()
}

fn how() -> Vec<Wanted> {
    let platforms = member_names(ConditionalAccessDevicePlatform::TYPE, &["all"]);
    let levels = member_names(RiskLevel::TYPE, &["hidden"]);
    let exchange = &["exchangeActiveSync", "easSupported"];
    let clients = member_names(ConditionalAccessClientApp::TYPE, &[&["all"][..], exchange].concat());
    let flows = member_names(ConditionalAccessTransferMethods::TYPE, &["none"]);
    vec![
        values("clientAppTypes", &["all"], YES),
        values("clientAppTypes", exchange, NO),
        values("clientAppTypes", &clients, BOTH),
        values("includePlatforms", &["all"], YES),
        values("excludePlatforms", &["all"], YES),
        values("includePlatforms", &platforms, ALL),
        values("excludePlatforms", &platforms, ALL),
        values("signInRiskLevels", &levels, ALL),
        values("userRiskLevels", &levels, ALL),
        values("insiderRiskLevels", &member_names(ConditionalAccessInsiderRiskLevels::TYPE, &[]), ALL),
        values("transferMethods", &["none"], YES),
        values("transferMethods", &flows, BOTH),
        values("deviceFilter", &["include", "exclude"], BOTH),
        values("deviceFilter", &["unreadable"], UNKNOWN),
    ]
}

fn rule_language() -> Vec<Wanted> {
    let is_negative = |operator: &&&str| operator.starts_with("-n");
    let pick = |wanted: bool| -> Vec<&str> {
        operators().iter().filter(|operator| is_negative(operator) == wanted).copied().collect()
    };
    vec![
        values("rule joined by", &["-and", "-or", "-not"], BOTH),
        values("rule operator", operators(), BOTH),
        values("rule operator on null", &pick(true), YES),
        values("rule operator on null", &pick(false), NO),
        ("rule attribute", attributes(), BOTH),
        values("security operator", operators(), BOTH),
        values("security operator on null", &pick(true), YES),
        values("security operator on null", &pick(false), NO),
        values("security attribute", SECURITY_ATTRIBUTES, BOTH),
    ]
}

fn grant() -> Vec<Wanted> {
    let controls = member_names(ConditionalAccessGrantControl::TYPE, &[]);
    let not_satisfiable = ["block", "approvedApplication", "compliantApplication"];
    let not_askable = ["compliantDevice", "domainJoinedDevice"];
    let satisfiable: Vec<_> =
        controls.iter().copied().filter(|name| !not_satisfiable.contains(name)).collect();
    let askable: Vec<_> = satisfiable.iter().copied().filter(|name| !not_askable.contains(name)).collect();
    let again = &["sign in again", "MFA again"][..];
    let more = &["authenticationStrength", "termsOfUse", "AND", "OR"];
    vec![
        values("control satisfied", &[&satisfiable, &more[..]].concat(), YES),
        values("control asked for", &[&askable, &more[..], again, &["registration"]].concat(), YES),
        values(
            "control impossible",
            &[&controls, &more[..], again, &["registration", "customAuthenticationFactors"]].concat(),
            YES,
        ),
        values("strength", &["missing", "passed", "can be passed", "can be registered", "out of reach"], YES),
        values("limit", &["first factor", "second factor"], BOTH),
    ]
}
