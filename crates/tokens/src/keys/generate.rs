use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use riskgate_core::Timestamp;
use riskgate_ports::Seal;
use riskgate_store::records::SigningKey;
use serde_json::json;
use tokio::sync::oneshot;

use super::SIGNS_FOR;
use crate::TokenError;
use crate::der::RsaPublicKey;
use crate::digest::{base64url, sha256};

/// A new signing key that begins at `begins`. AWS-LC draws it with its own generator.
pub(super) async fn generate(seal: &dyn Seal, begins: Timestamp) -> Result<SigningKey, TokenError> {
    let (sender, receiver) = oneshot::channel();
    // Finding two primes takes long enough to hold up every other task of an executor thread.
    std::thread::spawn(move || {
        let _ = sender.send(KeyPair::generate(KeySize::Rsa2048));
    });
    let pair = receiver.await.ok().and_then(Result::ok).ok_or(TokenError::KeyGeneration)?;
    record(&pair, seal, begins).ok_or(TokenError::KeyGeneration)
}

fn record(pair: &KeyPair, seal: &dyn Seal, begins: Timestamp) -> Option<SigningKey> {
    let public = RsaPublicKey::read(pair.public_key().as_ref())?;
    let (n, e) = (base64url(public.modulus), base64url(public.exponent));
    // JWK thumbprint (RFC 7638 §3): the required members in lexicographic order.
    let id = base64url(&sha256(format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#).as_bytes()));
    let private: Pkcs8V1Der<'_> = pair.as_der().ok()?;
    Some(SigningKey {
        sealed_private_key: STANDARD.encode(seal.seal(&purpose(&id), private.as_ref())),
        public_key: json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": id, "n": n, "e": e }),
        id,
        created_date_time: begins,
        retires_date_time: begins + SIGNS_FOR,
    })
}

/// Binds a sealed private key to its public name.
pub(super) fn purpose(kid: &str) -> String {
    format!("signing-key/{kid}")
}
