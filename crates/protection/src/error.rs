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
    /// A signal with an identifier that stands for another one already.
    #[error("'externalId' {0} was reported before, of somebody or something else")]
    SignalOfAnother(String),
    /// One source has this many open detections of one user or service principal.
    #[error("there are {0} open detections of the same source already; close them first")]
    TooManySignals(u64),
    /// Identifiers of sign-ins that are not there or not risky; the wording is Graph's.
    #[error("These requestIds do not exist in your tenant or they are not risky")]
    NotRisky,
}

impl AsConflict for ProtectionError {
    fn is_conflict(&self) -> bool {
        match self {
            // Two first ones at the same moment: the later one finds the row and goes on from it.
            Self::Store(StoreError::Exists { table, .. }) => [
                tables::RISKY_USERS.name,
                tables::RISKY_SERVICE_PRINCIPALS.name,
                tables::RISK_DETECTIONS.name,
                tables::SERVICE_PRINCIPAL_RISK_DETECTIONS.name,
                tables::SIGN_IN_HISTORIES.name,
                tables::WORKLOAD_ACTIVITIES.name,
                tables::AUDIT_CURSORS.name,
            ]
            .contains(table),
            Self::Store(error) => error.is_conflict(),
            Self::Directory(error) => error.is_conflict(),
            _ => false,
        }
    }
}
