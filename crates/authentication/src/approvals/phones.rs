use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use riskgate_model::AuthenticationMethodKind;
use riskgate_ports::PushSubscription;
use riskgate_store::records::AuthenticationMethod;
use riskgate_store::{Batch, StoreExt, Versioned, retry};

use super::{ApprovalError, Approvals, PhoneProof};
use crate::AuthnError;

impl Approvals {
    /// The user's phones, the oldest first.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn list(&self, user_id: &str) -> Result<Vec<Versioned<AuthenticationMethod>>, AuthnError> {
        let mut methods = self.registered.list(user_id).await?;
        methods.retain(|method| is_phone(&method.record));
        Ok(methods)
    }

    /// Keeps how a phone is woken, or that it is not any more.
    ///
    /// # Errors
    /// [`ApprovalError`].
    pub async fn subscribe(
        &self,
        proof: &PhoneProof<'_>,
        push: Option<&PushSubscription>,
    ) -> Result<(), ApprovalError> {
        let endpoint = push.map(|push| push.endpoint.as_str()).unwrap_or_default();
        let phone = self.prove(proof, "push", endpoint).await?;
        let sealed = push.map(|push| self.sealed_push(&phone.id, push)).transpose()?;
        Ok(self.keep_push(&phone.id, sealed).await?)
    }

    /// The phone of this identifier.
    pub(super) async fn phone(&self, id: &str) -> Result<AuthenticationMethod, ApprovalError> {
        let found: Option<Versioned<AuthenticationMethod>> =
            self.services.store.load(self.services.tenant, id).await?;
        let found = found.map(|found| found.record).filter(is_phone);
        found.ok_or(ApprovalError::Unknown)
    }

    pub(super) async fn keep_push(&self, id: &str, sealed: Option<String>) -> Result<(), AuthnError> {
        retry(|| async {
            let found: Option<Versioned<AuthenticationMethod>> =
                self.services.store.load(self.services.tenant, id).await?;
            let Some(mut method) = found else { return Ok(()) };
            let Some(phone) = &mut method.record.phone else { return Ok(()) };
            phone.sealed_push.clone_from(&sealed);
            let mut batch = Batch::new(self.services.tenant);
            batch.update(&method)?;
            Ok(self.services.store.commit(batch).await?)
        })
        .await
    }

    /// How a phone is woken, sealed; refused if it cannot be.
    pub(super) fn sealed_push(
        &self,
        phone_id: &str,
        push: &PushSubscription,
    ) -> Result<String, ApprovalError> {
        if !self.push.as_deref().is_some_and(|service| service.takes(push)) {
            return Err(ApprovalError::Wrong);
        }
        let plain = serde_json::to_vec(push).map_err(|_| ApprovalError::Wrong)?;
        Ok(STANDARD.encode(self.services.seal.seal(&purpose(phone_id), &plain)))
    }

    pub(super) fn opened_push(&self, method: &AuthenticationMethod) -> Option<PushSubscription> {
        let sealed = STANDARD.decode(method.phone.as_ref()?.sealed_push.as_ref()?).ok()?;
        serde_json::from_slice(&self.services.seal.open(&purpose(&method.id), &sealed).ok()?).ok()
    }
}

fn is_phone(method: &AuthenticationMethod) -> bool {
    method.kind == AuthenticationMethodKind::MicrosoftAuthenticatorPush
}

fn purpose(phone_id: &str) -> String {
    format!("push-subscription:{phone_id}")
}
