use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value as Json};

use super::DpopError;
use crate::digest::{base64url, sha256};

/// Members only a private key has (RFC 7518 §6.2.2, §6.3.2, §6.4).
const PRIVATE: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "k"];
/// Bytes of a coordinate of P-256.
const COORDINATE: usize = 32;
/// Most bytes of an RSA exponent; 65537 has three.
const LONGEST_EXPONENT: usize = 8;

/// A public key as a proof carries it, of one of the two kinds that are accepted.
pub(super) enum ProofKey {
    Ec { x: Vec<u8>, y: Vec<u8> },
    Rsa { n: Vec<u8>, e: Vec<u8> },
}

impl ProofKey {
    /// Reads `jwk` of the header. A private key is refused: whoever sends one has just given it away (RFC 9449 §4.3).
    pub(super) fn read(jwk: &Json) -> Result<Self, DpopError> {
        let malformed = DpopError::Malformed("'jwk' is no public key of the kinds P-256 and RSA");
        let members = jwk.as_object().ok_or(malformed)?;
        if PRIVATE.iter().any(|name| members.contains_key(*name)) {
            return Err(DpopError::Malformed("'jwk' is a private key"));
        }
        let is = |name: &str, value: &str| members.get(name).and_then(Json::as_str) == Some(value);
        if is("kty", "EC") && is("crv", "P-256") {
            let (x, y) = (bytes(members, "x").ok_or(malformed)?, bytes(members, "y").ok_or(malformed)?);
            let is_point = x.len() == COORDINATE && y.len() == COORDINATE;
            return if is_point { Ok(Self::Ec { x, y }) } else { Err(malformed) };
        }
        if is("kty", "RSA") {
            let (n, e) = (bytes(members, "n").ok_or(malformed)?, bytes(members, "e").ok_or(malformed)?);
            let is_key =
                n.first().is_some_and(|first| *first != 0) && (1..=LONGEST_EXPONENT).contains(&e.len());
            return if is_key { Ok(Self::Rsa { n, e }) } else { Err(malformed) };
        }
        Err(malformed)
    }

    /// Checks a signature by an algorithm that fits the key; the header may not choose another (RFC 8725 §3.1).
    pub(super) fn verify(&self, alg: &str, signed: &[u8], signature: &[u8]) -> Result<(), DpopError> {
        let is_good = match (self, alg) {
            (Self::Ec { x, y }, "ES256") => {
                let point = [&[4], x.as_slice(), y.as_slice()].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature).is_ok()
            }
            (Self::Rsa { n, e }, "RS256") => rsa(n, e, &RSA_PKCS1_2048_8192_SHA256, signed, signature),
            (Self::Rsa { n, e }, "PS256") => rsa(n, e, &RSA_PSS_2048_8192_SHA256, signed, signature),
            _ => {
                return Err(DpopError::Malformed(
                    "'alg' does not fit the key, or is none of ES256, RS256, PS256",
                ));
            }
        };
        if is_good { Ok(()) } else { Err(DpopError::Signature) }
    }

    /// The thumbprint of the key (RFC 7638): what tokens are bound to.
    pub(super) fn thumbprint(&self) -> String {
        let text = match self {
            Self::Ec { x, y } => {
                format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, base64url(x), base64url(y))
            }
            Self::Rsa { n, e } => format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, base64url(e), base64url(n)),
        };
        base64url(&sha256(text.as_bytes()))
    }
}

fn rsa(n: &[u8], e: &[u8], parameters: &'static RsaParameters, signed: &[u8], signature: &[u8]) -> bool {
    RsaPublicKeyComponents { n, e }.verify(parameters, signed, signature).is_ok()
}

fn bytes(members: &Map<String, Json>, name: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(members.get(name)?.as_str()?).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rfc7638_3_1_the_thumbprint_of_the_example_of_the_standard() {
        let key = json!({
            "kty": "RSA",
            "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
            "e": "AQAB", "alg": "RS256", "kid": "2011-04-29",
        });
        let key = ProofKey::read(&key).ok().unwrap();
        assert_eq!(key.thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    #[test]
    fn rfc9449_4_3_keys_that_are_private_symmetric_or_damaged_are_refused() {
        let short = "AAAA";
        for key in [
            json!({ "kty": "oct", "k": "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T" }),
            json!({ "kty": "EC", "crv": "P-256", "x": short, "y": short }),
            json!({ "kty": "EC", "crv": "P-384", "x": short, "y": short }),
            json!({ "kty": "EC", "crv": "P-256", "x": short, "y": short, "d": short }),
            json!({ "kty": "RSA", "n": "", "e": "AQAB" }),
            json!({ "kty": "RSA", "n": "!", "e": "AQAB" }),
            json!("text"),
        ] {
            assert!(ProofKey::read(&key).is_err(), "{key}");
        }
    }
}
