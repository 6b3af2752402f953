//! ID tokens: which key, which claims.

mod claims;
mod keys;
mod logout;
mod verify;

pub use claims::Assertion;
pub(crate) use keys::select;
pub(crate) use logout::{Ended, ExpectedLogout, verify_logout};
pub(crate) use verify::{Expected, verify};
