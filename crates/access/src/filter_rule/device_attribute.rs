//! What a rule can ask about a device.

use std::fmt;

use riskgate_model::DeviceFacts;

use super::attribute::{Attribute, AttributeValue, Kind};

/// An attribute of a device. All are texts but those [`Attribute::kind`] names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum DeviceAttribute {
    DeviceId,
    DisplayName,
    DeviceOwnership,
    EnrollmentProfileName,
    IsCompliant,
    Manufacturer,
    MdmAppId,
    Model,
    OperatingSystem,
    OperatingSystemVersion,
    PhysicalIds,
    ProfileType,
    SystemLabels,
    TrustType,
    /// `extensionAttribute1` to `extensionAttribute15`.
    Extension(u8),
}

impl DeviceAttribute {
    const NAMED: [Self; 14] = [
        Self::DeviceId,
        Self::DisplayName,
        Self::DeviceOwnership,
        Self::EnrollmentProfileName,
        Self::IsCompliant,
        Self::Manufacturer,
        Self::MdmAppId,
        Self::Model,
        Self::OperatingSystem,
        Self::OperatingSystemVersion,
        Self::PhysicalIds,
        Self::ProfileType,
        Self::SystemLabels,
        Self::TrustType,
    ];
    const EXTENSIONS: std::ops::RangeInclusive<u8> = 1..=15;

    /// Every attribute.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Self::NAMED.into_iter().chain(Self::EXTENSIONS.map(Self::Extension))
    }

    /// Its value; null for every attribute of a device that is not registered.
    pub(crate) fn of(self, device: Option<&DeviceFacts>) -> AttributeValue<'_> {
        let Some(device) = device else { return AttributeValue::Null };
        match self {
            Self::DeviceId => text(&device.device_id),
            Self::DisplayName => text(&device.display_name),
            Self::DeviceOwnership => text(&device.device_ownership),
            Self::EnrollmentProfileName => text(&device.enrollment_profile_name),
            Self::IsCompliant => device.is_compliant.map_or(AttributeValue::Null, AttributeValue::Boolean),
            Self::Manufacturer => text(&device.manufacturer),
            Self::MdmAppId => text(&device.mdm_app_id),
            Self::Model => text(&device.model),
            Self::OperatingSystem => text(&device.operating_system),
            Self::OperatingSystemVersion => text(&device.operating_system_version),
            Self::PhysicalIds => collection(&device.physical_ids),
            Self::ProfileType => text(&device.profile_type),
            Self::SystemLabels => collection(&device.system_labels),
            Self::TrustType => text(&device.trust_type),
            Self::Extension(number) => extension(device, number),
        }
    }
}

impl Attribute for DeviceAttribute {
    const OPERAND: &'static str = "'device.', '-not' or '('";
    const DESCRIPTION: &'static str =
        "an attribute of a device; one such as 'device.operatingSystem' is expected";

    /// `devicePhysicalIds` is the name `physicalIds` has in rules of dynamic groups, and administrators bring it along.
    fn from_name(name: &str) -> Option<Self> {
        let (owner, name) = name.split_once('.')?;
        if !owner.eq_ignore_ascii_case("device") {
            return None;
        }
        if name.eq_ignore_ascii_case("devicePhysicalIds") {
            return Some(Self::PhysicalIds);
        }
        Self::all().find(|attribute| attribute.to_string().eq_ignore_ascii_case(name))
    }

    fn kind(&self) -> Kind {
        match self {
            Self::IsCompliant => Kind::Boolean,
            Self::PhysicalIds | Self::SystemLabels => Kind::Collection,
            _ => Kind::Text,
        }
    }
}

impl fmt::Display for DeviceAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DeviceId => "deviceId",
            Self::DisplayName => "displayName",
            Self::DeviceOwnership => "deviceOwnership",
            Self::EnrollmentProfileName => "enrollmentProfileName",
            Self::IsCompliant => "isCompliant",
            Self::Manufacturer => "manufacturer",
            Self::MdmAppId => "mdmAppId",
            Self::Model => "model",
            Self::OperatingSystem => "operatingSystem",
            Self::OperatingSystemVersion => "operatingSystemVersion",
            Self::PhysicalIds => "physicalIds",
            Self::ProfileType => "profileType",
            Self::SystemLabels => "systemLabels",
            Self::TrustType => "trustType",
            Self::Extension(number) => return write!(f, "extensionAttribute{number}"),
        })
    }
}

fn text(value: &Option<String>) -> AttributeValue<'_> {
    value.as_deref().map_or(AttributeValue::Null, AttributeValue::Text)
}

fn collection(items: &[String]) -> AttributeValue<'_> {
    if items.is_empty() { AttributeValue::Null } else { AttributeValue::Collection(items) }
}

/// Extension attributes count only for devices somebody vouches for: compliant, managed or joined to a domain.
fn extension(device: &DeviceFacts, number: u8) -> AttributeValue<'_> {
    let is_vouched_for =
        device.is_compliant == Some(true) || device.is_managed == Some(true) || device.is_domain_joined();
    match device.extension_attributes.get(&number) {
        Some(value) if is_vouched_for => AttributeValue::Text(value),
        _ => AttributeValue::Null,
    }
}
