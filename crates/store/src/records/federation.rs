use riskgate_core::Timestamp;
use riskgate_model::OidcIdentityProvider;
use serde::{Deserialize, Serialize};

use crate::{Record, Table, tables};

/// An upstream identity provider with the secret Riskgate has there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IdentityProvider {
    /// The Graph resource, without the secret.
    #[serde(flatten)]
    pub provider: OidcIdentityProvider,
    /// The client secret, sealed with the master key, base64; `None` for a public client.
    #[serde(rename = "@riskgate.sealedSecret")]
    pub sealed_secret: Option<String>,
}

impl Record for IdentityProvider {
    const TABLE: &'static Table = &tables::IDENTITY_PROVIDERS;
    fn id(&self) -> &str {
        &self.provider.id
    }
}

/// A user as an upstream provider knows him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExternalIdentity {
    /// SHA-256 of issuer and subject, hexadecimal.
    pub id: String,
    /// The provider.
    pub provider_id: String,
    /// `iss`.
    pub issuer: String,
    /// `sub`.
    pub subject: String,
    /// The user.
    pub user_id: String,
    /// When they were linked.
    pub created_date_time: Timestamp,
}

impl Record for ExternalIdentity {
    const TABLE: &'static Table = &tables::EXTERNAL_IDENTITIES;
    fn id(&self) -> &str {
        &self.id
    }
}

/// Something that counts once and was used: an answer of an upstream provider, a client's assertion or proof of possession.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UsedAssertion {
    /// SHA-256 of what names it, hexadecimal: of the nonce for an answer.
    pub id: String,
    /// From when on it would be too old anyway.
    pub expires_date_time: Timestamp,
}

impl Record for UsedAssertion {
    const TABLE: &'static Table = &tables::USED_ASSERTIONS;
    fn id(&self) -> &str {
        &self.id
    }
}
