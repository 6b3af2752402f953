use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Record, Table, tables};

/// Whose device it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviceRegistration {
    /// `{device}:owner`, so that a device has one owner at most, or `{device}:user:{user}`.
    pub id: String,
    /// Object identifier of the device.
    pub device_id: String,
    /// Object identifier of the user.
    pub user_id: String,
    /// In which way.
    pub relation: DeviceRelation,
}

/// What somebody is to a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DeviceRelation {
    /// Graph `registeredOwners`.
    Owner,
    /// Graph `registeredUsers`.
    User,
}

impl DeviceRegistration {
    /// `user_id` as owner or user of the device with this object identifier.
    pub fn new(device_id: &str, user_id: &str, relation: DeviceRelation) -> Self {
        let id = match relation {
            DeviceRelation::Owner => format!("{device_id}:owner"),
            DeviceRelation::User => format!("{device_id}:user:{user_id}"),
        };
        Self { id, device_id: device_id.to_owned(), user_id: user_id.to_owned(), relation }
    }
}

impl Record for DeviceRegistration {
    const TABLE: &'static Table = &tables::DEVICE_REGISTRATIONS;
    fn id(&self) -> &str {
        &self.id
    }
}

/// What a registered browser proves that it is the device with, apart from the device so that no directory read ever
/// loads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviceCredential {
    /// Object identifier of the device.
    pub id: String,
    /// SHA-256 of the secret in the browser's cookie, hexadecimal.
    pub secret_digest: String,
    /// When it was made.
    pub created_date_time: Timestamp,
}

/// Which device a certificate proves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviceCertificate {
    /// SHA-256 of the certificate, hexadecimal.
    pub id: String,
    /// Object identifier of the device.
    pub device_id: String,
}

impl Record for DeviceCertificate {
    const TABLE: &'static Table = &tables::DEVICE_CERTIFICATES;
    fn id(&self) -> &str {
        &self.id
    }
}

impl Record for DeviceCredential {
    const TABLE: &'static Table = &tables::DEVICE_CREDENTIALS;
    fn id(&self) -> &str {
        &self.id
    }
}
