//! Passkeys (Web Authentication). A passkey here is discoverable and always verifies its owner, so it is two kinds of factor
//! by itself and needs no user name; and it signs for our own address only, so a copied page gains nothing.

mod answer;
mod register;

use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riskgate_model::AuthenticationMethodKind;
use riskgate_store::records::AuthenticationMethod;
use riskgate_store::{AsConflict, StoreError, Versioned};
use serde_json::Value as Json;
use url::Url;
use webauthn_rs::prelude::{Passkey, Webauthn, WebauthnBuilder};

use crate::{AuthnError, RegisteredMethods, SealedForms, Services};

/// How long a challenge is good; also what browsers are told.
const LIFETIME: Duration = Duration::from_secs(5 * 60);
/// Most passkeys of one person.
const MAX_METHODS: usize = 10;
/// Longest answer of a browser that is read, in bytes. Attestation is not asked for, so real ones are far shorter.
const LONGEST_ANSWER: usize = 16 * 1024;

/// Registers passkeys and accepts what they sign.
#[derive(Clone)]
pub struct Passkeys {
    services: Services,
    registered: RegisteredMethods,
    forms: SealedForms,
    relying_party: Option<Arc<RelyingParty>>,
}

/// What passkeys are made for.
struct RelyingParty {
    verifier: Webauthn,
    /// SHA-256 of the relying party identifier, with which authenticator data begins.
    id_digest: [u8; 32],
}

/// What a page hands to the browser. Nothing is stored until it is answered.
#[derive(Debug, Clone)]
pub struct PasskeyChallenge {
    /// `PublicKeyCredentialCreationOptionsJSON` or `PublicKeyCredentialRequestOptionsJSON`.
    pub options: String,
    /// Sealed; comes back with the answer.
    pub pending: String,
}

/// Why a passkey was not registered or not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// Passkeys belong to a domain name, and the server's address has none.
    #[error("the address of this server has no domain name, so it cannot have passkeys")]
    Unavailable,
    /// The challenge is too old, was answered already or was made for somebody else.
    #[error("the challenge has expired")]
    Expired,
    /// The answer cannot be read, or is not one to this challenge from our page by a passkey that verified its owner.
    #[error("the answer of the passkey is not right")]
    Wrong,
    /// The passkey is not registered, or not any more, or belongs to somebody else.
    #[error("the passkey is not registered")]
    Unknown,
    /// The signature counter did not grow: there are two of this passkey (Web Authentication §6.1.1).
    #[error("the passkey may have been copied")]
    Cloned {
        /// Whose it is.
        user_id: String,
    },
    /// The passkey is registered already.
    #[error("the passkey is registered already")]
    Exists,
    /// There are ten passkeys already.
    #[error("no more than ten passkeys can be registered")]
    TooMany,
    /// Nobody's mistake.
    #[error(transparent)]
    Failed(#[from] AuthnError),
}

impl From<StoreError> for PasskeyError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl AsConflict for PasskeyError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Failed(error) if error.is_conflict())
    }
}

impl Passkeys {
    /// Passkeys for the host of `base_url`, whose origin alone may use them; browsers show `name` beside it. An address
    /// without a domain name has no passkeys.
    pub fn new(services: Services, forms: SealedForms, base_url: &str, name: &str) -> Self {
        let registered = RegisteredMethods::new(services.clone());
        Self { services, registered, forms, relying_party: RelyingParty::new(base_url, name).map(Arc::new) }
    }

    /// Whether there can be passkeys at the server's address.
    pub fn are_available(&self) -> bool {
        self.relying_party.is_some()
    }

    /// The user's passkeys, the oldest first.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn list(&self, user_id: &str) -> Result<Vec<Versioned<AuthenticationMethod>>, AuthnError> {
        let mut methods = self.registered.list(user_id).await?;
        methods.retain(|method| method.record.kind == AuthenticationMethodKind::Fido2);
        Ok(methods)
    }

    fn relying_party(&self) -> Result<&RelyingParty, PasskeyError> {
        self.relying_party.as_deref().ok_or(PasskeyError::Unavailable)
    }
}

impl RelyingParty {
    fn new(base_url: &str, name: &str) -> Option<Self> {
        let origin = Url::parse(base_url).ok()?;
        let id = origin.domain()?.to_owned();
        let builder = WebauthnBuilder::new(&id, &origin).ok()?.rp_name(name).timeout(LIFETIME);
        let id_digest = digest(&SHA256, id.as_bytes()).as_ref().try_into().ok()?;
        Some(Self { verifier: builder.build().ok()?, id_digest })
    }
}

/// The identifier of a passkey's record, the same whoever registers it: nobody can register a passkey of somebody else.
fn method_id(credential_id: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, credential_id))
}

/// The passkey of a record; `None` for any other method.
fn passkey_of(method: &AuthenticationMethod) -> Option<Passkey> {
    let kept = method.passkey.as_ref()?;
    serde_json::from_value(kept.credential.clone()).ok()
}

/// The options of a challenge as the browser takes them, and the challenge itself.
fn public_key(options: &impl serde::Serialize) -> Result<(Json, String), AuthnError> {
    let mut options = serde_json::to_value(options).map_err(|_| AuthnError::Sealed)?;
    let options = options.get_mut("publicKey").map(Json::take).unwrap_or_default();
    let challenge = options.get("challenge").and_then(Json::as_str).ok_or(AuthnError::Sealed)?.to_owned();
    Ok((options, challenge))
}
