//! One sign-in of a person: what is known about it, what it is judged by, and how it is recorded.

pub(crate) mod attempt;
pub(crate) mod complete;
mod contexts;
pub(crate) mod continued_session;
mod continuous;
pub(crate) mod device;
mod facts;
pub(crate) mod failure;
pub(crate) mod judge;
pub(crate) mod person;
mod place;
mod proofs;
pub(crate) mod record;
mod session_claims;
pub(crate) mod standing;
