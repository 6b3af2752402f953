use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};

/// Which make it says it is.
pub const AA_GUID: &str = "2fc0579f-8113-47ea-b116-bb5a8db9202a";

/// A passkey in software, as a browser and its authenticator would answer for it. Every part of an answer can be made
/// wrong.
pub struct SoftwarePasskey {
    /// Where the page is that asks.
    pub origin: String,
    /// `rp.id` it signs for.
    pub relying_party: String,
    /// Whom it says it belongs to; security keys without room for it say nothing.
    pub user_handle: Option<String>,
    /// Signatures so far.
    pub counter: u32,
    /// Whether it asked for a PIN or a fingerprint.
    pub verifies_owner: bool,
    id: Vec<u8>,
    key: EcdsaKeyPair,
}

impl SoftwarePasskey {
    /// A passkey on a page of this origin, for the challenge of a registration.
    pub fn new(origin: &str, options: &str) -> Self {
        let options: Json = serde_json::from_str(options).unwrap();
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        Self {
            origin: origin.to_owned(),
            relying_party: options["rp"]["id"].as_str().unwrap().to_owned(),
            user_handle: Some(options["user"]["id"].as_str().unwrap().to_owned()),
            counter: 1,
            verifies_owner: true,
            id: digest(&SHA256, key.public_key().as_ref()).as_ref()[..20].to_vec(),
            key,
        }
    }

    /// Its identifier, base64url.
    pub fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.id)
    }

    /// What registers it: `RegistrationResponseJSON`.
    pub fn created(&self, options: &str) -> String {
        let mut attested = self.authenticator_data(0x40);
        let guid = AA_GUID.replace('-', "");
        attested.extend((0..16).map(|at| u8::from_str_radix(&guid[2 * at..2 * at + 2], 16).unwrap()));
        attested.extend((self.id.len() as u16).to_be_bytes());
        attested.extend(&self.id);
        attested.extend(self.public_key());
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend((attested.len() as u16).to_be_bytes());
        object.extend(attested);
        self.credential(json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(self.client_data("webauthn.create", options)),
            "attestationObject": URL_SAFE_NO_PAD.encode(object),
        }))
    }

    /// What answers a challenge: `AuthenticationResponseJSON`. The signature counter grows with each.
    pub fn answer(&mut self, options: &str) -> String {
        self.counter += 1;
        let client_data = self.client_data("webauthn.get", options);
        let data = self.authenticator_data(0);
        let signed = [data.as_slice(), digest(&SHA256, client_data.as_bytes()).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        self.credential(json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client_data),
            "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "signature": URL_SAFE_NO_PAD.encode(signature),
            "userHandle": self.user_handle,
        }))
    }

    fn credential(&self, response: Json) -> String {
        let id = self.id();
        let credential = json!({
            "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {},
        });
        credential.to_string()
    }

    fn client_data(&self, kind: &str, options: &str) -> String {
        let options: Json = serde_json::from_str(options).unwrap();
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    fn authenticator_data(&self, more: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, self.relying_party.as_bytes()).as_ref().to_vec();
        data.push(0x01 | more | if self.verifies_owner { 0x04 } else { 0 });
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// COSE in CBOR: {1: EC2, 3: ES256, -1: P-256, -2: x, -3: y}.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let (x, y) = point[1..].split_at(32);
        [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", x, b"\x22\x58\x20", y].concat()
    }
}
