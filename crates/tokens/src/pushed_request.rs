use std::time::Duration;

use riskgate_store::records::{AuthorizationRequest, PushedRequest};
use riskgate_store::{Batch, StoreError, StoreExt};

use crate::TokenService;
use crate::digest::sha256_hex;

/// What the reference to a pushed request begins with (RFC 9126 §2.2).
pub const PUSHED_REQUEST_PREFIX: &str = "urn:ietf:params:oauth:request_uri:";
/// Long enough for the browser to be sent on.
const LIFETIME: Duration = Duration::from_secs(90);

impl TokenService {
    /// Keeps an authorization request, checked by the caller, and returns its `request_uri` with the time it is good for:
    /// 256 random bits, of which only the digest is kept.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn push_request(
        &self,
        request: AuthorizationRequest,
    ) -> Result<(String, Duration), StoreError> {
        let secret = self.rng.token();
        let record = PushedRequest {
            id: sha256_hex(&secret),
            request,
            expires_date_time: self.clock.now() + LIFETIME,
        };
        let mut batch = Batch::new(self.tenant);
        batch.insert(&record)?;
        self.store.commit(batch).await?;
        Ok((format!("{PUSHED_REQUEST_PREFIX}{secret}"), LIFETIME))
    }

    /// The request of a `request_uri`, once, for the client that pushed it; `None` if there is none, its time is over, it was
    /// used before or it is another client's, which leaves it as it is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn take_pushed_request(
        &self,
        request_uri: &str,
        client_id: &str,
    ) -> Result<Option<AuthorizationRequest>, StoreError> {
        let Some(secret) = request_uri.strip_prefix(PUSHED_REQUEST_PREFIX) else { return Ok(None) };
        let found = self.store.load::<PushedRequest>(self.tenant, &sha256_hex(secret)).await?;
        let now = self.clock.now();
        let is_good = |pushed: &PushedRequest| {
            pushed.expires_date_time > now && pushed.request.client_id.eq_ignore_ascii_case(client_id)
        };
        let Some(pushed) = found.filter(|found| is_good(&found.record)) else { return Ok(None) };
        let mut batch = Batch::new(self.tenant);
        batch.delete(&pushed);
        match self.store.commit(batch).await {
            Ok(()) => Ok(Some(pushed.record.request)),
            // Somebody was faster.
            Err(StoreError::Conflict { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
