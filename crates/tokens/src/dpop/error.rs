/// Why a proof is not good; `invalid_dpop_proof` at the token endpoint, 401 at a resource (RFC 9449 §5, §7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DpopError {
    /// It is not a signed JSON Web Token of the type `dpop+jwt` with a public key and the claims of a proof.
    #[error("the DPoP proof is malformed: {0}")]
    Malformed(&'static str),
    /// The key in it did not make the signature.
    #[error("the DPoP proof has no valid signature")]
    Signature,
    /// `htm` or `htu` is of another request.
    #[error("the DPoP proof is for another request")]
    OtherRequest,
    /// `iat` is too long ago, or ahead.
    #[error("the DPoP proof was not made just now; check the clock")]
    Time,
    /// It was used before.
    #[error("the DPoP proof was used before; sign a new one for each request")]
    Replayed,
    /// `ath` is not the digest of the access token.
    #[error("the DPoP proof is for another access token")]
    OtherToken,
    /// The token is bound to another key.
    #[error("the DPoP proof is signed with another key than the token is bound to")]
    OtherKey,
    /// The token is bound to a key, and no proof came with it.
    #[error("the token is bound to a key: send it with a DPoP proof")]
    Missing,
    /// The token is bound to no key, so a proof says nothing about it.
    #[error("the token is not bound to a key: send it as bearer token")]
    NotBound,
}
