use riskgate_store::Batch;
use riskgate_store::records::{AuthorizationCode, TokenGrant};

use super::LIFETIME;
use crate::digest::sha256_hex;
use crate::{TokenError, TokenService};

impl TokenService {
    /// Issues a code that stands for `grant`: 256 random bits, of which only the digest is kept.
    ///
    /// `redirect_uri` and `code_challenge` (S256) are those of the request, checked by the caller.
    ///
    /// # Errors
    /// [`TokenError::Store`].
    pub async fn issue_code(
        &self,
        grant: TokenGrant,
        redirect_uri: &str,
        code_challenge: Option<&str>,
    ) -> Result<String, TokenError> {
        let code = self.rng.token();
        let record = AuthorizationCode {
            id: sha256_hex(&code),
            grant,
            redirect_uri: redirect_uri.to_owned(),
            code_challenge: code_challenge.map(str::to_owned),
            redeemed_family: None,
            redeemed_date_time: None,
            expires_date_time: self.clock.now() + LIFETIME,
        };
        let mut batch = Batch::new(self.tenant);
        batch.insert(&record)?;
        self.store.commit(batch).await?;
        Ok(code)
    }
}
