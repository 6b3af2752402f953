use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{Record, Table, tables};

/// A key that signs tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SigningKey {
    /// `kid` of its JSON Web Key.
    pub id: String,
    /// Private key in PKCS #8 DER, sealed with the master key, base64.
    pub sealed_private_key: String,
    /// Public JSON Web Key (RFC 7517).
    pub public_key: Json,
    /// When it began to sign.
    pub created_date_time: Timestamp,
    /// When it stops signing; it is published until the last token it signed has expired.
    pub retires_date_time: Timestamp,
}

impl Record for SigningKey {
    const TABLE: &'static Table = &tables::SIGNING_KEYS;
    fn id(&self) -> &str {
        &self.id
    }
}
