//! Facts that only Conditional Access asks for: the device, the kind of guest, what is done, how a session came here.

use std::collections::{BTreeMap, BTreeSet};

use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::declare::graph_enum;
use crate::{NetworkFacts, RiskLevel, SecurityAttributeFacts};

graph_enum! {
    /// `microsoft.graph.insiderRiskLevel`.
    InsiderRiskLevel = "insiderRiskLevel" {
        None = "none" 0,
        Minor = "minor" 1,
        Moderate = "moderate" 2,
        Elevated = "elevated" 3,
        UnknownFutureValue = "unknownFutureValue" 4,
    }
}

graph_enum! {
    /// `microsoft.graph.userAction`.
    UserAction = "userAction" {
        RegisterSecurityInformation = "registerSecurityInformation" 0,
        RegisterOrJoinDevices = "registerOrJoinDevices" 1,
        UnknownFutureValue = "unknownFutureValue" 2,
    }
}

/// A guest or external user (`conditionalAccessGuestOrExternalUserTypes`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalUserFacts {
    /// Which kind.
    pub kind: ExternalUserKind,
    /// The tenant the user is from; `None` when it is not known.
    pub tenant_id: Option<String>,
}

/// Kinds of guests and external users, by the names of `conditionalAccessGuestOrExternalUserTypes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ExternalUserKind {
    /// A guest whose account lives here.
    InternalGuest,
    /// A guest who was invited from another organization.
    B2bCollaborationGuest,
    /// An invited user who is a member.
    B2bCollaborationMember,
    /// A user of a connected organization without an account here.
    B2bDirectConnectUser,
    /// Any other external user.
    OtherExternalUser,
    /// A user of a partner who administers this organization.
    ServiceProvider,
}

impl ExternalUserKind {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::InternalGuest => "internalGuest",
            Self::B2bCollaborationGuest => "b2bCollaborationGuest",
            Self::B2bCollaborationMember => "b2bCollaborationMember",
            Self::B2bDirectConnectUser => "b2bDirectConnectUser",
            Self::OtherExternalUser => "otherExternalUser",
            Self::ServiceProvider => "serviceProvider",
        }
    }
}

/// Flows that hand a sign-in from one device to another, by the names of `conditionalAccessTransferMethods`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TransferMethod {
    /// RFC 8628.
    DeviceCodeFlow,
    /// A session handed from one device to another.
    AuthenticationTransfer,
}

impl TransferMethod {
    /// The name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::DeviceCodeFlow => "deviceCodeFlow",
            Self::AuthenticationTransfer => "authenticationTransfer",
        }
    }
}

/// A registered device that was proven, as policies see it (Graph `device` and the attributes of device filters,
/// `entra-semantics` §3.6). An attribute nobody set is null.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviceFacts {
    /// `deviceId`.
    pub device_id: Option<String>,
    /// `displayName`.
    pub display_name: Option<String>,
    /// `Company` or `Personal`.
    pub device_ownership: Option<String>,
    /// `enrollmentProfileName`.
    pub enrollment_profile_name: Option<String>,
    /// Whether a management tool or an administrator says it complies with the rules.
    pub is_compliant: Option<bool>,
    /// Whether it is managed.
    pub is_managed: Option<bool>,
    /// `manufacturer`.
    pub manufacturer: Option<String>,
    /// `mdmAppId`.
    pub mdm_app_id: Option<String>,
    /// `model`.
    pub model: Option<String>,
    /// `operatingSystem`.
    pub operating_system: Option<String>,
    /// `operatingSystemVersion`.
    pub operating_system_version: Option<String>,
    /// `physicalIds`.
    #[serde(default)]
    pub physical_ids: Vec<String>,
    /// `profileType`.
    pub profile_type: Option<String>,
    /// `systemLabels`.
    #[serde(default)]
    pub system_labels: Vec<String>,
    /// `AzureAD` (joined), `ServerAD` (hybrid joined) or `Workplace` (registered).
    pub trust_type: Option<String>,
    /// `extensionAttribute1` to `extensionAttribute15`, by number.
    #[serde(default)]
    pub extension_attributes: BTreeMap<u8, String>,
}

impl DeviceFacts {
    /// Whether it is joined to a domain on premises (`trustType` `ServerAD`).
    pub fn is_domain_joined(&self) -> bool {
        self.trust_type.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("ServerAD"))
    }
}

/// Everything a request of an application on its own behalf (RFC 6749 §4.4) is judged by: no person takes part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkloadFacts {
    /// When it was judged.
    pub at: Timestamp,
    /// Object identifier of the service principal; policies name this one.
    pub service_principal_id: String,
    /// `appId` of the application.
    pub client_app_id: String,
    /// Whether the application is registered in this tenant for this tenant alone: policies concern no other.
    pub is_single_tenant: bool,
    /// Level of the service principal's risk.
    pub risk_level: RiskLevel,
    /// `appId`s of what is asked for.
    pub resource_app_ids: BTreeSet<String>,
    /// Custom security attributes of the service principal; `None` if they are not known.
    #[serde(default)]
    pub client_attributes: Option<SecurityAttributeFacts>,
    /// Custom security attributes of what is asked for, by `appId` in lower case; those of others are not known.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resource_attributes: BTreeMap<String, SecurityAttributeFacts>,
    /// Authentication contexts asked for, `c1` to `c99`.
    #[serde(default)]
    pub authentication_contexts: BTreeSet<String>,
    /// From where.
    pub network: NetworkFacts,
}
