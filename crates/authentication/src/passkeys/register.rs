use riskgate_model::{AuthenticationMethodKind, User};
use riskgate_store::records::{AuthenticationMethod, PasskeyCredential};
use riskgate_store::{Batch, StoreError};
use serde_json::json;
use uuid::Uuid;
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential};

use super::{
    LIFETIME, LONGEST_ANSWER, MAX_METHODS, PasskeyChallenge, PasskeyError, Passkeys, method_id, passkey_of,
    public_key,
};
use crate::AuthnError;
use crate::registered_methods::method_name;

/// Where the identifier of the authenticator's make is in authenticator data (Web Authentication §6.5.1).
const AA_GUID: std::ops::Range<usize> = 37..53;

impl Passkeys {
    /// Begins a registration: a challenge for a passkey that can be found without a user name and verifies its owner, on
    /// an authenticator that has none of this user yet.
    ///
    /// # Errors
    /// [`PasskeyError::Unavailable`], [`PasskeyError::TooMany`], or what the store fails with.
    pub async fn begin_registration(&self, user: &User) -> Result<PasskeyChallenge, PasskeyError> {
        let verifier = &self.relying_party()?.verifier;
        let methods = self.list(&user.id).await?;
        if methods.len() >= MAX_METHODS {
            return Err(PasskeyError::TooMany);
        }
        let known = methods.iter().filter_map(|method| passkey_of(&method.record));
        let known = known.map(|passkey| passkey.cred_id().clone()).collect();
        let name = user.user_principal_name.as_deref().unwrap_or_default();
        let shown = user.display_name.as_deref().unwrap_or(name);
        let handle = Uuid::parse_str(&user.id).map_err(|_| PasskeyError::Unknown)?;
        let (options, state) = verifier
            .start_passkey_registration(handle, name, shown, Some(known))
            .map_err(|_| PasskeyError::Unavailable)?;
        let (mut options, _) = public_key(&options)?;
        if let Some(selection) = options.get_mut("authenticatorSelection") {
            selection["residentKey"] = json!("required");
            selection["requireResidentKey"] = json!(true);
        }
        let pending =
            self.forms.seal(&purpose(&user.id), &state, LIFETIME).map_err(|_| AuthnError::Sealed)?;
        Ok(PasskeyChallenge { options: options.to_string(), pending })
    }

    /// Registers the passkey if `answer`, a `RegistrationResponseJSON`, is one to the challenge of the page.
    ///
    /// # Errors
    /// [`PasskeyError`].
    pub async fn register(
        &self,
        user: &User,
        pending: &str,
        answer: &str,
        name: &str,
    ) -> Result<AuthenticationMethod, PasskeyError> {
        let relying_party = self.relying_party()?;
        let state: PasskeyRegistration =
            self.forms.open(&purpose(&user.id), pending).map_err(|_| PasskeyError::Expired)?;
        if answer.len() > LONGEST_ANSWER {
            return Err(PasskeyError::Wrong);
        }
        let answer: RegisterPublicKeyCredential =
            serde_json::from_str(answer).map_err(|_| PasskeyError::Wrong)?;
        let passkey = relying_party
            .verifier
            .finish_passkey_registration(&answer, &state)
            .map_err(|_| PasskeyError::Wrong)?;
        let method = AuthenticationMethod {
            id: method_id(passkey.cred_id().as_ref()),
            user_id: user.id.clone(),
            kind: AuthenticationMethodKind::Fido2,
            sealed_secret: String::new(),
            created_date_time: self.services.clock.now(),
            last_used_step: None,
            display_name: method_name(name),
            passkey: Some(PasskeyCredential {
                credential: serde_json::to_value(&passkey).map_err(|_| AuthnError::Sealed)?,
                aa_guid: aa_guid(&answer.response.attestation_object, &relying_party.id_digest),
                answered_challenges: Vec::new(),
            }),
            phone: None,
            temporary_access_pass: None,
        };
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(&method)?;
        match self.services.store.commit(batch).await {
            Err(StoreError::Exists { .. }) => return Err(PasskeyError::Exists),
            outcome => outcome?,
        }
        // Several registered at the same moment: whoever sees one too many takes his back.
        if self.list(&user.id).await?.len() > MAX_METHODS {
            self.registered.remove(&user.id, &method.id).await?;
            return Err(PasskeyError::TooMany);
        }
        Ok(method)
    }
}

fn purpose(user_id: &str) -> String {
    format!("passkey-registration:{user_id}")
}

/// The make of the authenticator as it says itself; `None` for one that does not say. Authenticator data begins with the
/// digest of the relying party identifier.
fn aa_guid(attestation_object: &[u8], id_digest: &[u8; 32]) -> Option<String> {
    let start = attestation_object.windows(id_digest.len()).position(|window| window == id_digest)?;
    let bytes = attestation_object.get(start..)?.get(AA_GUID)?;
    Uuid::from_slice(bytes).ok().filter(|guid| !guid.is_nil()).map(|guid| guid.to_string())
}
