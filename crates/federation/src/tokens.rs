//! ID tokens: which key, which claims.

mod claims;
mod keys;
mod verify;

pub use claims::Assertion;
pub(crate) use keys::select;
pub(crate) use verify::{Expected, verify};
