use riskgate_store::records::RevokedAccessToken;
use riskgate_store::{Batch, StoreError, StoreExt};

use super::AccessToken;
use crate::TokenService;
use crate::digest::{base64url, sha256};
use crate::service::LONGEST_LIFETIME;

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

    /// Whether a token was revoked, or all of its grant; asked anew each time, so that it counts at once on every node.
    pub(super) async fn is_revoked(&self, token: &AccessToken) -> Result<bool, StoreError> {
        let grant = token.grant_id.as_deref().map(row_of_grant);
        for id in [Some(&token.id), grant.as_ref()].into_iter().flatten() {
            if self.store.load::<RevokedAccessToken>(self.tenant, id).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Revokes the access tokens of a family of refresh tokens in the batch that revokes the family.
    pub(crate) fn revoke_access_of(&self, family_id: &str, batch: &mut Batch) -> Result<(), StoreError> {
        batch.insert(&RevokedAccessToken {
            id: row_of_grant(&grant_id(family_id)),
            // Another node may have issued them with another lifetime.
            expires_date_time: self.clock.now() + LONGEST_LIFETIME,
        })
    }
}

/// `grant_id` of the access tokens of a family: whoever sees one cannot name the family, and so not revoke it.
pub(super) fn grant_id(family_id: &str) -> String {
    base64url(&sha256(format!("grant\n{family_id}").as_bytes()))
}

fn row_of_grant(grant_id: &str) -> String {
    format!("grant:{grant_id}")
}
