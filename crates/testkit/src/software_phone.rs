use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A phone that approves sign-ins, as far as the server can tell.
pub struct SoftwarePhone {
    key: EcdsaKeyPair,
    origin: String,
    /// What the server knows it by, once it is registered.
    pub id: String,
}

impl SoftwarePhone {
    /// A phone on a page of this origin, with a fresh key.
    pub fn new(origin: &str) -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        Self { key, origin: origin.to_owned(), id: String::new() }
    }

    /// Its public key, as it is registered.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.key.public_key().as_ref())
    }

    /// A signature as the page's script makes it.
    pub fn sign(&self, purpose: &str, parts: &[&str]) -> String {
        let mut lines = vec!["riskgate-approval", &self.origin, purpose];
        lines.extend_from_slice(parts);
        let signature = self.key.sign(&SystemRandom::new(), lines.join("\n").as_bytes()).unwrap();
        URL_SAFE_NO_PAD.encode(signature.as_ref())
    }

    /// For the code it is registered with.
    pub fn sign_registration(&self, code: &str) -> String {
        self.sign("register", &[code, &self.public_key()])
    }

    /// For what waits.
    pub fn sign_list(&self, challenge: &str) -> String {
        self.sign("list", &[&self.id, challenge, ""])
    }

    /// For an answer.
    pub fn sign_answer(&self, request: &str, number: &str, decision: &str) -> String {
        self.sign("answer", &[&self.id, request, number, decision])
    }
}
