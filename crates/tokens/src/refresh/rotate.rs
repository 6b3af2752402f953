use riskgate_store::records::RefreshTokenFamily;
use riskgate_store::{Batch, StoreError, StoreExt};

use super::{RefreshError, RefreshTicket, SLIDING};
use crate::TokenService;
use crate::digest::sha256_hex;

impl TokenService {
    /// Uses a looked-up refresh token up and issues its successor. Of several at the same time one succeeds; the others
    /// revoke the family, for the same token was presented twice.
    ///
    /// # Errors
    /// [`RefreshError::Reused`], [`RefreshError::Revoked`] if it was revoked since it was looked up,
    /// [`RefreshError::Store`].
    pub async fn rotate_refresh(&self, ticket: RefreshTicket) -> Result<String, RefreshError> {
        let presented = ticket.family.record.current_digest.clone();
        let grant = ticket.family.record.grant.clone();
        let mut family = ticket.family;
        // A change by somebody else that leaves the token good makes a second round; there are only few such changes.
        for _ in 0..4 {
            let id = family.record.id.clone();
            family.record.grant.clone_from(&grant);
            let secret = self.rng.token();
            family.record.current_digest = sha256_hex(&secret);
            family.record.generation = family.record.generation.saturating_add(1);
            if family.record.is_sliding {
                family.record.expires_date_time = self.clock.now() + SLIDING;
            }
            let mut batch = Batch::new(self.tenant);
            batch.update(&family)?;
            match self.store.commit(batch).await {
                Ok(()) => return Ok(format!("{id}.{secret}")),
                Err(StoreError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
            family = self
                .store
                .load::<RefreshTokenFamily>(self.tenant, &id)
                .await?
                .ok_or(RefreshError::Revoked)?;
            if family.record.revoked_date_time.is_some() {
                return Err(RefreshError::Revoked);
            }
            if family.record.current_digest != presented {
                self.revoke_family(&id).await?;
                return Err(RefreshError::Reused);
            }
        }
        Err(StoreError::Conflict { table: "refresh_tokens", id: family.record.id }.into())
    }
}
