use riskgate_store::StoreError;

/// Why a sign-in through a provider came to nothing. What the provider said itself is for the log, never for the page.
#[derive(Debug, thiserror::Error)]
pub enum FederationError {
    /// There is no such provider, or it is switched off.
    #[error("there is no such identity provider, or it is switched off")]
    UnknownProvider,
    /// `state` is not ours, was changed or is too old.
    #[error("the answer belongs to no sign-in, or came too late")]
    UnknownState,
    /// `state` was given to another browser.
    #[error("the sign-in was begun in another browser")]
    OtherBrowser,
    /// The answer came from another provider than the one that was asked (RFC 9207 §2.4).
    #[error("the answer is of another identity provider than the one that was asked")]
    OtherProvider,
    /// The answer was used before.
    #[error("the answer was used before")]
    Replayed,
    /// The sign-in asks for more than fits in an address.
    #[error("the request is too large to be carried through the identity provider")]
    TooLarge,
    /// The person turned back.
    #[error("the person cancelled the sign-in at the identity provider")]
    Cancelled,
    /// The provider refused (RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6).
    #[error("the identity provider refused: {0}")]
    Refused(String),
    /// The provider cannot be reached, or does not answer in time.
    #[error("the identity provider cannot be reached: {0}")]
    Unreachable(String),
    /// The provider answered something that is no answer.
    #[error("the identity provider answered something unexpected: {0}")]
    Garbage(String),
    /// The token is not one that may be believed.
    #[error("the token of the identity provider is not valid: {0}")]
    InvalidToken(&'static str),
    /// The store failed.
    #[error("the store failed: {0}")]
    Store(#[from] StoreError),
    /// Riskgate itself failed.
    #[error("{0}")]
    Internal(String),
}
