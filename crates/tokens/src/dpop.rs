//! Demonstrating proof of possession (RFC 9449): a client signs each request with a key of its own, so that a token bound
//! to that key is worth nothing to whoever steals it.
//!
//! [`TokenService::verify_dpop`] checks a proof and names its key, [`TokenService::use_proof`] uses it up; [`TokenService::verify_presented`] checks an access
//! token together with the proof it came with.

mod error;
mod key;
mod presented;
mod verify;

pub use error::DpopError;
pub use presented::Presented;
pub use verify::{DpopProof, VerifiedProof};

/// What proofs may be signed with, for `dpop_signing_alg_values_supported`.
pub const DPOP_ALGORITHMS: [&str; 3] = ["ES256", "RS256", "PS256"];
