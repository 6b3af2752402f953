use jsonwebtoken::Algorithm;
use jsonwebtoken::jwk::Jwk;
use riskgate_core::Timestamp;
use riskgate_model::OidcIdentityProvider;

use super::verify::{OLDEST, signed_claims};
use crate::FederationError;
use crate::complete::SKEW;

/// `events` of a logout token (OpenID Connect Back-Channel Logout §2.4).
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Longest `jti` and `sid`.
const LONGEST: usize = 256;

/// What a logout token must fit to.
pub(crate) struct ExpectedLogout<'a> {
    pub(crate) provider: &'a OidcIdentityProvider,
    pub(crate) now: Timestamp,
    pub(crate) algorithms: &'a [(&'static str, Algorithm)],
}

/// What a logout token says.
pub(crate) struct Ended {
    /// `sub`.
    pub(crate) subject: String,
    /// `sid`.
    pub(crate) session_id: Option<String>,
    /// `jti`.
    pub(crate) id: String,
    /// `iat`.
    pub(crate) at: Timestamp,
}

/// Verifies a logout token (OpenID Connect Back-Channel Logout §2.6).
///
/// # Errors
/// [`FederationError::InvalidToken`].
pub(crate) fn verify_logout(
    token: &str,
    keys: &[Jwk],
    expected: &ExpectedLogout<'_>,
) -> Result<Ended, FederationError> {
    let invalid = FederationError::InvalidToken;
    let (claims, _) = signed_claims(token, keys, expected.algorithms)?;
    if claims.text("iss") != expected.provider.issuer.as_deref() {
        return Err(invalid("it is of another issuer"));
    }
    let client_id = expected.provider.client_id.as_deref().unwrap_or_default();
    if !claims.audiences().contains(&client_id) {
        return Err(invalid("it is for somebody else"));
    }
    // An ID token must never be taken for one, nor the reverse.
    if claims.0.contains_key("nonce")
        || !claims.0.get("events").is_some_and(|events| events[EVENT].is_object())
    {
        return Err(invalid("it is no logout token"));
    }
    let at = claims.time("iat").ok_or(invalid("it does not say when it was issued"))?;
    if at > expected.now + SKEW || at + OLDEST + SKEW <= expected.now {
        return Err(invalid("it was not issued just now"));
    }
    if claims.0.contains_key("exp") && claims.time("exp").is_none_or(|until| until + SKEW <= expected.now) {
        return Err(invalid("it has expired"));
    }
    let bounded = |name: &str| claims.text(name).filter(|text| (1..=LONGEST).contains(&text.len()));
    let id = bounded("jti").ok_or(invalid("it has no 'jti'"))?.to_owned();
    // A `sid` alone names a session by a name that is not looked up by.
    let subject = bounded("sub").ok_or(invalid("it has no 'sub'"))?.to_owned();
    Ok(Ended { subject, session_id: bounded("sid").map(str::to_owned), id, at })
}
