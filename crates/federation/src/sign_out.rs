use std::time::Duration;

use riskgate_model::FederationFacts;
use riskgate_store::records::SignOutTarget;
use url::Url;

use crate::begin::LONGEST_ADDRESS;
use crate::{Federation, FederationError};

/// Purpose the sealed state of a sign-out is bound to.
const PURPOSE: &str = "federated-sign-out";
/// How long a person may take on the provider's page.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

impl Federation {
    /// The address where somebody who signed in through a provider signs out there as well (OpenID Connect RP-Initiated Logout
    /// §2); `None` if the provider has none or is switched off. The browser comes back to the provider's redirect address with
    /// a `state` that [`Federation::signed_out`] opens.
    ///
    /// # Errors
    /// [`FederationError::Unreachable`] or [`FederationError::Garbage`] if the provider's metadata cannot be had,
    /// [`FederationError::Store`].
    pub async fn sign_out_address(
        &self,
        facts: &FederationFacts,
        target: &SignOutTarget,
    ) -> Result<Option<Url>, FederationError> {
        let provider = match self.enabled_provider(&facts.provider_id).await {
            Err(FederationError::UnknownProvider) => return Ok(None),
            found => found?.provider,
        };
        let metadata = self.metadata(&provider).await?;
        let Some(mut url) = metadata.end_session_endpoint.clone() else { return Ok(None) };
        let sealed = self.sealed.seal(PURPOSE, target, LIFETIME);
        let state = sealed.map_err(|_| FederationError::TooLarge)?;
        url.query_pairs_mut()
            .append_pair("client_id", provider.client_id.as_deref().unwrap_or_default())
            .append_pair("post_logout_redirect_uri", &self.redirect_uri(&provider.id))
            .append_pair("state", &state);
        Ok(Some(url).filter(|url| url.as_str().len() <= LONGEST_ADDRESS))
    }

    /// Where a browser goes on to that comes back from signing out at a provider; `None` if that is not what it comes from.
    pub fn signed_out(&self, state: &str) -> Option<SignOutTarget> {
        self.sealed.open(PURPOSE, state).ok()
    }
}
