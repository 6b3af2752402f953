//! Whose assertion it is.

mod create;
mod link;
mod person;

pub(crate) use link::{identity_id, sha256_hex};
pub use person::PersonError;
