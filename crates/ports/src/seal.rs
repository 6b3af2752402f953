/// Encrypts and authenticates small values with the master key, which never enters the database.
pub trait Seal: Send + Sync + 'static {
    /// Encrypts `plain`. `purpose` is bound to the result: what was sealed for one purpose opens for no other.
    fn seal(&self, purpose: &str, plain: &[u8]) -> Vec<u8>;

    /// Decrypts what [`Seal::seal`] made.
    ///
    /// # Errors
    /// [`SealError`] if it was made with another key or for another purpose, or was changed.
    fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError>;
}

/// A sealed value could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open: wrong master key, or it was changed")]
pub struct SealError;
