use riskgate_directory::{Actor, AuditEntry, DirectoryError, audit, other_target};
use riskgate_model::OidcIdentityProvider;
use riskgate_store::records::IdentityProvider;
use riskgate_store::{Batch, StoreError};
use secrecy::SecretString;

use super::MOST;
use super::check::{complete, invalid};
use super::secret::seal_secret;
use crate::Federation;

/// A provider to be registered.
#[derive(Debug)]
pub struct NewProvider {
    /// What is known of it; the identifier is chosen here.
    pub provider: OidcIdentityProvider,
    /// The secret Riskgate has there; `None` for a public client.
    pub secret: Option<SecretString>,
    /// Whether it does not matter that no administrator is left who signs in here.
    pub allows_lockout: bool,
}

impl Federation {
    /// Registers a provider. Nothing is asked of it before somebody signs in through it.
    ///
    /// # Errors
    /// [`DirectoryError::Required`], [`DirectoryError::InvalidValue`], [`DirectoryError::Duplicate`] for an issuer that is
    /// registered already, [`DirectoryError::Store`].
    pub async fn create_provider(
        &self,
        actor: &Actor,
        new: NewProvider,
    ) -> Result<OidcIdentityProvider, DirectoryError> {
        let mut provider = new.provider;
        provider.id = self.services.rng.guid();
        provider.client_authentication = None;
        complete(&mut provider);
        self.check(&provider)?;
        let known = self.providers().await?;
        if known.len() >= MOST {
            return Err(invalid("id", &format!("A tenant can have at most {MOST} identity providers.")));
        }
        self.check_domains(&provider, &known, new.allows_lockout).await?;
        let sealed = new.secret.map(|secret| seal_secret(&*self.services.seal, &provider.id, &secret));
        let record = IdentityProvider { provider: provider.clone(), sealed_secret: sealed };
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(&record)?;
        let target = other_target("IdentityProvider", &provider.id, provider.display_name.as_deref());
        let entry = AuditEntry::new("Create identity provider", "Policy", "Add").target(target);
        audit(&mut batch, &*self.services.clock, &*self.services.rng, actor, entry)?;
        self.services.store.commit(batch).await.map_err(duplicate_issuer)?;
        Ok(provider)
    }
}

/// The only value of providers that must be unique and can be chosen is the issuer.
pub(super) fn duplicate_issuer(error: StoreError) -> DirectoryError {
    match error {
        StoreError::Exists { .. } => DirectoryError::Duplicate { property: "issuer" },
        error => error.into(),
    }
}
