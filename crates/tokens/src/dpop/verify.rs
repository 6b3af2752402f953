use std::time::Duration;

use riskgate_core::Timestamp;
use serde::Deserialize;

use super::DpopError;
use super::key::ProofKey;
use crate::digest::{base64url, is_same, sha256};
use crate::{TokenError, TokenService, VerifyError, jws};

/// How long a proof is good before and after the moment it names: clocks of clients are not exact.
const WINDOW: Duration = Duration::from_secs(120);
/// Longest `jti`.
const LONGEST_ID: usize = 256;

/// A proof and the request it came with.
#[derive(Debug, Clone, Copy)]
pub struct DpopProof<'a> {
    /// The only `DPoP` header.
    pub jwt: &'a str,
    /// HTTP method.
    pub method: &'a str,
    /// Address of the request as clients name it, without query and fragment.
    pub url: &'a str,
    /// The access token it came with, at a resource.
    pub access_token: Option<&'a str>,
}

/// A proof that is as it must be. It still has to be used up: [`TokenService::use_proof`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedProof {
    /// Thumbprint of the key that signed it (RFC 7638).
    pub key: String,
    /// What names it among all proofs.
    name: String,
    /// From when on it would be too old anyway.
    until: Timestamp,
}

/// RFC 9449 §4.2.
#[derive(Deserialize)]
struct Claims {
    jti: String,
    htm: String,
    htu: String,
    iat: f64,
    ath: Option<String>,
}

impl TokenService {
    /// Checks a proof (RFC 9449 §4.3), all but whether it was used before.
    ///
    /// # Errors
    /// [`DpopError`].
    pub fn verify_dpop(&self, proof: DpopProof<'_>) -> Result<VerifiedProof, DpopError> {
        let parts = jws::split(proof.jwt).ok_or(DpopError::Malformed("it is not a signed JSON Web Token"))?;
        if parts.header.typ.as_deref() != Some("dpop+jwt") {
            return Err(DpopError::Malformed("'typ' must be dpop+jwt"));
        }
        let jwk = parts.header.jwk.as_ref().ok_or(DpopError::Malformed("'jwk' is missing"))?;
        let key = ProofKey::read(jwk)?;
        key.verify(&parts.header.alg, parts.signed, &parts.signature)?;
        let claims: Claims = serde_json::from_slice(&parts.payload)
            .map_err(|_| DpopError::Malformed("'jti', 'htm', 'htu' and 'iat' are required"))?;
        if claims.jti.is_empty() || claims.jti.len() > LONGEST_ID {
            return Err(DpopError::Malformed("'jti' must have 1 to 256 bytes"));
        }
        if claims.htm != proof.method || !is_address(&claims.htu, proof.url) {
            return Err(DpopError::OtherRequest);
        }
        if let Some(token) = proof.access_token {
            let digest = base64url(&sha256(token.as_bytes()));
            if !claims.ath.as_ref().is_some_and(|ath| is_same(ath, &digest)) {
                return Err(DpopError::OtherToken);
            }
        }
        let until = self.check_moment(&claims)?;
        let key = key.thumbprint();
        Ok(VerifiedProof { name: format!("dpop\n{key}\n{}", claims.jti), key, until })
    }

    /// Uses a proof up: it is good once, whichever node it is sent to (RFC 9449 §11.1). Comes after whatever else there is to
    /// check, so that nobody fills the store who has nothing but a key of his own.
    ///
    /// # Errors
    /// [`VerifyError::Proof`] if it was used before, [`VerifyError::Unavailable`].
    pub async fn use_proof(&self, proof: &VerifiedProof) -> Result<(), VerifyError> {
        match self.use_once(&proof.name, proof.until).await.map_err(TokenError::from)? {
            true => Ok(()),
            false => Err(DpopError::Replayed.into()),
        }
    }

    /// Sees to it that the proof is of now; until when it would be.
    fn check_moment(&self, claims: &Claims) -> Result<Timestamp, DpopError> {
        let now = self.clock.now();
        #[allow(clippy::cast_possible_truncation, reason = "a float too large becomes the latest moment")]
        let made = Timestamp::from_seconds(claims.iat as i64);
        if made + WINDOW <= now || now + WINDOW < made {
            return Err(DpopError::Time);
        }
        // It may be a little ahead, and would then be good for longer.
        Ok(made + WINDOW)
    }
}

/// Whether `htu` is this address, apart from its query and fragment and in the case of scheme and host (RFC 9449 §4.3,
/// RFC 3986 §6.2.2).
fn is_address(htu: &str, url: &str) -> bool {
    let bare = htu.split(['?', '#']).next().unwrap_or_default();
    match (split(bare), split(url)) {
        (Some((one, path)), Some((other, expected))) => one.eq_ignore_ascii_case(other) && path == expected,
        _ => false,
    }
}

/// Scheme with host and port, without the port that https has anyway; and the path.
fn split(url: &str) -> Option<(&str, &str)> {
    let host = url.find("://")? + 3;
    let end = url.get(host..)?.find('/').map_or(url.len(), |at| host + at);
    let (origin, path) = url.split_at_checked(end)?;
    let origin =
        if origin.starts_with("https:") { origin.strip_suffix(":443").unwrap_or(origin) } else { origin };
    Some((origin, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc9449_4_3_the_address_is_compared_without_query_and_fragment() {
        let url = "https://login.contoso.com/t/oauth2/v2.0/token";
        for same in [
            url,
            "https://login.contoso.com/t/oauth2/v2.0/token?x=1",
            "https://login.contoso.com/t/oauth2/v2.0/token#x",
            "HTTPS://LOGIN.contoso.com/t/oauth2/v2.0/token",
            "https://login.contoso.com:443/t/oauth2/v2.0/token",
        ] {
            assert!(is_address(same, url), "{same}");
        }
        for other in [
            "http://login.contoso.com/t/oauth2/v2.0/token",
            "https://login.contoso.com/t/oauth2/v2.0/token/",
            "https://login.contoso.com/t/oauth2/v2.0/TOKEN",
            "https://login.contoso.com:8443/t/oauth2/v2.0/token",
            "https://login.contoso.com.evil.example/t/oauth2/v2.0/token",
            "https://login.contoso.com@evil.example/t/oauth2/v2.0/token",
            "/t/oauth2/v2.0/token",
            "",
        ] {
            assert!(!is_address(other, url), "{other}");
        }
    }
}
