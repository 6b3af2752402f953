use riskgate_core::{Timestamp, is_guid};
use riskgate_model::{AlternativeSecurityId, Device, GraphType};
use serde_json::Value as Json;

use crate::properties::{ResourceRules, Rule, any};

/// What may be written into a device that is new.
pub(super) static NEW_DEVICE_RULES: ResourceRules = ResourceRules {
    resource: "Device",
    declared: <Device as GraphType>::TYPE,
    required: &["accountEnabled", "deviceId", "displayName", "operatingSystem", "operatingSystemVersion"],
    rule: |name| match name {
        "deviceId" => Rule::Text(36, is_guid, "A GUID is expected."),
        _ => rule(name),
    },
};

/// What may be written into a device that exists.
pub(super) static DEVICE_RULES: ResourceRules = ResourceRules {
    resource: "Device",
    declared: <Device as GraphType>::TYPE,
    required: &["accountEnabled", "displayName", "operatingSystem", "operatingSystemVersion"],
    rule,
};

fn rule(name: &str) -> Rule {
    match name {
        "accountEnabled" | "isCompliant" | "isManaged" | "isRooted" => Rule::Flag,
        "alternativeSecurityIds" => {
            Rule::Value(are_keys, "At most 10 keys in base64 with a type are expected.")
        }
        "complianceExpirationDateTime" => Rule::Value(
            |value| value.as_str().is_some_and(|text| text.parse::<Timestamp>().is_ok()),
            "A date-time such as 2026-11-23T10:00:00Z is expected.",
        ),
        "deviceOwnership" => Rule::Text(
            8,
            |text| is_one_of(text, &["Company", "Personal", "Unknown"]),
            "Company, Personal or Unknown is expected.",
        ),
        "displayName"
        | "enrollmentProfileName"
        | "manufacturer"
        | "model"
        | "operatingSystem"
        | "operatingSystemVersion" => Rule::Text(256, any, ""),
        "deviceCategory" | "enrollmentType" | "managementType" => Rule::Text(128, any, ""),
        "extensionAttributes" => Rule::Parts(1024),
        "mdmAppId" => Rule::Text(36, is_guid, "A GUID is expected."),
        "physicalIds" | "systemLabels" => Rule::Texts(64, 512),
        "profileType" => Rule::Text(
            16,
            |text| is_one_of(text, &["RegisteredDevice", "SecureVM", "Printer", "Shared", "IoT"]),
            "RegisteredDevice, SecureVM, Printer, Shared or IoT is expected.",
        ),
        "trustType" => Rule::Text(
            9,
            |text| is_one_of(text, &["AzureAD", "ServerAD", "Workplace"]),
            "AzureAD, ServerAD or Workplace is expected.",
        ),
        _ => Rule::ReadOnly,
    }
}

fn is_one_of(text: &str, names: &[&str]) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(text))
}

fn are_keys(value: &Json) -> bool {
    serde_json::from_value::<Vec<AlternativeSecurityId>>(value.clone()).is_ok_and(|keys| {
        let is_key = |key: &AlternativeSecurityId| {
            let text = key.key.as_deref().unwrap_or_default();
            let is_base64 = |b: u8| b.is_ascii_alphanumeric() || b"+/=-_".contains(&b);
            let provider = key.identity_provider.as_deref().unwrap_or_default();
            key.type_.is_some()
                && (1..=4096).contains(&text.len())
                && text.bytes().all(is_base64)
                && provider.len() <= 256
        };
        keys.len() <= 10 && keys.iter().all(is_key)
    })
}
