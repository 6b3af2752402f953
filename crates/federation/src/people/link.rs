use riskgate_directory::{Actor, AuditEntry, audit, other_target, user_target};
use riskgate_model::{OidcIdentityProvider, User};
use riskgate_odata::Filter;
use riskgate_store::records::ExternalIdentity;
use riskgate_store::{Batch, StoreError, StoreExt};

use crate::{Federation, FederationError};

/// SHA-256 over parts, each preceded by its length, hexadecimal.
pub(crate) fn sha256_hex(parts: &[&str]) -> String {
    let mut context = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Identifier of the link of an issuer's subject.
pub(crate) fn identity_id(issuer: &str, subject: &str) -> String {
    sha256_hex(&[issuer, subject])
}

impl Federation {
    /// Links a user to a subject of a provider, each of which can have one link there.
    ///
    /// # Errors
    /// [`FederationError::Store`]; [`StoreError::Exists`] if one of both is linked already.
    pub async fn link(
        &self,
        actor: &Actor,
        provider: &OidcIdentityProvider,
        subject: &str,
        user: &User,
    ) -> Result<ExternalIdentity, FederationError> {
        let issuer = provider.issuer.clone().unwrap_or_default();
        let identity = ExternalIdentity {
            id: identity_id(&issuer, subject),
            provider_id: provider.id.clone(),
            issuer,
            subject: subject.to_owned(),
            user_id: user.id.clone(),
            created_date_time: self.services.clock.now(),
        };
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(&identity)?;
        let entry = AuditEntry::new("Link external identity", "UserManagement", "Assign")
            .target(user_target(user, &[]))
            .target(other_target("IdentityProvider", &provider.id, provider.display_name.as_deref()))
            .detail("Subject", subject);
        audit(&mut batch, &*self.services.clock, &*self.services.rng, actor, entry)?;
        self.services.store.commit(batch).await?;
        Ok(identity)
    }

    /// Removes a link of a provider; false if there is none.
    ///
    /// # Errors
    /// [`FederationError::Store`].
    pub async fn unlink(&self, actor: &Actor, provider_id: &str, id: &str) -> Result<bool, FederationError> {
        let found = self.services.store.load::<ExternalIdentity>(self.services.tenant, id).await?;
        let Some(identity) = found.filter(|found| found.record.provider_id == provider_id) else {
            return Ok(false);
        };
        let mut batch = Batch::new(self.services.tenant);
        batch.delete(&identity);
        let entry = AuditEntry::new("Remove external identity", "UserManagement", "Unassign")
            .target(other_target("User", &identity.record.user_id, None))
            .target(other_target("IdentityProvider", provider_id, None))
            .detail("Subject", identity.record.subject);
        audit(&mut batch, &*self.services.clock, &*self.services.rng, actor, entry)?;
        match self.services.store.commit(batch).await {
            Err(StoreError::Conflict { .. }) => Ok(false),
            outcome => outcome.map(|()| true).map_err(Into::into),
        }
    }

    /// The links of a provider.
    ///
    /// # Errors
    /// [`FederationError::Store`].
    pub async fn links(&self, provider_id: &str) -> Result<Vec<ExternalIdentity>, FederationError> {
        let filter = Filter::equals("providerId", provider_id);
        let found = self.services.store.find_all::<ExternalIdentity>(self.services.tenant, filter).await?;
        Ok(found.into_iter().map(|found| found.record).collect())
    }
}
