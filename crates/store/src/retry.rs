use std::future::Future;

use crate::StoreError;

/// How often a change is computed again before the conflict is reported.
const ATTEMPTS: u32 = 16;

/// Runs `change` (read, compute, commit) again while somebody else is faster.
///
/// # Errors
/// Whatever `change` fails with; [`StoreError::Conflict`] after 16 attempts.
pub async fn retry<T, E, F, Fut>(mut change: F) -> Result<T, E>
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T, E>>,
    E: AsConflict,
{
    let mut attempt = 1;
    loop {
        match change().await {
            Err(error) if error.is_conflict() && attempt < ATTEMPTS => attempt += 1,
            outcome => return outcome,
        }
    }
}

/// An error that may be a store conflict; implemented by the errors of the domain crates.
pub trait AsConflict {
    /// Whether computing again may help.
    fn is_conflict(&self) -> bool;
}

impl AsConflict for StoreError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict { .. })
    }
}
