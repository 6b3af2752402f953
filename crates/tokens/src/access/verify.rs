use std::sync::Arc;
use std::time::Duration;

use super::claims::AccessClaims;
use super::token::AccessToken;
use crate::digest::sha256;
use crate::{DpopError, TokenError, TokenService, jws};

/// How far the clock of the node that issued a token may be ahead.
const CLOCK_SKEW: Duration = Duration::from_secs(60);
/// Key identifiers are shorter; longer ones are not looked up.
const LONGEST_KEY_ID: usize = 64;

/// Why an access token is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// There is none.
    #[error("access token is empty")]
    Missing,
    /// It is not a signed JSON Web Token with the claims of an access token.
    #[error("access token is malformed")]
    Malformed,
    /// It was not signed by this tenant, or was changed.
    #[error("access token has no valid signature")]
    Signature,
    /// It is another tenant's, or another base URL's.
    #[error("access token is from another issuer")]
    WrongIssuer,
    /// It was good once.
    #[error("access token has expired")]
    Expired,
    /// It will be good later.
    #[error("access token is not yet valid")]
    NotYetValid,
    /// It was revoked.
    #[error("access token was revoked")]
    Revoked,
    /// It is for another resource.
    #[error("access token is for another audience")]
    WrongAudience,
    /// It came without the proof it needs, or with one that is not good.
    #[error(transparent)]
    Proof(#[from] DpopError),
    /// It cannot be checked at the moment; not the caller's fault.
    #[error(transparent)]
    Unavailable(#[from] TokenError),
}

impl TokenService {
    /// Checks an access token this tenant issued. `is_audience` says whether an `aud` is the resource that asks.
    ///
    /// Signature first: nothing else about a token is believed, or told, before. Whether the token itself was revoked is
    /// looked up each time; whether the user's sessions were revoked since is for the caller to look up.
    ///
    /// # Errors
    /// [`VerifyError`]; every variant but `Unavailable` is answered with 401.
    pub async fn verify_access_token(
        &self,
        token: &str,
        is_audience: impl Fn(&str) -> bool,
    ) -> Result<Arc<AccessToken>, VerifyError> {
        if token.is_empty() {
            return Err(VerifyError::Missing);
        }
        if token.len() > jws::LONGEST_TOKEN {
            return Err(VerifyError::Malformed);
        }
        let digest = sha256(token.as_bytes());
        let token = match self.verified.get(&digest) {
            Some(token) => token,
            None => {
                let token = Arc::new(self.verify_signature(token).await?);
                self.verified.insert(digest, Arc::clone(&token));
                token
            }
        };
        self.check_time(&token)?;
        if !is_audience(&token.audience) {
            return Err(VerifyError::WrongAudience);
        }
        if self.is_revoked(&token).await.map_err(TokenError::from)? {
            return Err(VerifyError::Revoked);
        }
        Ok(token)
    }

    async fn verify_signature(&self, token: &str) -> Result<AccessToken, VerifyError> {
        let parts = jws::split(token).ok_or(VerifyError::Malformed)?;
        let kid = parts.header.kid.as_deref().filter(|kid| kid.len() <= LONGEST_KEY_ID);
        // RS256 is the only algorithm keys are made for; the header may not choose another (RFC 8725 §3.1).
        let (Some(kid), "RS256") = (kid, parts.header.alg.as_str()) else {
            return Err(VerifyError::Signature);
        };
        let key = self.verification_key(kid).await?.ok_or(VerifyError::Signature)?;
        key.public.verify_sig(parts.signed, &parts.signature).map_err(|_| VerifyError::Signature)?;
        let claims: AccessClaims =
            serde_json::from_slice(&parts.payload).map_err(|_| VerifyError::Malformed)?;
        if claims.iss != self.issuer {
            return Err(VerifyError::WrongIssuer);
        }
        AccessToken::from_claims(claims).ok_or(VerifyError::Malformed)
    }

    fn check_time(&self, token: &AccessToken) -> Result<(), VerifyError> {
        let now = self.clock.now();
        if now >= token.expires_at {
            return Err(VerifyError::Expired);
        }
        if now + CLOCK_SKEW < token.not_before {
            return Err(VerifyError::NotYetValid);
        }
        Ok(())
    }
}
