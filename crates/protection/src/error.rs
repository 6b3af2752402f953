use riskgate_directory::DirectoryError;
use riskgate_store::{AsConflict, StoreError, tables};

/// Why something could not be judged or done.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ProtectionError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The directory failed.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// The sign-in to go on with is not there.
    #[error("sign-in '{0}' does not exist")]
    UnknownSignIn(String),
    /// An identifier names no user who is or was at risk.
    #[error("risky user '{0}' does not exist")]
    UnknownRiskyUser(String),
    /// An identifier names no user at all.
    #[error("user '{0}' does not exist")]
    UnknownUser(String),
    /// An identifier names no service principal that is or was at risk.
    #[error("risky service principal '{0}' does not exist")]
    UnknownRiskyServicePrincipal(String),
    /// An identifier names no service principal at all.
    #[error("service principal '{0}' does not exist")]
    UnknownServicePrincipal(String),
    /// Identifiers of sign-ins that are not there or not risky; the wording is Graph's.
    #[error("These requestIds do not exist in your tenant or they are not risky")]
    NotRisky,
}

impl AsConflict for ProtectionError {
    fn is_conflict(&self) -> bool {
        match self {
            // Two first detections, or sign-ins that teach, at the same moment: the later one finds the owner's row and adds
            // to it.
            Self::Store(StoreError::Exists { table, .. }) => {
                let of_owners =
                    [&tables::RISKY_USERS, &tables::RISKY_SERVICE_PRINCIPALS, &tables::SIGN_IN_HISTORIES];
                of_owners.iter().any(|known| known.name == *table)
            }
            Self::Store(error) => error.is_conflict(),
            Self::Directory(error) => error.is_conflict(),
            _ => false,
        }
    }
}
