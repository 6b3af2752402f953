use riskgate_odata::Filter;
use riskgate_store::records::{DeviceAuthorization, DeviceDecision};
use riskgate_store::{Batch, StoreError, StoreExt, Versioned, retry};

use super::user_code::normalized;
use crate::TokenService;
use crate::digest::sha256_hex;

impl TokenService {
    /// The device that waits with this `user_code`; `None` if there is none, or it waits no more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn find_device_authorization(
        &self,
        user_code: &str,
    ) -> Result<Option<DeviceAuthorization>, StoreError> {
        let Some(code) = normalized(user_code) else { return Ok(None) };
        let filter = Filter::equals("userCodeDigest", sha256_hex(&code));
        let found = self.store.find_one::<DeviceAuthorization>(self.tenant, filter).await?;
        Ok(self.still_waiting(found).map(|found| found.record))
    }

    /// The device of this identifier, if it still waits.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn device_authorization_of(&self, id: &str) -> Result<Option<DeviceAuthorization>, StoreError> {
        let found = self.store.load::<DeviceAuthorization>(self.tenant, id).await?;
        Ok(self.still_waiting(found).map(|found| found.record))
    }

    /// Keeps what was decided about a device; `false` if it waits no more. Of several decisions one counts.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn decide_device_authorization(
        &self,
        id: &str,
        decision: &DeviceDecision,
    ) -> Result<bool, StoreError> {
        retry(|| async {
            let found = self.store.load::<DeviceAuthorization>(self.tenant, id).await?;
            let Some(mut waiting) = self.still_waiting(found) else { return Ok(false) };
            waiting.record.decision = Some(decision.clone());
            let mut batch = Batch::new(self.tenant);
            batch.update(&waiting)?;
            self.store.commit(batch).await.map(|()| true)
        })
        .await
    }

    fn still_waiting(
        &self,
        found: Option<Versioned<DeviceAuthorization>>,
    ) -> Option<Versioned<DeviceAuthorization>> {
        let now = self.clock.now();
        found.filter(|found| found.record.decision.is_none() && found.record.expires_date_time > now)
    }
}
