//! The small world of all tests: who and what there is.

use std::sync::{Arc, LazyLock};

use riskgate_access::{MICROSOFT_ADMIN_PORTAL_APP_IDS, OFFICE365_APP_IDS};
use riskgate_core::Timestamp;
use riskgate_model::*;
use serde_json::{Value, json};

use super::Tenant;

pub const USER: &str = "aaaaaaaa-0000-4000-8000-000000000001";
pub const OTHER_USER: &str = "aaaaaaaa-0000-4000-8000-000000000002";
pub const THIRD_USER: &str = "aaaaaaaa-0000-4000-8000-000000000003";
pub const GROUP: &str = "bbbbbbbb-0000-4000-8000-000000000001";
pub const OTHER_GROUP: &str = "bbbbbbbb-0000-4000-8000-000000000002";
pub const GROUPS: &[&str] = &[GROUP, OTHER_GROUP];
pub const ROLE: &str = "62e90394-69f5-4237-9190-012177145e10";
pub const OTHER_ROLE: &str = "194ae4cb-b126-40b2-bd5b-6091b380977d";
pub const ROLES: &[&str] = &[ROLE, OTHER_ROLE];
pub const APP: &str = "cccccccc-0000-4000-8000-000000000001";
pub const OTHER_APP: &str = "cccccccc-0000-4000-8000-000000000002";
/// Microsoft Graph, which is no admin portal.
pub const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
pub const TENANT: &str = "12121212-0000-4000-8000-000000000001";
pub const OTHER_TENANT: &str = "12121212-0000-4000-8000-000000000002";
pub const TENANTS: &[&str] = &[TENANT, OTHER_TENANT];
pub const CONTEXTS: &[&str] = &["c1", "c2", "c99"];
pub const AGREEMENT: &str = "34343434-0000-4000-8000-000000000001";
pub const OTHER_AGREEMENT: &str = "34343434-0000-4000-8000-000000000002";
pub const AGREEMENTS: &[&str] = &[AGREEMENT, OTHER_AGREEMENT];
pub const SERVICE_PRINCIPAL: &str = "56565656-0000-4000-8000-000000000001";
pub const OTHER_SERVICE_PRINCIPAL: &str = "56565656-0000-4000-8000-000000000002";
pub const SERVICE_PRINCIPALS: &[&str] = &[SERVICE_PRINCIPAL, OTHER_SERVICE_PRINCIPAL];

/// Trusted, IPv4 and IPv6 in CIDR notation.
pub const OFFICE: &str = "dddddddd-0000-4000-8000-000000000001";
/// Norway.
pub const COUNTRY: &str = "dddddddd-0000-4000-8000-000000000002";
/// Norway, or anywhere unknown.
pub const COUNTRY_OR_UNKNOWN: &str = "dddddddd-0000-4000-8000-000000000003";
/// Norway by the telephone's position, which nobody here knows.
pub const COUNTRY_BY_GPS: &str = "dddddddd-0000-4000-8000-000000000004";
/// Not trusted; from one IPv4 address to another.
pub const BRANCH: &str = "dddddddd-0000-4000-8000-000000000005";
/// Trusted; from one IPv6 address to another.
pub const LABORATORY: &str = "dddddddd-0000-4000-8000-000000000006";
/// Not trusted; IPv6 in CIDR notation.
pub const WAREHOUSE: &str = "dddddddd-0000-4000-8000-000000000007";
/// Of two ranges of which nobody can read the second; validation refuses it.
pub const BROKEN: &str = "dddddddd-0000-4000-8000-000000000008";
pub const LOCATIONS: &[&str] =
    &[OFFICE, COUNTRY, COUNTRY_OR_UNKNOWN, COUNTRY_BY_GPS, BRANCH, LABORATORY, WAREHOUSE, BROKEN];
/// Of nothing there is.
pub const MISSING: &str = "dddddddd-0000-4000-8000-00000000dead";

/// In the office, the branch, the laboratory and the warehouse, at their borders, and nowhere.
pub const ADDRESSES: &[&str] = &[
    "192.0.2.77",
    "::ffff:192.0.2.1",
    "198.51.100.10",
    "198.51.100.20",
    "198.51.100.21",
    "2001:db8:1::a",
    "2001:db8:1::c",
    "2001:db8:2::5",
    "203.0.113.7",
    "2001:db8:ffff::1",
];

pub const MFA_STRENGTH: &str = "00000000-0000-0000-0000-000000000002";
pub const PASSWORDLESS_STRENGTH: &str = "00000000-0000-0000-0000-000000000003";
pub const PHISHING_RESISTANT_STRENGTH: &str = "00000000-0000-0000-0000-000000000004";
/// A password and a code of an app, nothing else.
pub const CODE_STRENGTH: &str = "78787878-0000-4000-8000-000000000001";
/// A passkey, or a code of an app without a password.
pub const LONE_CODE_STRENGTH: &str = "78787878-0000-4000-8000-000000000002";
/// A password alone, or a passkey.
pub const PASSWORD_STRENGTH: &str = "78787878-0000-4000-8000-000000000003";
/// No combination at all.
pub const EMPTY_STRENGTH: &str = "78787878-0000-4000-8000-000000000004";
pub const STRENGTHS_AND_MISSING: &[&str] = &[
    MFA_STRENGTH,
    MFA_STRENGTH,
    PASSWORDLESS_STRENGTH,
    PHISHING_RESISTANT_STRENGTH,
    CODE_STRENGTH,
    LONE_CODE_STRENGTH,
    PASSWORD_STRENGTH,
    EMPTY_STRENGTH,
    MISSING,
];

/// What attributes of devices hold and rules compare with: words that begin, end with and contain one another.
pub const DEVICE_VALUES: &[&str] =
    &["Contoso", "Contoso Pro", "Pro", "pro", "Windows", "Company", "AzureAD", "ServerAD"];

/// Custom security attributes: sets and names as rules name them.
pub const SECURITY_ATTRIBUTES: &[&str] = &["Team_Project", "Team_Tags", "Audit_Level"];
/// What they hold and rules compare with.
pub const SECURITY_VALUES: &[&str] = &["Atlas", "Atlas Two", "Two", "two", "High"];

/// The moment of every sign-in.
pub fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

/// `appId`s that are asked for.
pub fn resources() -> Vec<&'static str> {
    vec![APP, APP, OTHER_APP, GRAPH, OFFICE365_APP_IDS[0], MICROSOFT_ADMIN_PORTAL_APP_IDS[0]]
}

/// The locations and strengths, with these policies.
pub fn tenant(policies: Vec<ConditionalAccessPolicy>) -> Tenant {
    static LOCATIONS: LazyLock<Arc<[AnyNamedLocation]>> = LazyLock::new(locations);
    static STRENGTHS: LazyLock<Arc<[AuthenticationStrengthPolicy]>> = LazyLock::new(strengths);
    Tenant { policies, locations: LOCATIONS.clone(), strengths: STRENGTHS.clone() }
}

pub fn locations() -> Arc<[AnyNamedLocation]> {
    let addresses = |id: &str, name: &str, is_trusted: bool, ranges: Value| {
        json!({"@odata.type": "#microsoft.graph.ipNamedLocation", "id": id, "displayName": name,
            "isTrusted": is_trusted, "ipRanges": ranges})
    };
    let countries = |id: &str, includes_unknown: bool, method: &str| {
        json!({"@odata.type": "#microsoft.graph.countryNamedLocation", "id": id, "displayName": "Norway",
            "countriesAndRegions": ["NO"], "countryLookupMethod": method,
            "includeUnknownCountriesAndRegions": includes_unknown})
    };
    let cidr = |version, text| json!({"@odata.type": format!("#microsoft.graph.iPv{version}CidrRange"), "cidrAddress": text});
    let range = |version, lower, upper| json!({"@odata.type": format!("#microsoft.graph.iPv{version}Range"), "lowerAddress": lower, "upperAddress": upper});
    [
        addresses(OFFICE, "Office", true, json!([cidr(4, "192.0.2.9/24")])),
        countries(COUNTRY, false, "clientIpAddress"),
        countries(COUNTRY_OR_UNKNOWN, true, "clientIpAddress"),
        countries(COUNTRY_BY_GPS, false, "authenticatorAppGps"),
        addresses(BRANCH, "Branch", false, json!([range(4, "198.51.100.10", "198.51.100.20")])),
        addresses(LABORATORY, "Laboratory", true, json!([range(6, "2001:db8:1::a", "2001:db8:1::b")])),
        addresses(WAREHOUSE, "Warehouse", false, json!([cidr(6, "2001:db8:2::/48")])),
        addresses(BROKEN, "Broken", false, json!([cidr(4, "203.0.113.0/24"), cidr(4, "198.51.100.0/33")])),
    ]
    .into_iter()
    .map(|location| serde_json::from_value(location).unwrap())
    .collect()
}

fn strengths() -> Arc<[AuthenticationStrengthPolicy]> {
    let strength = |id: &str, requirements: &str, combinations: &[&str]| {
        json!({"id": id, "displayName": id, "policyType": "custom", "requirementsSatisfied": requirements,
            "allowedCombinations": combinations, "createdDateTime": "2021-12-01T00:00:00Z",
            "modifiedDateTime": "2021-12-01T00:00:00Z"})
    };
    let passwordless = ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor", "deviceBasedPush"];
    let mfa = [
        &passwordless[..],
        &[
            "temporaryAccessPassOneTime",
            "password,microsoftAuthenticatorPush",
            "password,softwareOath",
            "password,sms",
        ],
        &[
            "federatedMultiFactor",
            "softwareOath,federatedSingleFactor",
            "microsoftAuthenticatorPush,federatedSingleFactor",
        ],
    ]
    .concat();
    [
        strength(MFA_STRENGTH, "mfa", &mfa),
        strength(PASSWORDLESS_STRENGTH, "mfa", &passwordless),
        strength(PHISHING_RESISTANT_STRENGTH, "mfa", &passwordless[..3]),
        strength(CODE_STRENGTH, "mfa", &["password,softwareOath"]),
        strength(LONE_CODE_STRENGTH, "mfa", &["fido2", "softwareOath"]),
        strength(PASSWORD_STRENGTH, "none", &["password", "fido2"]),
        strength(EMPTY_STRENGTH, "none", &[]),
    ]
    .into_iter()
    .map(|strength| serde_json::from_value(strength).unwrap())
    .collect()
}
