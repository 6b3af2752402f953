//! JSON Web Signatures in compact form (RFC 7515 §3.1), RS256 and PS256 only.
//!
//! Signing and checking use keys that AWS-LC has parsed already; a general JWT library would parse the private key
//! again for every token, which costs more than the signature.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::TokenError;
use crate::digest::base64url;

/// The longest token that is looked at. Assertions with a certificate chain are the largest honest ones.
pub(crate) const LONGEST_TOKEN: usize = 16 * 1024;

/// A token taken apart, nothing about it proven.
pub(crate) struct Parts<'a> {
    pub(crate) header: Header,
    pub(crate) payload: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    /// What the signature is over.
    pub(crate) signed: &'a [u8],
}

/// The header parameters that matter (RFC 7515 §4.1).
#[derive(Debug, Deserialize)]
pub(crate) struct Header {
    pub(crate) alg: String,
    pub(crate) kid: Option<String>,
    /// What kind of token it is, so that none is taken for another (RFC 8725 §3.11).
    pub(crate) typ: Option<String>,
    pub(crate) x5t: Option<String>,
    #[serde(rename = "x5t#S256")]
    pub(crate) x5t_s256: Option<String>,
    /// The public key of a proof (RFC 9449 §4.2).
    pub(crate) jwk: Option<Json>,
    /// Extensions that must be understood; none is.
    crit: Option<Json>,
}

/// Takes a token apart; `None` if it is not of that form or too long.
pub(crate) fn split(token: &str) -> Option<Parts<'_>> {
    if token.len() > LONGEST_TOKEN {
        return None;
    }
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, payload) = signed.split_once('.')?;
    let header: Header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    if header.crit.is_some() {
        return None;
    }
    Some(Parts {
        header,
        payload: URL_SAFE_NO_PAD.decode(payload).ok()?,
        signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        signed: signed.as_bytes(),
    })
}

/// The encoded header of tokens signed with the key `kid`.
pub(crate) fn header(kid: &str) -> String {
    typed_header("JWT", kid)
}

/// The encoded header of tokens of a type of their own.
pub(crate) fn typed_header(typ: &str, kid: &str) -> String {
    base64url(serde_json::json!({ "typ": typ, "alg": "RS256", "kid": kid }).to_string().as_bytes())
}

/// Signs claims with RS256.
pub(crate) fn sign(header: &str, claims: &impl Serialize, key: &KeyPair) -> Result<String, TokenError> {
    let claims = serde_json::to_vec(claims).map_err(|_| TokenError::Signing)?;
    let mut token =
        String::with_capacity(header.len() + (claims.len() + key.public_modulus_len()) * 4 / 3 + 8);
    token.push_str(header);
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(&claims, &mut token);
    let mut signature = vec![0; key.public_modulus_len()];
    // PKCS #1 v1.5 signatures are deterministic; AWS-LC ignores the generator it asks for.
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), token.as_bytes(), &mut signature)
        .map_err(|_| TokenError::Signing)?;
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(&signature, &mut token);
    Ok(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str) -> String {
        format!("{}.{}.{}", base64url(header.as_bytes()), base64url(b"{}"), base64url(b"s"))
    }

    #[test]
    fn splits_what_has_three_parts_and_a_header() {
        let token = token(r#"{"alg":"RS256","kid":"k","x5t#S256":"t"}"#);
        let parts = split(&token).unwrap();
        assert_eq!(parts.header.kid.as_deref(), Some("k"));
        assert_eq!(parts.header.x5t_s256.as_deref(), Some("t"));
        assert_eq!((parts.payload.as_slice(), parts.signature.as_slice()), (&b"{}"[..], &b"s"[..]));
        assert!(token.as_bytes().starts_with(parts.signed));
    }

    #[test]
    fn refuses_other_forms_unknown_extensions_and_ambiguous_headers() {
        let good = token(r#"{"alg":"RS256"}"#);
        for token in [
            String::new(),
            "a.b".to_owned(),
            format!("{good}.x"),
            format!("{good}="),
            good.replace('.', ""),
            token(r#"{"alg":"RS256","crit":["exp"],"exp":1}"#),
            token(r#"{"alg":"RS256","alg":"none"}"#),
            token(r#"{"kid":"k"}"#),
            token("[]"),
            format!("{good}{}", "A".repeat(LONGEST_TOKEN)),
        ] {
            assert!(split(&token).is_none(), "{token:.80}");
        }
    }
}
