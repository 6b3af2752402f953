mod attributes;
mod constant;
mod evaluation;
mod parsing;
mod properties;
mod security_attributes;

use riskgate_model::DeviceFacts;

use super::DeviceFilterRule;

fn matches(rule: &str, device: Option<&DeviceFacts>) -> bool {
    DeviceFilterRule::parse(rule).unwrap_or_else(|error| panic!("{rule}: {error}")).matches(device)
}

fn refusal(rule: &str) -> String {
    DeviceFilterRule::parse(rule).expect_err(rule).to_string()
}

/// A compliant device with a value for every attribute.
fn full_device() -> DeviceFacts {
    let text = |value: &str| Some(value.to_owned());
    DeviceFacts {
        device_id: text("9C0E5A1F-0000-4000-8000-000000000001"),
        display_name: text("LAPTOP-17"),
        device_ownership: text("Company"),
        enrollment_profile_name: text("Factory"),
        is_compliant: Some(true),
        is_managed: Some(true),
        manufacturer: text("Contoso"),
        mdm_app_id: text("0000000a-0000-0000-c000-000000000000"),
        model: text("Größe 5"),
        operating_system: text("Windows"),
        operating_system_version: text("10.0.22631.1"),
        physical_ids: vec!["[USER-GID]:1".to_owned(), "[ZTDID]:2".to_owned()],
        profile_type: text("RegisteredDevice"),
        system_labels: vec!["M365Managed".to_owned(), "MultiUser".to_owned()],
        trust_type: text("AzureAD"),
        extension_attributes: (1..=15).map(|number| (number, format!("value {number}"))).collect(),
    }
}
