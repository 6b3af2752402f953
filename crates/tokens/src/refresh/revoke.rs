use riskgate_odata::Filter;
use riskgate_store::records::RefreshTokenFamily;
use riskgate_store::{Batch, StoreError, StoreExt, retry};

use crate::TokenService;

/// Families revoked in one commit.
const BATCH: usize = 100;

impl TokenService {
    /// Revokes all refresh tokens of a family; `false` if there is no such family.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn revoke_family(&self, id: &str) -> Result<bool, StoreError> {
        retry(|| async {
            let Some(mut family) = self.store.load::<RefreshTokenFamily>(self.tenant, id).await? else {
                return Ok(false);
            };
            if family.record.revoked_date_time.is_none() {
                family.record.revoked_date_time = Some(self.clock.now());
                let mut batch = Batch::new(self.tenant);
                batch.update(&family)?;
                self.store.commit(batch).await?;
            }
            Ok(true)
        })
        .await
    }

    /// Revokes every refresh token of a user and says how many families that were.
    ///
    /// Tokens that are issued at this very moment, and codes not redeemed yet, escape it: the caller also sets
    /// `signInSessionsValidFromDateTime`, which grants are compared with when they are used.
    ///
    /// # Errors
    /// [`StoreError`]; what was revoked until then stays so.
    pub async fn revoke_user(&self, user_id: &str) -> Result<usize, StoreError> {
        self.revoke_where(user_id, |_| true).await
    }

    /// Revokes the refresh tokens of a user that came from one of his sessions (`sid`), and says how many families that
    /// were.
    ///
    /// # Errors
    /// [`StoreError`]; what was revoked until then stays so.
    pub async fn revoke_session(&self, user_id: &str, session_id: &str) -> Result<usize, StoreError> {
        self.revoke_where(user_id, |family| family.grant.session_id == session_id).await
    }

    async fn revoke_where(
        &self,
        user_id: &str,
        is_meant: impl Fn(&RefreshTokenFamily) -> bool,
    ) -> Result<usize, StoreError> {
        let families =
            self.store.find_all::<RefreshTokenFamily>(self.tenant, Filter::equals("userId", user_id)).await?;
        let now = self.clock.now();
        let is_good = |family: &RefreshTokenFamily| family.revoked_date_time.is_none() && is_meant(family);
        let good: Vec<_> = families.into_iter().filter(|family| is_good(&family.record)).collect();
        for some in good.chunks(BATCH) {
            let mut batch = Batch::new(self.tenant);
            for family in some {
                let mut family = family.clone();
                family.record.revoked_date_time = Some(now);
                batch.update(&family)?;
            }
            match self.store.commit(batch).await {
                // Somebody used one of them; each on its own computes again.
                Err(StoreError::Conflict { .. }) => {
                    for family in some {
                        self.revoke_family(&family.record.id).await?;
                    }
                }
                outcome => outcome?,
            }
        }
        Ok(good.len())
    }
}
