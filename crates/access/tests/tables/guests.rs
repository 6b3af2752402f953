//! §3.3: guests and external users, by kind and by the tenant they come from.

use riskgate_model::ExternalUserKind::{self, *};
use riskgate_model::{ExternalUserFacts, SignInFacts};
use serde_json::{Value, json};

use crate::case::{Case, applies, passes_over};
use crate::common::*;

fn guest(kind: ExternalUserKind, tenant: Option<&str>) -> SignInFacts {
    facts_with(|f| f.user.external = Some(ExternalUserFacts { kind, tenant_id: tenant.map(str::to_owned) }))
}

fn include(types: &str, tenants: Value) -> Value {
    json!({"users": {"includeUsers": [], "includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": types, "externalTenants": tenants}}})
}

fn exclude(types: &str, tenants: Value) -> Value {
    json!({"users": {"excludeGuestsOrExternalUsers": {"guestOrExternalUserTypes": types, "externalTenants": tenants}}})
}

fn all() -> Value {
    json!({"@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants", "membershipKind": "all"})
}

fn only(members: &[&str]) -> Value {
    json!({"@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants", "membershipKind": "enumerated", "members": members})
}

const EVERY_KIND: &str = "internalGuest,b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser,otherExternalUser,serviceProvider";

pub fn cases() -> Vec<Case> {
    let keyword = || json!({"users": {"includeUsers": ["GuestsOrExternalUsers"]}});
    let except_keyword = || json!({"users": {"excludeUsers": ["GuestsOrExternalUsers"]}});
    let user_type_guest = || facts_with(|f| f.user.is_guest = true);
    vec![
        passes_over("§3.3 The keyword names no member", facts(), keyword()),
        applies("§3.3 The keyword names who is a guest by userType", user_type_guest(), keyword()),
        applies(
            "§3.3 The keyword names an external member",
            guest(B2bCollaborationMember, Some(TENANT)),
            keyword(),
        ),
        applies("§3.3 The keyword names a service provider", guest(ServiceProvider, None), keyword()),
        passes_over("§3.3 The excluded keyword lets guests out", user_type_guest(), except_keyword()),
        passes_over(
            "§3.3 The excluded keyword lets external members out",
            guest(B2bCollaborationMember, None),
            except_keyword(),
        ),
        applies("§3.3 The excluded keyword lets no member out", facts(), except_keyword()),
        applies("§3.3 All names guests too", user_type_guest(), json!({})),
        applies("§3.3 internalGuest", guest(InternalGuest, None), include("internalGuest", Value::Null)),
        applies(
            "§3.3 b2bCollaborationGuest",
            guest(B2bCollaborationGuest, Some(TENANT)),
            include("b2bCollaborationGuest", Value::Null),
        ),
        applies(
            "§3.3 b2bCollaborationMember",
            guest(B2bCollaborationMember, Some(TENANT)),
            include("b2bCollaborationMember", Value::Null),
        ),
        applies(
            "§3.3 b2bDirectConnectUser",
            guest(B2bDirectConnectUser, Some(TENANT)),
            include("b2bDirectConnectUser", Value::Null),
        ),
        applies(
            "§3.3 otherExternalUser",
            guest(OtherExternalUser, Some(TENANT)),
            include("otherExternalUser", Value::Null),
        ),
        applies(
            "§3.3 serviceProvider",
            guest(ServiceProvider, Some(TENANT)),
            include("serviceProvider", Value::Null),
        ),
        passes_over(
            "§3.3 Kinds are exact",
            guest(B2bCollaborationGuest, Some(TENANT)),
            include("b2bCollaborationMember,serviceProvider", Value::Null),
        ),
        applies(
            "§3.1.3 Kinds are ORed",
            guest(ServiceProvider, Some(TENANT)),
            include("internalGuest,serviceProvider", Value::Null),
        ),
        passes_over("§3.3 No kind names a member", facts(), include(EVERY_KIND, Value::Null)),
        passes_over("§3.3 none names nobody", guest(InternalGuest, None), include("none", Value::Null)),
        applies(
            "§3.3 All tenants are any tenant",
            guest(B2bCollaborationGuest, Some(OTHER_TENANT)),
            include(EVERY_KIND, all()),
        ),
        applies(
            "§3.3 All tenants need no known one",
            guest(B2bCollaborationGuest, None),
            include(EVERY_KIND, all()),
        ),
        applies(
            "§3.3 A named tenant",
            guest(B2bCollaborationGuest, Some(TENANT)),
            include(EVERY_KIND, only(&[TENANT])),
        ),
        applies(
            "§3.3 A named tenant in capitals is the same",
            guest(B2bCollaborationGuest, Some(&TENANT.to_uppercase())),
            include(EVERY_KIND, only(&[TENANT])),
        ),
        passes_over(
            "§3.3 Another tenant than the named one",
            guest(B2bCollaborationGuest, Some(OTHER_TENANT)),
            include(EVERY_KIND, only(&[TENANT])),
        ),
        applies(
            "§3.1.3 Tenants are ORed",
            guest(B2bCollaborationGuest, Some(OTHER_TENANT)),
            include(EVERY_KIND, only(&[TENANT, OTHER_TENANT])),
        ),
        passes_over(
            "§3.3 Kind and tenant are both needed",
            guest(B2bCollaborationGuest, Some(TENANT)),
            include("serviceProvider", only(&[TENANT])),
        ),
        applies(
            "§3.3 An internal guest has no tenant to be restricted",
            guest(InternalGuest, None),
            include(EVERY_KIND, only(&[TENANT])),
        ),
        applies(
            "§3.2 A tenant that is not known counts as included",
            guest(B2bCollaborationGuest, None),
            include(EVERY_KIND, only(&[TENANT])),
        ),
        passes_over(
            "§3.1.3 An excluded kind is out",
            guest(B2bCollaborationGuest, Some(TENANT)),
            exclude("b2bCollaborationGuest", Value::Null),
        ),
        passes_over(
            "§3.1.3 An excluded kind of a named tenant is out",
            guest(B2bCollaborationGuest, Some(TENANT)),
            exclude(EVERY_KIND, only(&[TENANT])),
        ),
        applies(
            "§3.1.3 Excluding one tenant keeps the others",
            guest(B2bCollaborationGuest, Some(OTHER_TENANT)),
            exclude(EVERY_KIND, only(&[TENANT])),
        ),
        applies(
            "§3.2 A tenant that is not known counts as not excluded",
            guest(B2bCollaborationGuest, None),
            exclude(EVERY_KIND, only(&[TENANT])),
        ),
        passes_over(
            "§3.3 An internal guest is excluded whatever tenants are named",
            guest(InternalGuest, None),
            exclude("internalGuest", only(&[TENANT])),
        ),
        applies(
            "§3.2 A guest of unknown kind counts as included",
            user_type_guest(),
            include("b2bCollaborationGuest", Value::Null),
        ),
        applies(
            "§3.2 A guest of unknown kind counts as not excluded",
            user_type_guest(),
            exclude(EVERY_KIND, Value::Null),
        ),
    ]
}
