use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, decode_header};

use crate::FederationError;

/// Longest token that is looked at.
const LONGEST_TOKEN: usize = 64 * 1024;
/// Shortest RSA modulus that is believed, in bytes: 2,048 bits (RFC 7518 §3.3).
const SHORTEST_MODULUS: usize = 256;

/// The key a token was signed with, and how.
#[derive(Clone)]
pub(crate) struct Signature {
    pub(crate) key: DecodingKey,
    pub(crate) algorithm: Algorithm,
    pub(crate) name: &'static str,
    pub(crate) key_id: Option<String>,
}

/// Finds the key of a token. A token without `kid` is believed if there is one key only that it could be of.
///
/// # Errors
/// [`FederationError::InvalidToken`].
pub(crate) fn select(
    token: &str,
    keys: &[Jwk],
    algorithms: &[(&'static str, Algorithm)],
) -> Result<Signature, FederationError> {
    let invalid = FederationError::InvalidToken;
    if token.len() > LONGEST_TOKEN {
        return Err(invalid("it is too long"));
    }
    let header = decode_header(token).map_err(|_| invalid("its header cannot be read"))?;
    let allowed = algorithms.iter().find(|(_, algorithm)| *algorithm == header.alg);
    let (name, algorithm) = *allowed.ok_or(invalid("it is signed with an algorithm that is not accepted"))?;
    let mut fitting = keys.iter().filter(|key| fits(key, algorithm, name)).filter(|key| match &header.kid {
        Some(kid) => key.common.key_id.as_ref() == Some(kid),
        None => true,
    });
    let key = fitting.next().ok_or(invalid("it is signed with a key the provider does not publish"))?;
    if fitting.next().is_some() {
        return Err(invalid("it does not say which key signed it"));
    }
    let decoding = DecodingKey::from_jwk(key).map_err(|_| invalid("its key cannot be used"))?;
    Ok(Signature { key: decoding, algorithm, name, key_id: key.common.key_id.clone() })
}

fn fits(key: &Jwk, algorithm: Algorithm, name: &str) -> bool {
    let is_for_signatures =
        key.common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature);
    let is_for_algorithm = key.common.key_algorithm.is_none_or(|declared| declared.to_string() == name);
    is_for_signatures && is_for_algorithm && is_of_kind(key, algorithm)
}

fn is_of_kind(key: &Jwk, algorithm: Algorithm) -> bool {
    use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
    match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(rsa), RS256 | RS384 | RS512 | PS256 | PS384 | PS512) => {
            URL_SAFE_NO_PAD.decode(&rsa.n).is_ok_and(|modulus| modulus.len() >= SHORTEST_MODULUS)
        }
        (AlgorithmParameters::EllipticCurve(_), ES256 | ES384) => true,
        (AlgorithmParameters::OctetKeyPair(_), EdDSA) => true,
        _ => false,
    }
}
