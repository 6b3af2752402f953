//! Certificates and keys the server proves itself with.
//!
//! * [`development`] keeps a certificate authority and a server certificate in a directory, and renews the latter.
//! * [`in_memory`] makes both without files.
//! * [`from_files`] loads what an operator brings.
//!
//! All give a [`ServerTls`]: TLS 1.2 and 1.3 by AWS-LC, ALPN `http/1.1`. Keys of the development authority are drawn by
//! AWS-LC itself, because the certificate library takes no generator.

mod authority;
mod check;
mod client;
mod development;
mod server;

pub use development::{development, in_memory};
pub use server::{ServerTls, from_files};

use std::path::PathBuf;

/// Why there is no certificate to serve with.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read or written.
    #[error("{path} cannot be read or written: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file holds no certificate or key in PEM form.
    #[error("{path} is not a {expected} in PEM form")]
    Pem {
        /// Which file.
        path: PathBuf,
        /// What it should be.
        expected: &'static str,
    },
    /// One file of the certificate authority is there and the other is not.
    #[error(
        "the development certificate authority is not whole: {missing} is missing. Restore it, or delete the other \
         files beside it and hand out the new ca.pem"
    )]
    AuthorityIncomplete {
        /// The file that is missing.
        missing: PathBuf,
    },
    /// The host of the base URL cannot stand in a certificate.
    #[error("'{0}' is not a host name or address a certificate can be made for")]
    Host(String),
    /// A certificate could not be made.
    #[error("a certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// Clients cannot be asked for certificates.
    #[error("clients cannot be asked for certificates: {0}")]
    ClientCertificates(rustls::Error),
    /// Certificate and key do not work, or not together.
    #[error("certificate {certificate} cannot be used with its key: {source}")]
    Unusable {
        /// Which certificate.
        certificate: PathBuf,
        /// Why.
        source: rustls::Error,
    },
}
