use std::time::Duration;

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, Validation, decode};
use riskgate_core::Timestamp;
use riskgate_model::OidcIdentityProvider;
use serde_json::{Map, Value as Json};

use super::claims::{Assertion, Claims};
use super::keys::{Signature, select};
use crate::FederationError;
use crate::complete::SKEW;

/// Oldest token that is believed: it has just been asked for.
pub(super) const OLDEST: Duration = Duration::from_secs(10 * 60);

/// What a token must say.
pub(crate) struct Expected<'a> {
    pub(crate) provider: &'a OidcIdentityProvider,
    pub(crate) nonce: &'a str,
    pub(crate) now: Timestamp,
    pub(crate) algorithms: &'a [(&'static str, Algorithm)],
    /// The person must have proven himself at this moment or later.
    pub(crate) proven_since: Option<Timestamp>,
}

/// Verifies an ID token (OpenID Connect Core §3.1.3.7).
///
/// # Errors
/// [`FederationError::InvalidToken`].
pub(crate) fn verify(
    token: &str,
    keys: &[Jwk],
    expected: &Expected<'_>,
) -> Result<Assertion, FederationError> {
    let (claims, signature) = signed_claims(token, keys, expected.algorithms)?;
    check_parties(&claims, expected)?;
    let assertion = claims.assertion(expected.provider, (signature.name, signature.key_id), expected.now)?;
    check_times(&claims, &assertion, expected)?;
    Ok(assertion)
}

/// The claims of a token whose signature is good, and nothing else about it.
pub(super) fn signed_claims(
    token: &str,
    keys: &[Jwk],
    algorithms: &[(&'static str, Algorithm)],
) -> Result<(Claims, Signature), FederationError> {
    let signature = select(token, keys, algorithms)?;
    // The signature alone: the library would compare times with its own clock, and claims one by one elsewhere.
    let mut signature_only = Validation::new(signature.algorithm);
    signature_only.validate_exp = false;
    signature_only.validate_nbf = false;
    signature_only.validate_aud = false;
    signature_only.required_spec_claims.clear();
    let decoded = decode::<Map<String, Json>>(token, &signature.key, &signature_only)
        .map_err(|_| FederationError::InvalidToken("its signature is wrong"))?;
    Ok((Claims(decoded.claims), signature))
}

/// Who made it, and for whom.
fn check_parties(claims: &Claims, expected: &Expected<'_>) -> Result<(), FederationError> {
    let invalid = |problem| Err(FederationError::InvalidToken(problem));
    let client_id = expected.provider.client_id.as_deref().unwrap_or_default();
    let audiences = claims.audiences();
    if claims.text("iss") != expected.provider.issuer.as_deref() {
        return invalid("it is of another issuer");
    }
    if !audiences.contains(&client_id) {
        return invalid("it is for somebody else");
    }
    let authorized = claims.text("azp");
    if (audiences.len() > 1 && authorized.is_none()) || authorized.is_some_and(|azp| azp != client_id) {
        return invalid("it was given to somebody else");
    }
    if claims.text("nonce") != Some(expected.nonce) {
        return invalid("it is of another sign-in");
    }
    Ok(())
}

/// Whether it is current, and the proof as fresh as was asked for.
fn check_times(
    claims: &Claims,
    assertion: &Assertion,
    expected: &Expected<'_>,
) -> Result<(), FederationError> {
    let invalid = |problem| Err(FederationError::InvalidToken(problem));
    let facts = &assertion.facts;
    if facts.expires_at + SKEW <= expected.now {
        return invalid("it has expired");
    }
    if facts.issued_at > expected.now + SKEW || claims.time("nbf").is_some_and(|at| at > expected.now + SKEW)
    {
        return invalid("it is from the future");
    }
    if facts.issued_at + OLDEST + SKEW <= expected.now {
        return invalid("it was issued too long ago");
    }
    if facts.authenticated_at.is_some_and(|at| at > expected.now + SKEW) {
        return invalid("it asserts a proof from the future");
    }
    let Some(since) = expected.proven_since else { return Ok(()) };
    match facts.authenticated_at {
        Some(at) if at >= since => Ok(()),
        Some(_) => invalid("the person did not prove himself again"),
        None => invalid("it does not say when the person proved himself"),
    }
}
