//! A configuration before it is one, and whether it fits its strength.

use riskgate_core::is_guid;
use riskgate_model::{
    AnyCombinationConfiguration, AuthenticationCombinationConfiguration, AuthenticationMethodModes,
    AuthenticationStrengthPolicy, GraphType,
};
use serde_json::{Map, Value as Json};

use crate::area::Area::ConditionalAccess;
use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;

/// Most items of each list.
const MOST: usize = 100;
/// Most characters of an item, far above what an object identifier (X.660) or a key identifier (RFC 5280 §4.2.1.2) needs.
const LONGEST: usize = 128;

/// The properties a client sent, as the schema has them, with `@odata.type`.
///
/// # Errors
/// 400 with the place of what does not fit.
pub(super) fn properties(sent: Map<String, Json>) -> Result<Map<String, Json>, GraphError> {
    let conforming = conform(sent, AuthenticationCombinationConfiguration::TYPE);
    let mut properties = conforming.map_err(|found| ConditionalAccess.bad_request(found.to_string()))?;
    properties.remove("id");
    Ok(properties)
}

/// A new configuration.
///
/// # Errors
/// 400 if it is not one.
pub(super) fn new(call: &Call, sent: Map<String, Json>) -> Result<AnyCombinationConfiguration, GraphError> {
    let mut properties = properties(sent)?;
    properties.insert("id".to_owned(), Json::from(call.service.api.rng.guid()));
    configuration(properties)
}

/// The configuration that properties make up, its combinations in the usual order of methods.
///
/// # Errors
/// 400 if one of them is none.
pub(super) fn configuration(
    properties: Map<String, Json>,
) -> Result<AnyCombinationConfiguration, GraphError> {
    let mut configuration = serde_json::from_value(Json::Object(properties))
        .map_err(|error| refused(format!("The combination configuration is not valid: {error}.")))?;
    let combinations = match &mut configuration {
        AnyCombinationConfiguration::Fido2(own) => &mut own.applies_to_combinations,
        AnyCombinationConfiguration::X509Certificate(own) => &mut own.applies_to_combinations,
    };
    *combinations = super::super::body::combinations(combinations)?;
    Ok(configuration)
}

/// Whether a configuration fits the strength, whose configurations are the other ones.
///
/// # Errors
/// 400 with what is wrong.
pub(super) fn check(
    strength: &AuthenticationStrengthPolicy,
    configuration: &AnyCombinationConfiguration,
) -> Result<(), GraphError> {
    for combination in configuration.applies_to() {
        let name = String::from(combination.clone());
        if !strength.allowed_combinations.contains(combination) {
            return Err(refused(format!("The strength does not allow the combination '{name}'.")));
        }
        if !is_about(configuration, combination) {
            return Err(refused(format!(
                "This kind of configuration does not apply to the combination '{name}'."
            )));
        }
        let mut others = strength.combination_configurations.iter();
        if others.any(|other| other.applies_to().contains(combination)) {
            return Err(refused(format!(
                "Another configuration applies to the combination '{name}' already."
            )));
        }
    }
    check_lists(configuration)
}

fn is_about(configuration: &AnyCombinationConfiguration, combination: &AuthenticationMethodModes) -> bool {
    let members = combination.members();
    match configuration {
        AnyCombinationConfiguration::Fido2(_) => members.contains(&"fido2"),
        AnyCombinationConfiguration::X509Certificate(_) => {
            members.iter().any(|member| member.starts_with("x509Certificate"))
        }
    }
}

fn check_lists(configuration: &AnyCombinationConfiguration) -> Result<(), GraphError> {
    match configuration {
        AnyCombinationConfiguration::Fido2(own) => {
            not_empty(own.allowed_aaguids.is_empty(), "'allowedAAGUIDs'")?;
            list("allowedAAGUIDs", &own.allowed_aaguids, is_guid, "the AAGUID of an authenticator")
        }
        AnyCombinationConfiguration::X509Certificate(own) => {
            let (issuers, policies) = (&own.allowed_issuer_skis, &own.allowed_policy_oids);
            not_empty(
                issuers.is_empty() && policies.is_empty(),
                "'allowedIssuerSkis' or 'allowedPolicyOIDs'",
            )?;
            list(
                "allowedIssuerSkis",
                issuers,
                is_key_identifier,
                "a subject key identifier in hexadecimal digits",
            )?;
            list(
                "allowedPolicyOIDs",
                policies,
                is_object_identifier,
                "an object identifier such as 2.5.29.32.0",
            )
        }
    }
}

fn not_empty(is_empty: bool, names: &str) -> Result<(), GraphError> {
    if is_empty { Err(refused(format!("{names} must have at least one item."))) } else { Ok(()) }
}

fn list(name: &str, items: &[String], is_right: fn(&str) -> bool, expected: &str) -> Result<(), GraphError> {
    if items.len() > MOST {
        return Err(refused(format!("'{name}' must have at most {MOST} items.")));
    }
    match items.iter().find(|item| item.len() > LONGEST || !is_right(item)) {
        None => Ok(()),
        Some(item) => {
            let item: String = item.chars().take(64).collect();
            Err(refused(format!("'{item}' in '{name}' is not {expected}.")))
        }
    }
}

fn is_key_identifier(text: &str) -> bool {
    !text.is_empty() && text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_object_identifier(text: &str) -> bool {
    let mut parts = text.split('.');
    let is_number = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    matches!(parts.next(), Some("0" | "1" | "2")) && text.contains('.') && parts.all(is_number)
}

fn refused(problem: String) -> GraphError {
    ConditionalAccess.bad_request(problem.replace('`', "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_of_certificates_are_recognised() {
        for oid in ["2.5.29.32.0", "1.3", "0.9.2342.19200300"] {
            assert!(is_object_identifier(oid), "{oid}");
        }
        for oid in ["", "1", "3.1", "1.", "1..2", ".1", "1.02", "1.a"] {
            assert!(!is_object_identifier(oid), "{oid}");
        }
        assert!(is_key_identifier("9A4248C6AC8C2931AB2A86537818E92E7B6C97B6"));
        for ski in ["", "9", "9A:42", "xyz0"] {
            assert!(!is_key_identifier(ski), "{ski}");
        }
    }
}
