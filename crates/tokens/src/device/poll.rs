use std::time::Duration;

use riskgate_store::records::{DeviceAuthorization, DeviceDecision, TokenGrant};
use riskgate_store::{AsConflict, Batch, StoreError, StoreExt, Versioned, retry};

use super::INTERVAL;
use crate::TokenService;
use crate::digest::sha256_hex;

/// A poll may come this much too early: clients count the seconds from the answer, and networks are uneven.
const TOLERANCE: Duration = Duration::from_secs(1);
/// The interval of a device that polls too fast grows up to this many seconds.
const LONGEST_INTERVAL: u64 = 60;

/// Why a device gets no tokens, or none yet (RFC 8628 §3.5).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeviceError {
    /// Nobody has decided yet.
    #[error("the user has not finished signing in yet; poll again")]
    Pending,
    /// The same, and the device polls too often.
    #[error("the user has not finished signing in yet; poll again later, with five seconds more in between")]
    SlowDown,
    /// The person said no.
    #[error("the user declined the sign-in on this device")]
    Declined,
    /// Fifteen minutes are over.
    #[error("the device code has expired; ask for a new one")]
    Expired,
    /// There is no such code, it was issued to another client, or it was used before.
    #[error("the device code is not valid")]
    Unknown,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AsConflict for DeviceError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_conflict())
    }
}

impl TokenService {
    /// What was granted to the device of this code, once. The caller has authenticated the client.
    ///
    /// # Errors
    /// [`DeviceError`].
    pub async fn poll_device_authorization(
        &self,
        device_code: &str,
        client_id: &str,
    ) -> Result<TokenGrant, DeviceError> {
        let id = sha256_hex(device_code);
        retry(|| self.poll_once(&id, client_id)).await
    }

    async fn poll_once(&self, id: &str, client_id: &str) -> Result<TokenGrant, DeviceError> {
        let found = self.store.load::<DeviceAuthorization>(self.tenant, id).await?;
        let mut waiting = found.ok_or(DeviceError::Unknown)?;
        if !waiting.record.client_id.eq_ignore_ascii_case(client_id) {
            return Err(DeviceError::Unknown);
        }
        if waiting.record.expires_date_time <= self.clock.now() {
            return Err(DeviceError::Expired);
        }
        match waiting.record.decision.take() {
            Some(DeviceDecision::Declined) => Err(DeviceError::Declined),
            Some(DeviceDecision::Approved(grant)) => {
                // Whoever deletes it has it; for anybody else the code is used up.
                let mut batch = Batch::new(self.tenant);
                batch.delete(&waiting);
                self.store.commit(batch).await?;
                Ok(*grant)
            }
            None => Err(self.keep_waiting(waiting).await?),
        }
    }

    /// Notes the poll; how the device is told to go on.
    async fn keep_waiting(
        &self,
        mut waiting: Versioned<DeviceAuthorization>,
    ) -> Result<DeviceError, StoreError> {
        let (now, record) = (self.clock.now(), &mut waiting.record);
        let wait = Duration::from_secs(record.interval_seconds);
        let is_early = record.polled_date_time.is_some_and(|last| now.since(last) + TOLERANCE < wait);
        record.polled_date_time = Some(now);
        if is_early {
            record.interval_seconds = (record.interval_seconds + INTERVAL).min(LONGEST_INTERVAL);
        }
        let mut batch = Batch::new(self.tenant);
        batch.update(&waiting)?;
        self.store.commit(batch).await?;
        Ok(if is_early { DeviceError::SlowDown } else { DeviceError::Pending })
    }
}
