use riskgate_core::Timestamp;
use riskgate_model::{
    AuthenticationFacts, Device, DeviceDetail, DeviceFacts, OnPremisesExtensionAttributes, SignInFacts,
};

use crate::{Protection, ProtectionError};

impl Protection {
    /// The device that was proven, as it is on record now; one that was deleted or disabled since, or says nothing
    /// of this user any more, is none.
    pub(crate) async fn device(
        &self,
        authentication: &AuthenticationFacts,
        user_id: &str,
        at: Timestamp,
    ) -> Result<Option<DeviceFacts>, ProtectionError> {
        let Some(id) = &authentication.device_id else { return Ok(None) };
        Ok(self.directory.device_of(id, user_id).await?.map(|device| device_facts(device, at)))
    }
}

/// A device as policies see it. A mark of compliance that was given for a time is gone after it.
pub(crate) fn device_facts(device: Device, at: Timestamp) -> DeviceFacts {
    let is_over = device.compliance_expiration_date_time.is_some_and(|until| until <= at);
    let is_compliant = device.is_compliant.map(|complies| complies && !is_over);
    let numbered = |attributes: OnPremisesExtensionAttributes| {
        let texts = attributes.by_number().into_iter();
        texts.map(|(number, text)| (number, text.to_owned())).collect()
    };
    DeviceFacts {
        device_id: device.device_id,
        display_name: device.display_name,
        device_ownership: device.device_ownership,
        enrollment_profile_name: device.enrollment_profile_name,
        is_compliant,
        is_managed: device.is_managed,
        manufacturer: device.manufacturer,
        mdm_app_id: device.mdm_app_id,
        model: device.model,
        operating_system: device.operating_system,
        operating_system_version: device.operating_system_version,
        physical_ids: device.physical_ids,
        profile_type: device.profile_type,
        system_labels: device.system_labels,
        trust_type: device.trust_type,
        extension_attributes: device.extension_attributes.map(numbered).unwrap_or_default(),
    }
}

/// The device as Graph shows it in a sign-in: what the program claims to be, and what is on record if it was proven.
pub(crate) fn device_detail(facts: &SignInFacts) -> DeviceDetail {
    let claimed = DeviceDetail {
        browser: facts.client.browser.clone(),
        operating_system: facts.client.operating_system.clone(),
        ..DeviceDetail::default()
    };
    let Some(device) = &facts.device else { return claimed };
    DeviceDetail {
        device_id: device.device_id.clone(),
        display_name: device.display_name.clone(),
        is_compliant: device.is_compliant,
        is_managed: device.is_managed,
        operating_system: claimed.operating_system.or_else(|| device.operating_system.clone()),
        trust_type: device.trust_type.as_deref().map(trust_type),
        ..claimed
    }
}

/// The words of the sign-in log for a kind of trust.
fn trust_type(kind: &str) -> String {
    let known = [
        ("AzureAD", "Azure AD joined"),
        ("ServerAD", "Hybrid Azure AD joined"),
        ("Workplace", "Azure AD registered"),
    ];
    let found = known.iter().find(|(name, _)| name.eq_ignore_ascii_case(kind));
    found.map_or(kind, |(_, words)| words).to_owned()
}
