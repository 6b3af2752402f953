//! What of a stored document goes out: declared properties only, in declared order, masked and selected.

use riskgate_model::schema::{Edm, EnumType, Property, StructuredType, TypeKind};
use riskgate_model::{
    AuthenticationCombinationConfiguration, AuthenticationMethodConfiguration, AuthenticationMethodTarget,
    AuthenticationStrengthPolicy, GraphType, MicrosoftAuthenticatorAuthenticationMethodTarget,
    PasskeyAuthenticationMethodTarget, SmsAuthenticationMethodTarget, schema_types,
};
use riskgate_odata::Selection;
use serde_json::{Map, Value as Json};

/// How documents are shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'a> {
    /// `$select`.
    pub(crate) selection: Option<&'a Selection>,
    /// Whether enumeration members after `unknownFutureValue` are shown as they are.
    pub(crate) future: bool,
    /// Whether the type of an object is always written, as in sets of different types.
    pub(crate) typed: bool,
}

/// Properties that are only shown when they have a value: the service's own answers leave them out otherwise.
const SHOWN_WITH_VALUE: [&str; 2] = ["deletedDateTime", "description"];
/// Properties that only `$select` by name shows, not `*`.
const SHOWN_BY_NAME: [&str; 1] = ["customSecurityAttributes"];
/// Types whose `description` is nevertheless always shown, being part of their default properties.
const DESCRIBED: [&str; 6] = [
    "attributeSet",
    "customSecurityAttributeDefinition",
    "group",
    "directoryRole",
    "directoryRoleTemplate",
    "unifiedRoleDefinition",
];

/// Navigation properties that are written inline (contract §1.2.2): owner, name, type they lead to.
static INLINED: [(&str, &str, &StructuredType); 10] = [
    ("conditionalAccessGrantControls", "authenticationStrength", AuthenticationStrengthPolicy::TYPE),
    (
        "authenticationStrengthPolicy",
        "combinationConfigurations",
        AuthenticationCombinationConfiguration::TYPE,
    ),
    (
        "authenticationMethodsPolicy",
        "authenticationMethodConfigurations",
        AuthenticationMethodConfiguration::TYPE,
    ),
    ("fido2AuthenticationMethodConfiguration", "includeTargets", PasskeyAuthenticationMethodTarget::TYPE),
    (
        "microsoftAuthenticatorAuthenticationMethodConfiguration",
        "includeTargets",
        MicrosoftAuthenticatorAuthenticationMethodTarget::TYPE,
    ),
    ("smsAuthenticationMethodConfiguration", "includeTargets", SmsAuthenticationMethodTarget::TYPE),
    ("softwareOathAuthenticationMethodConfiguration", "includeTargets", AuthenticationMethodTarget::TYPE),
    (
        "temporaryAccessPassAuthenticationMethodConfiguration",
        "includeTargets",
        AuthenticationMethodTarget::TYPE,
    ),
    ("emailAuthenticationMethodConfiguration", "includeTargets", AuthenticationMethodTarget::TYPE),
    ("voiceAuthenticationMethodConfiguration", "includeTargets", AuthenticationMethodTarget::TYPE),
];

impl View<'_> {
    /// The document as an object of `declared`, or of the type derived from it that `@odata.type` names.
    pub(crate) fn entity(&self, document: &Json, declared: &'static StructuredType) -> Map<String, Json> {
        let actual = actual_type(document, declared);
        let key = key_of(actual);
        let mut shown = Map::new();
        if self.typed || declared.is_abstract || actual.name != declared.name {
            shown.insert("@odata.type".to_owned(), Json::from(format!("#microsoft.graph.{}", actual.name)));
        }
        if let Some(value) = key.and_then(|key| document.get(key).map(|value| (key, value))) {
            shown.insert(value.0.to_owned(), value.1.clone());
        }
        for property in actual.all_properties() {
            if Some(property.name) != key && self.shows(actual, property, document) {
                shown.insert(property.name.to_owned(), self.property(document.get(property.name), property));
            }
        }
        if self.selection.is_none() {
            shown.extend(self.inlined(document, actual));
        }
        shown
    }

    fn shows(&self, actual: &'static StructuredType, property: &Property, document: &Json) -> bool {
        match self.selection {
            Some(selection) if !selection.all => selection.contains(property.name),
            Some(_) => !SHOWN_BY_NAME.contains(&property.name),
            None if property.select_only => false,
            None => {
                let is_optional = SHOWN_WITH_VALUE.contains(&property.name)
                    && !(property.name == "description" && DESCRIBED.contains(&actual.name));
                !is_optional || document.get(property.name).is_some_and(|value| !value.is_null())
            }
        }
    }

    fn property(&self, value: Option<&Json>, property: &'static Property) -> Json {
        match value {
            Some(Json::Array(items)) if property.is_collection => {
                items.iter().map(|item| self.value(item, property.edm)).collect()
            }
            None | Some(Json::Null) if property.is_collection => Json::Array(Vec::new()),
            None | Some(Json::Null) => Json::Null,
            Some(value) => self.value(value, property.edm),
        }
    }

    fn value(&self, value: &Json, edm: Edm) -> Json {
        match (edm, value) {
            (Edm::Complex(declared), Json::Object(_)) => Json::Object(self.complex(value, declared)),
            (Edm::Enum(declared), Json::String(text)) if !self.future => Json::from(mask(declared, text)),
            (_, value) => value.clone(),
        }
    }

    /// The document as a value of the complex type `declared`, or of the type derived from it that `@odata.type` names.
    pub(crate) fn complex(&self, document: &Json, declared: &'static StructuredType) -> Map<String, Json> {
        let actual = actual_type(document, declared);
        if actual.is_open {
            return document.as_object().cloned().unwrap_or_default();
        }
        let mut shown = Map::new();
        if declared.is_abstract {
            shown.insert("@odata.type".to_owned(), Json::from(format!("#microsoft.graph.{}", actual.name)));
        }
        for property in actual.all_properties() {
            shown.insert(property.name.to_owned(), self.property(document.get(property.name), property));
        }
        shown.extend(self.inlined(document, actual));
        shown
    }

    /// Navigation properties that the service writes inline all the same.
    fn inlined(&self, document: &Json, owner: &'static StructuredType) -> Vec<(String, Json)> {
        let of_owner = INLINED.iter().filter(|(of, ..)| *of == owner.name);
        let shown = |value: &Json, target| match value {
            Json::Object(_) => {
                Json::Object(View { selection: None, typed: false, ..*self }.entity(value, target))
            }
            _ => Json::Null,
        };
        let show = |(_, name, target): &(&str, &'static str, &'static StructuredType)| {
            let value = match document.get(*name) {
                Some(Json::Array(items)) => items.iter().map(|item| shown(item, target)).collect(),
                value => shown(value.unwrap_or(&Json::Null), target),
            };
            ((*name).to_owned(), value)
        };
        of_owner.map(show).collect()
    }
}

/// The name of the key property.
pub(crate) fn key_of(declared: &'static StructuredType) -> Option<&'static str> {
    declared.chain().find_map(|t| match t.kind {
        TypeKind::EntityWithKey(key) => Some(key),
        _ => None,
    })
}

/// The type a document says it is, if that is one derived from the declared type.
fn actual_type(document: &Json, declared: &'static StructuredType) -> &'static StructuredType {
    let Some(name) = document.get("@odata.type").and_then(Json::as_str) else { return declared };
    let name = name.rsplit_once('.').map_or(name, |(_, name)| name);
    let named = schema_types().into_iter().find(|t| t.name == name);
    named.filter(|t| t.chain().any(|base| base.name == declared.name)).unwrap_or(declared)
}

/// An enumeration value for a client that does not know members after `unknownFutureValue` (contract §3.4).
fn mask(declared: &'static EnumType, text: &str) -> String {
    let Some(future) = declared.future() else { return text.to_owned() };
    let unknown = declared.members.iter().find(|(_, number)| *number == future).map_or("", |(name, _)| name);
    let mut names: Vec<&str> = text
        .split(',')
        .map(|name| match declared.member(name) {
            Some((_, number)) if number > future => unknown,
            _ => name,
        })
        .collect();
    names.dedup();
    names.join(",")
}

#[cfg(test)]
mod tests {
    use riskgate_model::{NamedLocation, RiskDetection, SignIn, User};
    use serde_json::json;

    use super::*;

    const PLAIN: View<'static> = View { selection: None, future: false, typed: false };

    #[test]
    fn undeclared_members_stay_inside() {
        let shown = PLAIN.entity(&json!({ "id": "1", "@riskgate.evidence": {}, "secret": 1 }), SignIn::TYPE);
        assert!(!shown.contains_key("@riskgate.evidence") && !shown.contains_key("secret"));
        assert_eq!(shown["riskEventTypes_v2"], json!([]));
        assert_eq!(shown["location"], json!(null));
        assert_eq!(shown.keys().next().unwrap(), "id");
    }

    #[test]
    fn members_after_unknown_future_value_are_masked_unless_asked_for() {
        let detection = json!({ "id": "1", "riskDetail": "adminConfirmedAccountSafe", "riskLevel": "none",
            "tokenIssuerType": "AzureADBackupAuth" });
        let shown = PLAIN.entity(&detection, RiskDetection::TYPE);
        assert_eq!(shown["riskDetail"], "unknownFutureValue");
        assert_eq!(shown["tokenIssuerType"], "UnknownFutureValue");
        assert_eq!(shown["riskLevel"], "none");
        let shown = View { future: true, ..PLAIN }.entity(&detection, RiskDetection::TYPE);
        assert_eq!(shown["riskDetail"], "adminConfirmedAccountSafe");
        let sign_in =
            json!({ "id": "1", "appliedConditionalAccessPolicies": [{ "result": "reportOnlyFailure" }] });
        let shown = PLAIN.entity(&sign_in, SignIn::TYPE);
        assert_eq!(shown["appliedConditionalAccessPolicies"][0]["result"], "unknownFutureValue");
    }

    #[test]
    fn a_derived_type_is_named_and_shown_with_its_properties() {
        let document = json!({ "@odata.type": "#microsoft.graph.ipNamedLocation", "id": "1", "isTrusted": true,
            "ipRanges": [{ "@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24" }] });
        let shown = PLAIN.entity(&document, NamedLocation::TYPE);
        assert_eq!(shown["@odata.type"], "#microsoft.graph.ipNamedLocation");
        assert_eq!(shown["ipRanges"], document["ipRanges"]);
        assert_eq!(shown["isTrusted"], true);
    }

    #[test]
    fn a_user_has_default_properties_and_others_by_selection() {
        let user =
            json!({ "id": "1", "displayName": "Ada", "accountEnabled": true, "passwordProfile": null });
        let shown = PLAIN.entity(&user, User::TYPE);
        let mut names: Vec<_> = shown.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "businessPhones",
                "displayName",
                "givenName",
                "id",
                "jobTitle",
                "mail",
                "mobilePhone",
                "officeLocation",
                "preferredLanguage",
                "surname",
                "userPrincipalName"
            ]
        );
        let selection = Selection { all: false, names: vec!["accountEnabled", "deletedDateTime"] };
        let shown = View { selection: Some(&selection), ..PLAIN }.entity(&user, User::TYPE);
        assert_eq!(
            Json::Object(shown),
            json!({ "id": "1", "accountEnabled": true, "deletedDateTime": null })
        );
    }
}
