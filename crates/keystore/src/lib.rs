//! Keys that lie in files and never in the database: the master key and the TLS keys of the server.
//!
//! * [`MasterKey`] seals what must not lie open in the database (`riskgate_ports::Seal`). `init` makes its file once;
//!   a further node gets a copy of it.
//! * [`tls`] makes the certificate authority and certificate of a development installation, or loads the certificate
//!   an operator brings.
//!
//! To seal a new kind of value: choose a purpose of its own (a short constant text), seal with it and open with it; a
//! value sealed for one purpose opens for no other.

mod file;
mod master_key;
pub mod tls;

pub use master_key::{MasterKey, MasterKeyError};
