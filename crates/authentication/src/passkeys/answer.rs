use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riskgate_core::Timestamp;
use riskgate_model::AuthenticationMethodKind;
use riskgate_store::records::AuthenticationMethod;
use riskgate_store::{Batch, StoreExt, Versioned, retry};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential, WebauthnError};

use super::{
    LIFETIME, LONGEST_ANSWER, PasskeyChallenge, PasskeyError, Passkeys, method_id, passkey_of, public_key,
};
use crate::AuthnError;
use crate::digest::sha256_hex;

/// What a page carries, sealed.
#[derive(Serialize, Deserialize)]
struct Pending {
    state: DiscoverableAuthentication,
    challenge: String,
    /// Who must answer; anybody if nobody is named.
    user_id: Option<String>,
    expires: Timestamp,
}

impl Passkeys {
    /// A challenge for whoever has a passkey of this server. `page` is what the page is tied to, such as its browser.
    ///
    /// # Errors
    /// [`PasskeyError::Unavailable`].
    pub fn challenge(&self, page: &str) -> Result<PasskeyChallenge, PasskeyError> {
        self.new_challenge(page, None, &[])
    }

    /// A challenge that only this user's passkeys can answer.
    ///
    /// # Errors
    /// [`PasskeyError::Unavailable`], or what the store fails with.
    pub async fn challenge_for(&self, user_id: &str, page: &str) -> Result<PasskeyChallenge, PasskeyError> {
        let methods = self.list(user_id).await?;
        self.new_challenge(page, Some(user_id), &methods)
    }

    /// Whose passkey `answer`, an `AuthenticationResponseJSON`, is from, if it is right. An answer passes once.
    ///
    /// # Errors
    /// [`PasskeyError`].
    pub async fn verify(&self, page: &str, pending: &str, answer: &str) -> Result<String, PasskeyError> {
        let pending: Pending = self.forms.open(&purpose(page), pending).map_err(|_| PasskeyError::Expired)?;
        if answer.len() > LONGEST_ANSWER {
            return Err(PasskeyError::Wrong);
        }
        let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|_| PasskeyError::Wrong)?;
        // Somebody who uses the same passkey at the same moment makes the other read and compare counters again.
        retry(|| self.accept(&pending, &answer)).await
    }

    fn new_challenge(
        &self,
        page: &str,
        user_id: Option<&str>,
        methods: &[Versioned<AuthenticationMethod>],
    ) -> Result<PasskeyChallenge, PasskeyError> {
        let verifier = &self.relying_party()?.verifier;
        let (options, state) =
            verifier.start_discoverable_authentication().map_err(|_| PasskeyError::Unavailable)?;
        let (mut options, challenge) = public_key(&options)?;
        let ids = methods.iter().filter_map(|method| passkey_of(&method.record));
        let allowed = ids
            .map(|passkey| json!({ "type": "public-key", "id": URL_SAFE_NO_PAD.encode(passkey.cred_id()) }));
        options["allowCredentials"] = allowed.collect();
        let expires = self.services.clock.now() + LIFETIME;
        let pending = Pending { state, challenge, user_id: user_id.map(str::to_owned), expires };
        let pending = self.forms.seal(&purpose(page), &pending, LIFETIME).map_err(|_| AuthnError::Sealed)?;
        Ok(PasskeyChallenge { options: options.to_string(), pending })
    }

    async fn accept(&self, pending: &Pending, answer: &PublicKeyCredential) -> Result<String, PasskeyError> {
        let id = method_id(&answer.raw_id);
        let found: Option<Versioned<AuthenticationMethod>> =
            self.services.store.load(self.services.tenant, &id).await?;
        let found = found.filter(|found| found.record.kind == AuthenticationMethodKind::Fido2);
        let mut method = found.filter(|found| may_answer(pending, answer, &found.record.user_id));
        let method = method.as_mut().ok_or(PasskeyError::Unknown)?;
        let user_id = method.record.user_id.clone();
        let mut passkey = passkey_of(&method.record).ok_or(AuthnError::Sealed)?;
        let state = pending.state.clone();
        let verifier = &self.relying_party()?.verifier;
        let seen = match verifier.finish_discoverable_authentication_v2(answer, state, &passkey) {
            Ok(seen) => seen,
            Err(WebauthnError::CredentialPossibleCompromise) => return Err(PasskeyError::Cloned { user_id }),
            Err(_) => return Err(PasskeyError::Wrong),
        };
        passkey.update_credential(&seen);
        let kept = method.record.passkey.as_mut().ok_or(AuthnError::Sealed)?;
        kept.credential = serde_json::to_value(&passkey).map_err(|_| AuthnError::Sealed)?;
        let (now, challenge) = (self.services.clock.now(), sha256_hex(&pending.challenge));
        kept.answered_challenges.retain(|(_, expires)| *expires > now);
        if kept.answered_challenges.iter().any(|(answered, _)| *answered == challenge) {
            return Err(PasskeyError::Expired);
        }
        kept.answered_challenges.push((challenge, pending.expires));
        let mut batch = Batch::new(self.services.tenant);
        batch.update(method)?;
        self.services.store.commit(batch).await?;
        Ok(user_id)
    }
}

/// Whether the owner of the passkey is who must answer, and who the answer says it is from. That is known only by the
/// answer where nobody is named before, so it must say it then (Web Authentication §7.2 step 6).
fn may_answer(pending: &Pending, answer: &PublicKeyCredential, owner: &str) -> bool {
    let handle = answer.get_user_unique_id().and_then(|bytes| Uuid::from_slice(bytes).ok());
    let is_owner = handle.map(|handle| handle.to_string().eq_ignore_ascii_case(owner));
    match &pending.user_id {
        Some(named) => named == owner && (is_owner.unwrap_or(answer.get_user_unique_id().is_none())),
        None => is_owner == Some(true),
    }
}

fn purpose(page: &str) -> String {
    format!("passkey:{page}")
}
