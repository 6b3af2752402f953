use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use super::AuthorizationRequest;
use crate::{Record, Table, tables};

/// An authorization request that a client pushed and a browser has not brought yet (RFC 9126).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PushedRequest {
    /// SHA-256 of the random part of `request_uri`, hexadecimal.
    pub id: String,
    /// The request, checked when it was pushed.
    pub request: AuthorizationRequest,
    /// When it is too late.
    pub expires_date_time: Timestamp,
}

impl Record for PushedRequest {
    const TABLE: &'static Table = &tables::PUSHED_REQUESTS;
    fn id(&self) -> &str {
        &self.id
    }
}
