use riskgate_core::Timestamp;
use riskgate_store::records::{IssuedTo, RefreshTokenFamily, TokenGrant};
use riskgate_store::{Batch, StoreError};

use super::{RefreshError, SINGLE_PAGE, SLIDING};
use crate::TokenService;
use crate::digest::sha256_hex;

/// How long the refresh tokens of a family live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshLifetime {
    /// 90 days from the last use.
    Sliding,
    /// 24 hours from the first token, for redirect addresses of type `spa`.
    SinglePage,
}

impl RefreshLifetime {
    fn expiry(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Sliding => now + SLIDING,
            Self::SinglePage => now + SINGLE_PAGE,
        }
    }
}

impl TokenService {
    /// Issues the first refresh token of a grant. `family_id` is that of the redeemed code, if it came from one;
    /// `issued_to` is kept beside it.
    ///
    /// # Errors
    /// [`RefreshError::Revoked`] if the code was redeemed a second time meanwhile, [`RefreshError::Store`].
    pub async fn issue_refresh(
        &self,
        grant: TokenGrant,
        lifetime: RefreshLifetime,
        family_id: Option<String>,
        issued_to: Option<IssuedTo>,
    ) -> Result<String, RefreshError> {
        let id = family_id.unwrap_or_else(|| self.new_family_id());
        let secret = self.rng.token();
        let family = RefreshTokenFamily {
            user_id: grant.user_id.clone(),
            grant,
            current_digest: sha256_hex(&secret),
            issued_to,
            generation: 1,
            is_sliding: lifetime == RefreshLifetime::Sliding,
            revoked_date_time: None,
            expires_date_time: lifetime.expiry(self.clock.now()),
            id,
        };
        let mut batch = Batch::new(self.tenant);
        batch.insert(&family)?;
        match self.store.commit(batch).await {
            Err(StoreError::Exists { .. }) => Err(RefreshError::Revoked),
            outcome => outcome.map_err(RefreshError::from).map(|()| format!("{}.{secret}", family.id)),
        }
    }

    /// 128 random bits: a family cannot be named, and so not revoked, by somebody who never had a token of it.
    pub fn new_family_id(&self) -> String {
        self.rng.uuid().simple().to_string()
    }

    /// Sees to it that no token of a family is good, refresh or access, also if the first one is about to be issued.
    pub(crate) async fn bar_family(&self, id: &str, grant: &TokenGrant) -> Result<(), StoreError> {
        let now = self.clock.now();
        let barred = RefreshTokenFamily {
            id: id.to_owned(),
            user_id: grant.user_id.clone(),
            grant: grant.clone(),
            current_digest: String::new(),
            issued_to: None,
            generation: 0,
            is_sliding: false,
            revoked_date_time: Some(now),
            // Whoever redeemed the code issues within the same request.
            expires_date_time: RefreshLifetime::SinglePage.expiry(now),
        };
        if self.revoke_family(id).await? {
            return Ok(());
        }
        let mut batch = Batch::new(self.tenant);
        batch.insert(&barred)?;
        self.revoke_access_of(id, &mut batch)?;
        match self.store.commit(batch).await {
            Err(StoreError::Exists { .. }) => self.revoke_family(id).await.map(|_| ()),
            outcome => outcome,
        }
    }
}
