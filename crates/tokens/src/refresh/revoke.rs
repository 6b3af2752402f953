use riskgate_odata::Filter;
use riskgate_store::records::RefreshTokenFamily;
use riskgate_store::{Batch, StoreError, StoreExt, retry};

use super::inspect::split;
use crate::TokenService;

/// Families revoked in one commit.
const BATCH: usize = 100;

/// What came of a request to revoke a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revocation {
    /// It is not good any more.
    Revoked,
    /// There is no such token.
    Unknown,
    /// It was issued to another client, and stays as it is.
    OfAnotherClient,
}

impl TokenService {
    /// Revokes all refresh tokens of a family, and the access tokens issued beside them; `false` if there is no such family.
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
                self.revoke_access_of(id, &mut batch)?;
                self.store.commit(batch).await?;
            }
            Ok(true)
        })
        .await
    }

    /// Revokes the family of a refresh token for the client it was issued to (RFC 7009 §2.1), and says what came of it. A
    /// token that was used up already revokes as well: whoever knows it had it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn revoke_refresh(&self, token: &str, client_id: &str) -> Result<Revocation, StoreError> {
        let Some((id, _)) = split(token) else { return Ok(Revocation::Unknown) };
        let family = self.store.load::<RefreshTokenFamily>(self.tenant, id).await?;
        let Some(family) = family else { return Ok(Revocation::Unknown) };
        if !family.record.grant.client_id.eq_ignore_ascii_case(client_id) {
            return Ok(Revocation::OfAnotherClient);
        }
        self.revoke_family(id).await?;
        Ok(Revocation::Revoked)
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
                self.revoke_access_of(&family.record.id, &mut batch)?;
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
