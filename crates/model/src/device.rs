//! Devices (official schema, `device`).

use std::collections::BTreeMap;

use riskgate_core::Timestamp;

use crate::declare::graph_type;
use crate::directory::DirectoryObject;

graph_type! {
    /// `microsoft.graph.device`: a computer, phone or browser that an administrator, a management tool or its owner
    /// registered.
    #[derive(Default)]
    open_entity Device = "device" : DirectoryObject {
        inherit {
            id: String = "id",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
        }
        own {
            account_enabled: Option<bool> = "accountEnabled" [nullable filter order],
            #[serde(default)] alternative_security_ids: Vec<AlternativeSecurityId> = "alternativeSecurityIds" [],
            approximate_last_sign_in_date_time: Option<Timestamp> = "approximateLastSignInDateTime" [nullable filter order],
            compliance_expiration_date_time: Option<Timestamp> = "complianceExpirationDateTime" [nullable],
            device_category: Option<String> = "deviceCategory" [nullable],
            device_id: Option<String> = "deviceId" [nullable filter order],
            device_metadata: Option<String> = "deviceMetadata" [nullable],
            device_ownership: Option<String> = "deviceOwnership" [nullable filter order],
            device_version: Option<i32> = "deviceVersion" [nullable],
            display_name: Option<String> = "displayName" [nullable filter order],
            enrollment_profile_name: Option<String> = "enrollmentProfileName" [nullable],
            enrollment_type: Option<String> = "enrollmentType" [nullable],
            extension_attributes: Option<OnPremisesExtensionAttributes> = "extensionAttributes" [dynamic nullable],
            is_compliant: Option<bool> = "isCompliant" [nullable filter order],
            is_managed: Option<bool> = "isManaged" [nullable filter order],
            is_management_restricted: Option<bool> = "isManagementRestricted" [nullable],
            is_rooted: Option<bool> = "isRooted" [nullable],
            management_type: Option<String> = "managementType" [nullable],
            manufacturer: Option<String> = "manufacturer" [nullable],
            mdm_app_id: Option<String> = "mdmAppId" [nullable filter order],
            model: Option<String> = "model" [nullable filter order],
            on_premises_last_sync_date_time: Option<Timestamp> = "onPremisesLastSyncDateTime" [nullable],
            on_premises_security_identifier: Option<String> = "onPremisesSecurityIdentifier" [nullable],
            on_premises_sync_enabled: Option<bool> = "onPremisesSyncEnabled" [nullable],
            operating_system: Option<String> = "operatingSystem" [nullable filter order],
            operating_system_version: Option<String> = "operatingSystemVersion" [nullable filter order],
            #[serde(default)] physical_ids: Vec<String> = "physicalIds" [filter],
            profile_type: Option<String> = "profileType" [nullable filter order],
            registration_date_time: Option<Timestamp> = "registrationDateTime" [nullable filter order],
            #[serde(default)] system_labels: Vec<String> = "systemLabels" [filter],
            trust_type: Option<String> = "trustType" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.alternativeSecurityId`: a key the device proves itself with.
    #[derive(Default)]
    complex AlternativeSecurityId = "alternativeSecurityId" {
        own {
            identity_provider: Option<String> = "identityProvider" [nullable],
            key: Option<String> = "key" [binary nullable],
            type_: Option<i32> = "type" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.onPremisesExtensionAttributes`: fifteen texts an organization gives a meaning of its own.
    #[derive(Default)]
    complex OnPremisesExtensionAttributes = "onPremisesExtensionAttributes" {
        own {
            extension_attribute_1: Option<String> = "extensionAttribute1" [nullable],
            extension_attribute_10: Option<String> = "extensionAttribute10" [nullable],
            extension_attribute_11: Option<String> = "extensionAttribute11" [nullable],
            extension_attribute_12: Option<String> = "extensionAttribute12" [nullable],
            extension_attribute_13: Option<String> = "extensionAttribute13" [nullable],
            extension_attribute_14: Option<String> = "extensionAttribute14" [nullable],
            extension_attribute_15: Option<String> = "extensionAttribute15" [nullable],
            extension_attribute_2: Option<String> = "extensionAttribute2" [nullable],
            extension_attribute_3: Option<String> = "extensionAttribute3" [nullable],
            extension_attribute_4: Option<String> = "extensionAttribute4" [nullable],
            extension_attribute_5: Option<String> = "extensionAttribute5" [nullable],
            extension_attribute_6: Option<String> = "extensionAttribute6" [nullable],
            extension_attribute_7: Option<String> = "extensionAttribute7" [nullable],
            extension_attribute_8: Option<String> = "extensionAttribute8" [nullable],
            extension_attribute_9: Option<String> = "extensionAttribute9" [nullable],
        }
    }
}

impl OnPremisesExtensionAttributes {
    /// The attributes that have a value, by number.
    pub fn by_number(&self) -> BTreeMap<u8, &str> {
        let values = [
            &self.extension_attribute_1,
            &self.extension_attribute_2,
            &self.extension_attribute_3,
            &self.extension_attribute_4,
            &self.extension_attribute_5,
            &self.extension_attribute_6,
            &self.extension_attribute_7,
            &self.extension_attribute_8,
            &self.extension_attribute_9,
            &self.extension_attribute_10,
            &self.extension_attribute_11,
            &self.extension_attribute_12,
            &self.extension_attribute_13,
            &self.extension_attribute_14,
            &self.extension_attribute_15,
        ];
        (1..).zip(values).filter_map(|(number, value)| Some((number, value.as_deref()?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_numbered_as_they_are_named() {
        let all = (1..=15).map(|n| (format!("extensionAttribute{n}"), n.to_string().into()));
        let all = serde_json::Value::Object(all.collect());
        let attributes: OnPremisesExtensionAttributes = serde_json::from_value(all).unwrap();
        let numbered = attributes.by_number();
        assert_eq!(numbered.len(), 15);
        assert!(numbered.iter().all(|(number, value)| *value == number.to_string()), "{numbered:?}");
        assert!(OnPremisesExtensionAttributes::default().by_number().is_empty());
    }
}
