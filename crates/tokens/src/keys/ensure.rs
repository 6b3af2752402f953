use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_odata::Filter;
use riskgate_store::records::SigningKey;
use riskgate_store::{Batch, StoreError, StoreExt, Versioned, retry};

use super::generate::generate;
use super::{PUBLISHED_AFTER, SUCCESSOR_BEFORE};
use crate::{TokenError, TokenService};

impl TokenService {
    /// Sees to it that there is a key to sign with, that its successor is ready in time, and that keys nobody needs any
    /// more are gone. Call it at start and about once an hour, on every node.
    ///
    /// # Errors
    /// [`TokenError`], in particular `KeyUnusable` when the master key is not the one the keys were sealed with.
    pub async fn ensure_signing_key(&self) -> Result<(), TokenError> {
        retry(|| self.tend_keys()).await?;
        self.reread_keys(Duration::ZERO).await
    }

    async fn tend_keys(&self) -> Result<(), TokenError> {
        let now = self.clock.now();
        let keys = self.store.find_all::<SigningKey>(self.tenant, Filter::Constant(true)).await?;
        let mut batch = Batch::new(self.tenant);
        match newest(&keys) {
            Some(newest) if newest.record.retires_date_time > now + SUCCESSOR_BEFORE => {}
            Some(newest) => {
                // Rewriting the predecessor makes the nodes that notice at the same time conflict: one of them wins.
                batch.update(newest)?;
                batch.insert(&generate(&*self.seal, begin_after(&newest.record, now)).await?)?;
            }
            None => batch.insert(&generate(&*self.seal, now).await?)?,
        }
        let is_over = |key: &&Versioned<SigningKey>| key.record.retires_date_time + PUBLISHED_AFTER <= now;
        let keep = newest(&keys).map(|key| &key.record.id);
        for key in keys.iter().filter(is_over).filter(|key| Some(&key.record.id) != keep) {
            batch.delete(key);
        }
        if batch.writes.is_empty() {
            return Ok(());
        }
        match self.store.commit(batch).await {
            Err(StoreError::Exists { table, id }) => Err(StoreError::Conflict { table, id }.into()),
            outcome => Ok(outcome?),
        }
    }
}

fn newest(keys: &[Versioned<SigningKey>]) -> Option<&Versioned<SigningKey>> {
    keys.iter().max_by_key(|key| (key.record.retires_date_time, key.record.id.clone()))
}

/// A successor takes over when its predecessor retires, or at once after a longer stop.
fn begin_after(predecessor: &SigningKey, now: Timestamp) -> Timestamp {
    predecessor.retires_date_time.max(now)
}
