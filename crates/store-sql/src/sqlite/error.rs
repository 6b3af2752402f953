use riskgate_store::StoreError;
use rusqlite::{Error, ErrorCode};

/// What an error means for the store.
pub(super) fn store_error(error: &Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::Unavailable("another process keeps the store locked".to_owned())
        }
        _ => StoreError::Unavailable(error.to_string()),
    }
}

/// Whether an identifier or a unique value is taken.
pub(super) fn is_taken(error: &Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
}
