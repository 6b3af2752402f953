use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Record, Table, tables};

/// What a confidential client proves itself with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClientCredential {
    /// `keyId`.
    pub id: String,
    /// `appId` of the application.
    pub app_id: String,
    /// Secret or certificate.
    #[serde(flatten)]
    pub kind: ClientCredentialKind,
    /// First moment it is good.
    pub start_date_time: Timestamp,
    /// First moment it is no longer good.
    pub end_date_time: Timestamp,
}

/// The two kinds of [`ClientCredential`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ClientCredentialKind {
    /// A generated secret of 256 bits, so one SHA-256 protects it.
    Secret {
        /// SHA-256 of the secret, hexadecimal.
        digest: String,
        /// First three characters, to tell secrets apart.
        hint: String,
    },
    /// A certificate whose key signs assertions (RFC 7523).
    Certificate {
        /// X.509 in PEM.
        pem: String,
        /// SHA-1 of the DER, base64url without padding (`x5t`).
        thumbprint_sha1: String,
        /// SHA-256 of the DER, base64url without padding (`x5t#S256`).
        thumbprint_sha256: String,
    },
}

impl Record for ClientCredential {
    const TABLE: &'static Table = &tables::CLIENT_CREDENTIALS;
    fn id(&self) -> &str {
        &self.id
    }
}
