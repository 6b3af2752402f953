use riskgate_store::records::{AuthorizationCode, TokenGrant};
use riskgate_store::{AsConflict, Batch, StoreError, StoreExt, retry};

use crate::TokenService;
use crate::digest::{base64url, is_same, sha256, sha256_hex};

/// What a client sends to redeem a code (RFC 6749 §4.1.3, RFC 7636 §4.5).
#[derive(Debug, Clone, Copy)]
pub struct CodeRedemption<'a> {
    /// `code`.
    pub code: &'a str,
    /// The client, authenticated by the caller.
    pub client_id: &'a str,
    /// `redirect_uri`.
    pub redirect_uri: &'a str,
    /// `code_verifier`.
    pub code_verifier: Option<&'a str>,
}

/// A code that was redeemed, just now and for the only time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedeemedCode {
    /// What it stood for.
    pub grant: TokenGrant,
    /// The family to issue its refresh token in, so that redeeming the code again revokes it.
    pub family_id: String,
}

/// Why a code is not good. All but `Store` are `invalid_grant` with status 400.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedeemError {
    /// There is no such code, or it was issued to another client.
    #[error("the authorization code is not valid")]
    Unknown,
    /// It is older than five minutes.
    #[error("the authorization code has expired; send an interactive authorization request again")]
    Expired,
    /// It was redeemed before; the refresh tokens of that time are revoked now.
    #[error("the authorization code was already redeemed; sign in again for a new one")]
    AlreadyRedeemed,
    /// The redirect address is not that of the authorization request.
    #[error("the redirect_uri is not the one the authorization code was requested with")]
    RedirectMismatch,
    /// `code_verifier` is missing, not asked for, or not what the challenge was made from.
    #[error("the code_verifier does not match the code_challenge of the authorization request")]
    VerifierMismatch,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RedeemError {
    /// The number Entra reports this by; `None` if it is not the client's fault.
    pub fn code(&self) -> Option<u32> {
        match self {
            Self::Unknown => Some(70_000),
            Self::Expired => Some(70_008),
            Self::AlreadyRedeemed => Some(54_005),
            Self::RedirectMismatch => Some(500_112),
            Self::VerifierMismatch => Some(501_481),
            Self::Store(_) => None,
        }
    }
}

impl AsConflict for RedeemError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_conflict())
    }
}

impl TokenService {
    /// Redeems a code. Of any number of attempts, on any number of nodes, one succeeds; each further one revokes the
    /// refresh tokens that the first one led to (RFC 6749 §4.1.2).
    ///
    /// # Errors
    /// [`RedeemError`]. A wrong redirect address or verifier does not use the code up.
    pub async fn redeem_code(&self, request: CodeRedemption<'_>) -> Result<RedeemedCode, RedeemError> {
        retry(|| self.try_redeem(request)).await
    }

    async fn try_redeem(&self, request: CodeRedemption<'_>) -> Result<RedeemedCode, RedeemError> {
        let id = sha256_hex(request.code);
        let mut code =
            self.store.load::<AuthorizationCode>(self.tenant, &id).await?.ok_or(RedeemError::Unknown)?;
        let now = self.clock.now();
        // First of all, so that another client can neither learn about a code nor revoke what it led to.
        if !code.record.grant.client_id.eq_ignore_ascii_case(request.client_id) {
            return Err(RedeemError::Unknown);
        }
        if let Some(family) = &code.record.redeemed_family {
            self.bar_family(family, &code.record.grant).await?;
            return Err(RedeemError::AlreadyRedeemed);
        }
        if code.record.expires_date_time <= now {
            return Err(RedeemError::Expired);
        }
        if !is_same(&code.record.redirect_uri, request.redirect_uri) {
            return Err(RedeemError::RedirectMismatch);
        }
        if !proves_challenge(request.code_verifier, code.record.code_challenge.as_deref()) {
            return Err(RedeemError::VerifierMismatch);
        }
        let family_id = self.new_family_id();
        code.record.redeemed_family = Some(family_id.clone());
        code.record.redeemed_date_time = Some(now);
        let mut batch = Batch::new(self.tenant);
        batch.update(&code)?;
        self.store.commit(batch).await?;
        Ok(RedeemedCode { grant: code.record.grant, family_id })
    }
}

/// The challenge of a verifier (RFC 7636 §4.2, S256).
pub fn code_challenge(code_verifier: &str) -> String {
    base64url(&sha256(code_verifier.as_bytes()))
}

/// RFC 7636 §4.6, S256 only. A verifier without a challenge is refused too: it shows that the request the code came
/// from was not the client's own (RFC 9700 §4.8.2).
fn proves_challenge(verifier: Option<&str>, challenge: Option<&str>) -> bool {
    match (verifier, challenge) {
        (None, None) => true,
        (Some(verifier), Some(challenge)) => {
            let is_verifier = (43..=128).contains(&verifier.len())
                && verifier
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'));
            is_verifier && is_same(&code_challenge(verifier), challenge)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_the_standard_proves_its_challenge() {
        assert!(proves_challenge(Some(VERIFIER), Some(CHALLENGE)));
        assert!(proves_challenge(None, None));
    }

    #[test]
    fn anything_else_does_not() {
        assert!(!proves_challenge(None, Some(CHALLENGE)));
        assert!(!proves_challenge(Some(VERIFIER), None));
        assert!(!proves_challenge(Some(CHALLENGE), Some(CHALLENGE)), "the plain method");
        assert!(!proves_challenge(Some(""), Some("")));
        let short = "short";
        assert!(!proves_challenge(Some(short), Some(&base64url(&sha256(short.as_bytes())))));
    }
}
