use std::time::Duration;

use riskgate_store::records::{IdentityProvider, UsedAssertion};
use riskgate_store::{Batch, StoreError};

use crate::begin::PURPOSE;
use crate::people::sha256_hex;
use crate::tokens::{Expected, select, verify};
use crate::{Assertion, Demand, Federation, FederationError, Started};

/// How long an assertion that was used is remembered: longer than a `state` is good.
pub(crate) const REMEMBERED: Duration = Duration::from_secs(60 * 60);
/// Longest code that is redeemed, in bytes.
const LONGEST_CODE: usize = 4_096;
/// How far clocks may differ.
pub(crate) const SKEW: Duration = Duration::from_secs(60);

/// What a browser brought back from a provider.
#[derive(Debug, Clone, Copy, Default)]
pub struct Answer<'a> {
    /// The provider the address is of.
    pub provider_id: &'a str,
    /// The browser, by the identifier its forms are tied to.
    pub browser_id: Option<&'a str>,
    /// `state`.
    pub state: &'a str,
    /// `code`.
    pub code: Option<&'a str>,
    /// `iss` (RFC 9207).
    pub issuer: Option<&'a str>,
    /// `error`.
    pub error: Option<&'a str>,
}

/// A sign-in at a provider that went well.
#[derive(Debug)]
pub struct Completed {
    /// How it was begun.
    pub started: Started,
    /// The provider.
    pub provider: IdentityProvider,
    /// What it asserts.
    pub assertion: Assertion,
}

impl Federation {
    /// The sign-in an answer belongs to, if it is of this browser and provider. Nothing else of the answer is looked at.
    ///
    /// # Errors
    /// [`FederationError::UnknownState`], [`FederationError::OtherBrowser`], [`FederationError::OtherProvider`].
    pub fn started(&self, answer: &Answer<'_>) -> Result<Started, FederationError> {
        let opened = self.sealed.open(PURPOSE, answer.state);
        let started: Started = opened.map_err(|_| FederationError::UnknownState)?;
        if answer.browser_id.is_none_or(|id| sha256_hex(&[id]) != started.browser) {
            return Err(FederationError::OtherBrowser);
        }
        if started.provider_id != answer.provider_id {
            return Err(FederationError::OtherProvider);
        }
        Ok(started)
    }

    /// Takes the answer of a provider: redeems the code and verifies the token.
    ///
    /// # Errors
    /// [`FederationError`], any but those of [`Federation::begin`].
    pub async fn complete(
        &self,
        started: Started,
        answer: &Answer<'_>,
    ) -> Result<Completed, FederationError> {
        let provider = self.enabled_provider(&started.provider_id).await?;
        let metadata = self.metadata(&provider.provider).await?;
        let issuer = provider.provider.issuer.as_deref().unwrap_or_default();
        match answer.issuer {
            Some(named) if named != issuer => return Err(FederationError::OtherProvider),
            None if metadata.names_issuer => return Err(FederationError::OtherProvider),
            _ => {}
        }
        match answer.error {
            Some("access_denied") => return Err(FederationError::Cancelled),
            Some(error) => return Err(FederationError::Refused(error.chars().take(64).collect())),
            None => {}
        }
        let code = answer.code.filter(|code| !code.is_empty() && code.len() <= LONGEST_CODE);
        let code = code.ok_or_else(|| FederationError::Garbage("its answer has no code".to_owned()))?;
        let token = self.redeem(&provider, &metadata, &started, code).await?;
        let keys = self
            .cache
            .keys(&self.network, &metadata.jwks_uri, |keys| {
                select(&token, keys, &metadata.algorithms).is_ok()
            })
            .await?;
        let expected = Expected {
            provider: &provider.provider,
            nonce: &started.nonce,
            now: self.services.clock.now(),
            algorithms: &metadata.algorithms,
            proven_since: (started.demand != Demand::SignIn).then_some(started.at - SKEW),
        };
        let assertion = verify(&token, &keys, &expected)?;
        self.use_up(&started).await?;
        Ok(Completed { started, provider, assertion })
    }

    /// Notes that the answer was used. Of two at the same moment one wins, on whatever node.
    async fn use_up(&self, started: &Started) -> Result<(), FederationError> {
        let used = UsedAssertion {
            id: sha256_hex(&[&started.nonce]),
            expires_date_time: self.services.clock.now() + REMEMBERED,
        };
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(&used)?;
        match self.services.store.commit(batch).await {
            Err(StoreError::Exists { .. }) => Err(FederationError::Replayed),
            outcome => Ok(outcome?),
        }
    }
}
