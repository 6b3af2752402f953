//! Assertions signed with a registered certificate's key, as MSAL and the Azure identity libraries make them.

use std::time::Duration;

use aws_lc_rs::signature::{
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters,
};
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use riskgate_core::Timestamp;
use riskgate_store::records::{ClientCredential, ClientCredentialKind};
use serde::Deserialize;

use super::ClientAuthError;
use crate::credential::public_key_of_pem;
use crate::digest::{base64url, sha256};
use crate::{TokenService, jws};

/// How far the client's clock may differ, as in Entra.
const CLOCK_SKEW: Duration = Duration::from_secs(300);
/// Assertions may be good for this long at most.
const LONGEST_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);
/// Without a thumbprint every certificate is tried, up to this many.
const MOST_CANDIDATES: usize = 20;

/// Where clients prove themselves: an assertion may be made for any of them (RFC 9126 §2, RFC 7662 §2.1).
const ENDPOINTS: [&str; 5] = ["token", "revoke", "introspect", "par", "devicecode"];

/// `x5t` comes with and without padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The claims that matter (RFC 7523 §3). Numbers of seconds may have fractions.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: f64,
    nbf: Option<f64>,
    iat: Option<f64>,
    jti: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// Takes an assertion apart.
pub(super) fn read(assertion: &str) -> Result<jws::Parts<'_>, ClientAuthError> {
    jws::split(assertion).ok_or(ClientAuthError::AssertionMalformed("it is not a signed JSON Web Token"))
}

/// The credential whose key signed, provided its time has come and is not over.
pub(super) fn check_signature(
    parts: &jws::Parts<'_>,
    credentials: &[ClientCredential],
    now: Timestamp,
) -> Result<String, ClientAuthError> {
    let parameters: &'static RsaParameters = match parts.header.alg.as_str() {
        "RS256" => &RSA_PKCS1_2048_8192_SHA256,
        "PS256" => &RSA_PSS_2048_8192_SHA256,
        _ => return Err(ClientAuthError::AssertionMalformed("'alg' must be RS256 or PS256")),
    };
    let signed_by = |pem: &str| {
        let key = public_key_of_pem(pem).and_then(|key| ParsedPublicKey::new(parameters, key).ok());
        key.is_some_and(|key| key.verify_sig(parts.signed, &parts.signature).is_ok())
    };
    let signer = credentials
        .iter()
        .filter(|credential| credential.start_date_time <= now)
        .filter_map(|credential| Some((credential, named_certificate(&credential.kind, &parts.header)?)))
        .take(MOST_CANDIDATES)
        .find(|(_, pem)| signed_by(pem));
    match signer {
        None => Err(ClientAuthError::AssertionSignature),
        Some((credential, _)) if credential.end_date_time <= now => Err(ClientAuthError::Expired),
        Some((credential, _)) => Ok(credential.id.clone()),
    }
}

/// The PEM of a certificate, if the header names it or names none.
fn named_certificate<'a>(kind: &'a ClientCredentialKind, header: &jws::Header) -> Option<&'a str> {
    let ClientCredentialKind::Certificate { pem, thumbprint_sha1, thumbprint_sha256 } = kind else {
        return None;
    };
    let is_named = match (&header.x5t_s256, &header.x5t) {
        (Some(named), _) => is_thumbprint(named, thumbprint_sha256),
        (None, Some(named)) => is_thumbprint(named, thumbprint_sha1),
        (None, None) => true,
    };
    is_named.then_some(pem)
}

fn is_thumbprint(named: &str, thumbprint: &str) -> bool {
    let named = named.replace('+', "-").replace('/', "_");
    LENIENT.decode(named).is_ok_and(|named| base64url(&named) == thumbprint)
}

impl TokenService {
    /// Checks who an assertion is from, for whom, and when.
    pub(super) async fn check_claims(
        &self,
        parts: &jws::Parts<'_>,
        app_id: &str,
        tenant_domains: &[&str],
    ) -> Result<(), ClientAuthError> {
        let claims: Claims = serde_json::from_slice(&parts.payload)
            .map_err(|_| ClientAuthError::AssertionMalformed("'iss', 'sub', 'aud' and 'exp' are required"))?;
        if !claims.iss.eq_ignore_ascii_case(app_id) || !claims.sub.eq_ignore_ascii_case(app_id) {
            return Err(ClientAuthError::AssertionSubject);
        }
        let audience = match &claims.aud {
            Audience::One(audience) => audience,
            Audience::Many(audiences) => match audiences.as_slice() {
                [audience] => audience,
                _ => return Err(ClientAuthError::AssertionAudience),
            },
        };
        if !self.is_this_server(audience, tenant_domains) {
            return Err(ClientAuthError::AssertionAudience);
        }
        let expires = self.check_times(&claims)?;
        if !self.are_assertions_single_use {
            return Ok(());
        }
        let named = match &claims.jti {
            Some(jti) => format!("jti\n{}\n{jti}", app_id.to_ascii_lowercase()),
            None => format!("jws\n{}", base64url(&sha256(parts.signed))),
        };
        match self.use_once(&named, expires + CLOCK_SKEW).await? {
            true => Ok(()),
            false => Err(ClientAuthError::AssertionReplayed),
        }
    }

    /// Whether an audience is this server: the token endpoint or one beside it under one of the tenant's names, or the
    /// issuer, which newer libraries and the revision of RFC 7523 prefer. MSAL lower-cases the whole URL.
    fn is_this_server(&self, audience: &str, tenant_domains: &[&str]) -> bool {
        let tenant = self.tenant.to_string();
        let names = [tenant.as_str(), "common", "organizations"];
        audience.eq_ignore_ascii_case(&self.issuer)
            || names.iter().chain(tenant_domains).any(|name| {
                ENDPOINTS.iter().any(|endpoint| {
                    audience.eq_ignore_ascii_case(&format!("{}/{name}/oauth2/v2.0/{endpoint}", self.base_url))
                })
            })
    }

    fn check_times(&self, claims: &Claims) -> Result<Timestamp, ClientAuthError> {
        let now = self.clock.now();
        let expires = seconds(claims.exp);
        let begins = [claims.nbf, claims.iat].into_iter().flatten().map(seconds).max();
        let is_good = now < expires + CLOCK_SKEW
            && expires <= now + LONGEST_LIFETIME + CLOCK_SKEW
            && begins.is_none_or(|begins| begins <= now + CLOCK_SKEW);
        if is_good { Ok(expires) } else { Err(ClientAuthError::AssertionTime) }
    }
}

/// A `NumericDate` with its fraction dropped.
#[allow(clippy::cast_possible_truncation, reason = "a float too large becomes the latest moment")]
fn seconds(numeric_date: f64) -> Timestamp {
    Timestamp::from_seconds(numeric_date as i64)
}
