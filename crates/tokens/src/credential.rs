//! New credentials of confidential clients.

mod certificate;
mod secret;

pub(crate) use certificate::public_key_of_pem;
pub use certificate::{CertificateError, NewCertificate};
pub use secret::{NewSecret, SecretLifetimeError};
