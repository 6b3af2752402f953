use riskgate_store::records::RevokedAccessToken;
use riskgate_store::{Batch, StoreError, StoreExt};

use super::AccessToken;
use crate::TokenService;

impl TokenService {
    /// Revokes an access token (RFC 7009): from now on it is refused by every node, as long as it would have been good.
    /// Revoking it twice is the same as once.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn revoke_access_token(&self, token: &AccessToken) -> Result<(), StoreError> {
        let revoked = RevokedAccessToken { id: token.id.clone(), expires_date_time: token.expires_at };
        let mut batch = Batch::new(self.tenant);
        batch.insert(&revoked)?;
        match self.store.commit(batch).await {
            Err(StoreError::Exists { .. }) => Ok(()),
            outcome => outcome,
        }
    }

    /// Whether a token was revoked; asked anew each time, so that it counts at once on every node.
    pub(super) async fn is_revoked(&self, token: &AccessToken) -> Result<bool, StoreError> {
        Ok(self.store.load::<RevokedAccessToken>(self.tenant, &token.id).await?.is_some())
    }
}
