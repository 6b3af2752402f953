use riskgate_store::{AsConflict, StoreError};

use crate::HashError;

/// Why something could not be done that is nobody's mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthnError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The hashing pool failed or is full.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// A stored secret does not open: another master key, or it was changed.
    #[error("a stored secret cannot be opened with this master key")]
    Sealed,
}

impl AsConflict for AuthnError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_conflict())
    }
}
