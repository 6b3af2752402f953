//! Keys and proofs of possession as a client makes them (RFC 9449 §4).

use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};

/// A key of a client.
#[derive(Debug)]
pub struct ProofKey(EcdsaKeyPair);

static SERIAL: AtomicU64 = AtomicU64::new(0);

impl ProofKey {
    /// A new one.
    pub fn generate() -> Self {
        Self(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    /// The public half (RFC 7517).
    pub fn jwk(&self) -> Json {
        let point = self.0.public_key().as_ref();
        let (x, y) = (encode(&point[1..33]), encode(&point[33..]));
        json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y })
    }

    /// Of the public half (RFC 7638).
    pub fn thumbprint(&self) -> String {
        let jwk = self.jwk();
        hash(&format!(r#"{{"crv":"P-256","kty":"EC","x":{},"y":{}}}"#, jwk["x"], jwk["y"]))
    }

    /// The claims of a good proof.
    pub fn claims(method: &str, url: &str, at: i64) -> Json {
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        json!({ "jti": format!("proof-{serial}"), "htm": method, "htu": url, "iat": at })
    }

    /// A proof with these claims.
    pub fn sign(&self, claims: &Json) -> String {
        self.sign_with(&json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": self.jwk() }), claims)
    }

    /// A proof with this header, which need not be a good one.
    pub fn sign_with(&self, header: &Json, claims: &Json) -> String {
        let signed =
            format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", encode(signature.as_ref()))
    }
}

/// `ath` of an access token.
pub fn hash(text: &str) -> String {
    encode(digest(&SHA256, text.as_bytes()).as_ref())
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
