use riskgate_store::{AsConflict, StoreError};

/// Why a refresh token is not good. All but `Store` are `invalid_grant` with status 400.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    /// There is no such token, or it was issued to another client.
    #[error("the refresh token is not valid")]
    Unknown,
    /// It was not used for 90 days.
    #[error("the refresh token has expired due to inactivity; sign in again")]
    Expired,
    /// It was issued to a single-page application a day ago.
    #[error(
        "the refresh token of a single-page application has a fixed lifetime and has expired; sign in again"
    )]
    SinglePageExpired,
    /// It was revoked.
    #[error("the grant was revoked; sign in again")]
    Revoked,
    /// It was used before, so somebody has a copy; its whole family is revoked now.
    #[error("the refresh token was used before, so the grant was revoked; sign in again")]
    Reused,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RefreshError {
    /// The number Entra reports this by; `None` if it is not the client's fault.
    pub fn code(&self) -> Option<u32> {
        match self {
            Self::Unknown => Some(70_000),
            Self::Expired => Some(700_082),
            Self::SinglePageExpired => Some(700_084),
            Self::Revoked | Self::Reused => Some(50_173),
            Self::Store(_) => None,
        }
    }
}

impl AsConflict for RefreshError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_conflict())
    }
}
