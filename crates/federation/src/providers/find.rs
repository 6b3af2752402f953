use riskgate_directory::DirectoryError;
use riskgate_model::OidcIdentityProvider;
use riskgate_odata::Filter;
use riskgate_store::records::IdentityProvider;
use riskgate_store::{StoreError, StoreExt, Versioned};

use crate::{Federation, FederationError};

impl Federation {
    /// Every provider, by name; there are at most 20.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn providers(&self) -> Result<Vec<OidcIdentityProvider>, StoreError> {
        let everything = Filter::Constant(true);
        let found =
            self.services.store.find_all::<IdentityProvider>(self.services.tenant, everything).await?;
        let mut providers: Vec<_> = found.into_iter().map(|found| found.record.provider).collect();
        providers.sort_by(|one, other| (&one.display_name, &one.id).cmp(&(&other.display_name, &other.id)));
        Ok(providers)
    }

    /// The providers people may sign in through.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn enabled_providers(&self) -> Result<Vec<OidcIdentityProvider>, StoreError> {
        let providers = self.providers().await?;
        Ok(providers.into_iter().filter(|provider| provider.is_enabled == Some(true)).collect())
    }

    /// A provider people may sign in through.
    ///
    /// # Errors
    /// [`FederationError::UnknownProvider`], [`FederationError::Store`].
    pub async fn enabled_provider(&self, id: &str) -> Result<IdentityProvider, FederationError> {
        let found: Option<Versioned<IdentityProvider>> =
            self.services.store.load(self.services.tenant, &id.to_ascii_lowercase()).await?;
        found
            .map(|found| found.record)
            .filter(|record| record.provider.is_enabled == Some(true))
            .ok_or(FederationError::UnknownProvider)
    }

    /// A provider by its identifier, in any case.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::Store`].
    pub async fn provider(&self, id: &str) -> Result<OidcIdentityProvider, DirectoryError> {
        Ok(self.existing_provider(id).await?.record.provider)
    }

    pub(super) async fn existing_provider(
        &self,
        id: &str,
    ) -> Result<Versioned<IdentityProvider>, DirectoryError> {
        let found = self.services.store.load(self.services.tenant, &id.to_ascii_lowercase()).await?;
        found.ok_or_else(|| DirectoryError::NotFound { id: id.chars().take(256).collect() })
    }
}

/// The provider that user names of a domain are sent to.
pub fn provider_of<'a>(
    providers: &'a [OidcIdentityProvider],
    user_name: &str,
) -> Option<&'a OidcIdentityProvider> {
    let (_, domain) = user_name.trim().rsplit_once('@')?;
    providers.iter().find(|provider| provider.domains.iter().any(|own| own.eq_ignore_ascii_case(domain)))
}
