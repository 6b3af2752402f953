use std::time::Duration;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riskgate_store::records::AuthenticationMethod;

use super::{ApprovalError, Approvals};

/// How long a challenge is good; a phone that stays open gets another one.
const CHALLENGE: Duration = Duration::from_secs(5 * 60);
/// What challenges are sealed for.
const PURPOSE: &str = "approval-challenge";
/// Bytes of an uncompressed point of P-256.
const POINT: usize = 65;

/// What a phone proves itself with before it is shown anything.
#[derive(Debug, Clone, Copy)]
pub struct PhoneProof<'a> {
    /// Identifier of the phone.
    pub phone: &'a str,
    /// What [`Approvals::challenge`] gave.
    pub challenge: &'a str,
    /// Signature over both, base64url.
    pub signature: &'a str,
}

impl Approvals {
    /// Something fresh for a phone to sign. It is good for some minutes, for every phone, and shows nothing by itself.
    ///
    /// # Errors
    /// [`ApprovalError::Wrong`] if it cannot be sealed, which does not happen.
    pub fn challenge(&self) -> Result<String, ApprovalError> {
        let nonce = self.services.rng.token();
        self.forms.seal(PURPOSE, &nonce, CHALLENGE).map_err(|_| ApprovalError::Wrong)
    }

    /// The phone, if it signed the challenge for this.
    pub(super) async fn prove(
        &self,
        proof: &PhoneProof<'_>,
        purpose: &str,
        detail: &str,
    ) -> Result<AuthenticationMethod, ApprovalError> {
        self.forms.open::<String>(PURPOSE, proof.challenge).map_err(|_| ApprovalError::Expired)?;
        let phone = self.phone(proof.phone).await?;
        let message = self.message(purpose, &[proof.phone, proof.challenge, detail]);
        verify(&phone, &message, proof.signature)?;
        Ok(phone)
    }

    /// What a phone signs: a line for each part, of which none holds a line break, so that no two lists look alike.
    pub(super) fn message(&self, purpose: &str, parts: &[&str]) -> String {
        let mut lines = vec!["riskgate-approval", &self.origin, purpose];
        lines.extend_from_slice(parts);
        let clean: Vec<String> = lines.iter().map(|part| part.replace('\n', " ")).collect();
        clean.join("\n")
    }
}

/// Whether the phone signed this.
pub(super) fn verify(
    phone: &AuthenticationMethod,
    message: &str,
    signature: &str,
) -> Result<(), ApprovalError> {
    let key = phone.phone.as_ref().ok_or(ApprovalError::Unknown)?;
    verify_with(&key.public_key, message, signature)
}

/// Whether a signature of 64 bytes (as Web Cryptography makes it) is of this key.
pub(super) fn verify_with(public_key: &str, message: &str, signature: &str) -> Result<(), ApprovalError> {
    let key = URL_SAFE_NO_PAD.decode(public_key).ok().filter(|key| key.len() == POINT);
    let key = key.ok_or(ApprovalError::Wrong)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| ApprovalError::Wrong)?;
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key)
        .verify(message.as_bytes(), &signature)
        .map_err(|_| ApprovalError::Wrong)
}
