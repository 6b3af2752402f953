use riskgate_store::StoreError;

/// Why a client is not who it says. All but `Store` are `invalid_client` with status 401.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientAuthError {
    /// A confidential client sent neither secret nor assertion.
    #[error("the request must contain 'client_secret' or 'client_assertion'")]
    ProofRequired,
    /// No secret of the client is this one.
    #[error("invalid client secret; send the secret's value, not its identifier")]
    WrongSecret,
    /// The right secret, or a certificate of the client, but its time is over.
    #[error("the client's secret or certificate has expired; create a new one")]
    Expired,
    /// The assertion is not a signed JSON Web Token with the claims it needs.
    #[error("the client assertion is malformed: {0}")]
    AssertionMalformed(&'static str),
    /// No certificate of the client made the signature.
    #[error("the client assertion failed signature validation: no registered certificate signed it")]
    AssertionSignature,
    /// `iss` or `sub` is not the client.
    #[error("'iss' and 'sub' of the client assertion must be the client_id")]
    AssertionSubject,
    /// `aud` is not the token endpoint, nor the issuer.
    #[error("'aud' of the client assertion must be the token endpoint")]
    AssertionAudience,
    /// It expired, is not good yet, or is good for longer than a day.
    #[error("the client assertion is not within its valid time range")]
    AssertionTime,
    /// It was used before, where that is not allowed.
    #[error("the client assertion was used before; sign a new one for each request")]
    AssertionReplayed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ClientAuthError {
    /// The number Entra reports this by; `None` if it is not the client's fault.
    pub fn code(&self) -> Option<u32> {
        match self {
            Self::ProofRequired => Some(7_000_218),
            Self::WrongSecret => Some(7_000_215),
            Self::Expired => Some(7_000_222),
            Self::AssertionMalformed(_) | Self::AssertionReplayed => Some(50_027),
            Self::AssertionSignature => Some(700_027),
            Self::AssertionSubject => Some(700_021),
            Self::AssertionAudience => Some(700_023),
            Self::AssertionTime => Some(700_024),
            Self::Store(_) => None,
        }
    }
}
