use riskgate_store::{AsConflict, StoreError};

/// Why a token could not be made. None of these is the client's fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A stored signing key cannot be used.
    #[error("signing key '{id}' cannot be used: {reason}")]
    KeyUnusable {
        /// Its `kid`.
        id: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// No signing key could be generated.
    #[error("a signing key could not be generated")]
    KeyGeneration,
    /// The signature could not be made, or the claims could not be written.
    #[error("a token could not be signed")]
    Signing,
}

impl AsConflict for TokenError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_conflict())
    }
}
