use std::time::Duration;

use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use riskgate_core::Timestamp;
use serde::Serialize;
use url::Url;

/// How long a token is good; RFC 8292 §2 allows a day, and clocks differ.
const LIFETIME: Duration = Duration::from_secs(12 * 60 * 60);

/// Says to push services who sends (RFC 8292).
pub(crate) struct Vapid {
    key: EncodingKey,
    /// Public key, base64url.
    pub(crate) public_key: String,
    contact: String,
}

/// The key cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key for push services cannot be made")]
pub struct VapidError;

/// Whether push services take this as somebody to write to (RFC 8292 §2.1).
pub fn is_contact(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    match url.scheme() {
        "mailto" => {
            url.path().split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        }
        "https" => url.has_host(),
        _ => false,
    }
}

#[derive(Serialize)]
struct Claims<'a> {
    aud: String,
    exp: i64,
    sub: &'a str,
}

impl Vapid {
    /// With 32 secret bytes that stay the same, as private key.
    ///
    /// # Errors
    /// [`VapidError`] if they are none, which happens by chance once in four thousand million.
    pub(crate) fn new(secret: &[u8; 32], contact: String) -> Result<Self, VapidError> {
        let private = PrivateKey::from_private_key(&ECDH_P256, secret).map_err(|_| VapidError)?;
        let public = private.compute_public_key().map_err(|_| VapidError)?;
        let signing = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pair = EcdsaKeyPair::from_private_key_and_public_key(signing, secret, public.as_ref());
        let document = pair.and_then(|pair| Ok(pair.to_pkcs8v1()?)).map_err(|_| VapidError)?;
        Ok(Self {
            key: EncodingKey::from_ec_der(document.as_ref()),
            public_key: URL_SAFE_NO_PAD.encode(public.as_ref()),
            contact,
        })
    }

    /// `Authorization` for a push service (RFC 8292 §3).
    ///
    /// # Errors
    /// [`VapidError`].
    pub(crate) fn authorization(&self, endpoint: &Url, now: Timestamp) -> Result<String, VapidError> {
        let claims = Claims {
            aud: endpoint.origin().ascii_serialization(),
            exp: (now + LIFETIME).as_seconds(),
            sub: &self.contact,
        };
        let token = encode(&Header::new(Algorithm::ES256), &claims, &self.key).map_err(|_| VapidError)?;
        Ok(format!("vapid t={token}, k={}", self.public_key))
    }
}
