use riskgate_core::Timestamp;
use riskgate_store::records::UsedAssertion;
use riskgate_store::{Batch, StoreError};

use crate::TokenService;
use crate::digest::sha256_hex;

impl TokenService {
    /// Uses something up that is good once, on whichever node, until a moment after which it is not good anyway; `false` if
    /// it was used before. It costs a commit and a row until then, so callers have checked whatever else there is to check.
    pub(crate) async fn use_once(&self, name: &str, until: Timestamp) -> Result<bool, StoreError> {
        let used = UsedAssertion { id: sha256_hex(name), expires_date_time: until };
        let mut batch = Batch::new(self.tenant);
        batch.insert(&used)?;
        match self.store.commit(batch).await {
            Ok(()) => Ok(true),
            Err(StoreError::Exists { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
