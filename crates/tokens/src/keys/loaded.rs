use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use riskgate_core::Timestamp;
use riskgate_ports::Seal;
use riskgate_store::records::SigningKey;
use serde_json::Value as Json;

use super::PUBLISHED_AFTER;
use super::generate::purpose;
use crate::{TokenError, jws};

/// A signing key ready for use.
pub(crate) struct LoadedKey {
    pub(super) id: String,
    /// The header of its tokens, encoded.
    pub(crate) header: String,
    pub(crate) private: KeyPair,
    /// For RS256.
    pub(crate) public: ParsedPublicKey,
    pub(super) jwk: Json,
    pub(super) begins: Timestamp,
    pub(super) retires: Timestamp,
}

impl LoadedKey {
    pub(super) fn open(record: &SigningKey, seal: &dyn Seal) -> Result<Self, TokenError> {
        let unusable = |reason| TokenError::KeyUnusable { id: record.id.clone(), reason };
        let sealed = STANDARD
            .decode(&record.sealed_private_key)
            .map_err(|_| unusable("its private key is not base64"))?;
        let plain = seal
            .open(&purpose(&record.id), &sealed)
            .map_err(|_| unusable("its private key does not open with this master key"))?;
        let private =
            KeyPair::from_pkcs8(&plain).map_err(|_| unusable("its private key is no RSA key in PKCS #8"))?;
        let public = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, private.public_key())
            .map_err(|_| unusable("its public key is damaged"))?;
        Ok(Self {
            header: jws::header(&record.id),
            id: record.id.clone(),
            private,
            public,
            jwk: record.public_key.clone(),
            begins: record.created_date_time,
            retires: record.retires_date_time,
        })
    }

    /// Its `kid`.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Whether it signs at this moment.
    pub(super) fn signs(&self, now: Timestamp) -> bool {
        self.begins <= now && now < self.retires
    }

    /// Whether tokens it signed may still be good, or will be once it begins.
    pub(super) fn is_published(&self, now: Timestamp) -> bool {
        now < self.retires + PUBLISHED_AFTER
    }
}
