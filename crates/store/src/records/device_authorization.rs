use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AuthorizationRequest, RequestedClaims, TokenGrant};
use crate::{Record, Table, tables};

/// A device that waits until somebody signs it in from another one (RFC 8628). Neither of its two codes is kept, only
/// their digests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviceAuthorization {
    /// SHA-256 of `device_code`, hexadecimal.
    pub id: String,
    /// SHA-256 of `user_code`, hexadecimal.
    pub user_code_digest: String,
    /// `appId` of the client.
    pub client_id: String,
    /// `scope` as sent, split at spaces.
    pub scopes: Vec<String>,
    /// `claims` of the request.
    pub claims: RequestedClaims,
    /// Address the codes were asked for from, shown to whoever enters one.
    pub ip_address: String,
    /// Where that is, as far as it is known.
    pub place: Option<String>,
    /// `client-request-id` of the request; a GUID.
    pub correlation_id: String,
    /// When the codes were asked for.
    pub created_date_time: Timestamp,
    /// What the person decided; `None` while the device waits.
    pub decision: Option<DeviceDecision>,
    /// Seconds the device must wait between two polls.
    pub interval_seconds: u64,
    /// When it polled last.
    pub polled_date_time: Option<Timestamp>,
    /// When it is too late.
    pub expires_date_time: Timestamp,
}

/// What a person decides about a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DeviceDecision {
    /// It gets tokens for this.
    Approved(Box<TokenGrant>),
    /// It gets nothing.
    Declined,
}

impl Record for DeviceAuthorization {
    const TABLE: &'static Table = &tables::DEVICE_AUTHORIZATIONS;
    fn id(&self) -> &str {
        &self.id
    }
}

/// A sign-in that leads to the approval of a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviceSignIn {
    /// `id` of the [`DeviceAuthorization`].
    pub device_authorization_id: String,
    /// What the application asks for. There is no address to go back to: `redirect_uri` is empty.
    pub request: AuthorizationRequest,
}
