//! Every attribute is read from the right place.

use riskgate_model::DeviceFacts;

use super::{full_device, matches};
use crate::filter_rule::DeviceFilterRule;
use crate::filter_rule::device_attribute::DeviceAttribute;

/// Name in rules, the value in [`full_device`], whether it is a collection.
const VALUES: [(&str, &str, bool); 13] = [
    ("deviceId", "9c0e5a1f-0000-4000-8000-000000000001", false),
    ("displayName", "LAPTOP-17", false),
    ("deviceOwnership", "Company", false),
    ("enrollmentProfileName", "Factory", false),
    ("manufacturer", "Contoso", false),
    ("mdmAppId", "0000000A-0000-0000-C000-000000000000", false),
    ("model", "Größe 5", false),
    ("operatingSystem", "Windows", false),
    ("operatingSystemVersion", "10.0.22631.1", false),
    ("physicalIds", "[USER-GID]:1", true),
    ("profileType", "RegisteredDevice", false),
    ("systemLabels", "M365Managed", true),
    ("trustType", "AzureAD", false),
];

fn rules() -> Vec<(String, String)> {
    let extension = |number: u8| (format!("extensionAttribute{number}"), format!("-eq \"value {number}\""));
    VALUES
        .into_iter()
        .map(|(name, value, is_collection)| {
            (name.to_owned(), format!("{} \"{value}\"", if is_collection { "-contains" } else { "-eq" }))
        })
        .chain((1..=15).map(extension))
        .chain([("isCompliant".to_owned(), "-eq True".to_owned())])
        .collect()
}

#[test]
fn every_attribute_can_be_asked_for() {
    let (full, empty) = (full_device(), DeviceFacts::default());
    let rules = rules();
    assert_eq!(rules.len(), DeviceAttribute::all().count());
    for (name, comparison) in &rules {
        let rule = format!("device.{name} {comparison}");
        assert!(matches(&rule, Some(&full)), "{rule}");
        assert!(!matches(&rule, Some(&empty)), "{rule} of a device without attributes");
        assert!(!matches(&rule, None), "{rule} of an unregistered device");
        let attributes = DeviceFilterRule::parse(&rule).unwrap().attributes();
        assert_eq!(attributes.iter().map(ToString::to_string).collect::<Vec<_>>(), [name.as_str()]);
    }
}

#[test]
fn an_attribute_is_not_taken_for_another() {
    for (name, comparison) in rules() {
        let rule = format!("device.{name} {comparison}");
        let mut device = full_device();
        match name.as_str() {
            "deviceId" => device.device_id = None,
            "displayName" => device.display_name = None,
            "deviceOwnership" => device.device_ownership = None,
            "enrollmentProfileName" => device.enrollment_profile_name = None,
            "isCompliant" => device.is_compliant = None,
            "manufacturer" => device.manufacturer = None,
            "mdmAppId" => device.mdm_app_id = None,
            "model" => device.model = None,
            "operatingSystem" => device.operating_system = None,
            "operatingSystemVersion" => device.operating_system_version = None,
            "physicalIds" => device.physical_ids.clear(),
            "profileType" => device.profile_type = None,
            "systemLabels" => device.system_labels.clear(),
            "trustType" => device.trust_type = None,
            extension => {
                let number = extension.trim_start_matches("extensionAttribute").parse().unwrap();
                device.extension_attributes.remove(&number).unwrap();
            }
        }
        assert!(!matches(&rule, Some(&device)), "{rule} without its attribute");
    }
}

#[test]
fn a_rule_tells_what_it_asks_and_whether_unregistered_devices_satisfy_it() {
    let rule = DeviceFilterRule::parse(
        "device.trustType -ne \"ServerAD\" -and -not (device.model -eq \"A\" -or device.model -in [\"B\"])",
    )
    .unwrap();
    assert_eq!(
        rule.attributes().into_iter().collect::<Vec<_>>(),
        [DeviceAttribute::Model, DeviceAttribute::TrustType]
    );
    assert!(rule.matches_unregistered());
    assert!(!DeviceFilterRule::parse("device.trustType -eq \"ServerAD\"").unwrap().matches_unregistered());
}

#[test]
fn physical_ids_have_a_second_name() {
    assert!(matches("device.devicePhysicalIDs -contains \"[ZTDId]:2\"", Some(&full_device())));
}
