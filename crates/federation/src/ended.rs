use riskgate_core::Timestamp;
use riskgate_store::records::{ExternalIdentity, UsedAssertion};
use riskgate_store::{Batch, StoreError, StoreExt};

use crate::complete::REMEMBERED;
use crate::people::{identity_id, sha256_hex};
use crate::tokens::{Ended, ExpectedLogout, select, verify_logout};
use crate::{Federation, FederationError};

/// A session at a provider that has ended, and whose it was here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedSession {
    /// The provider.
    pub provider_id: String,
    /// The user who is linked to the subject; `None` if nobody is.
    pub user_id: Option<String>,
    /// `sid`: the one session that ended; all of the person's if there is none.
    pub session_id: Option<String>,
    /// When that was.
    pub at: Timestamp,
}

impl Federation {
    /// Takes a logout token of a provider (OpenID Connect Back-Channel Logout §2.6). It counts once, on whatever node.
    ///
    /// # Errors
    /// [`FederationError::InvalidToken`] for one that is not good or names nobody by `sub`, [`FederationError::Replayed`], and
    /// those of [`Federation::begin`].
    pub async fn ended(&self, provider_id: &str, token: &str) -> Result<EndedSession, FederationError> {
        let provider = self.enabled_provider(provider_id).await?.provider;
        let metadata = self.metadata(&provider).await?;
        let is_enough = |keys: &[_]| select(token, keys, &metadata.algorithms).is_ok();
        let keys = self.cache.keys(&self.network, &metadata.jwks_uri, is_enough).await?;
        let now = self.services.clock.now();
        let expected = ExpectedLogout { provider: &provider, now, algorithms: &metadata.algorithms };
        let Ended { subject, session_id, id, at } = verify_logout(token, &keys, &expected)?;
        let issuer = provider.issuer.as_deref().unwrap_or_default();
        let used =
            UsedAssertion { id: sha256_hex(&["logout", issuer, &id]), expires_date_time: now + REMEMBERED };
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(&used)?;
        match self.services.store.commit(batch).await {
            Err(StoreError::Exists { .. }) => return Err(FederationError::Replayed),
            outcome => outcome?,
        }
        let linked = self
            .services
            .store
            .load::<ExternalIdentity>(self.services.tenant, &identity_id(issuer, &subject))
            .await?;
        let user_id = linked.map(|linked| linked.record.user_id);
        Ok(EndedSession { provider_id: provider.id, user_id, session_id, at })
    }
}
