//! What follows from a judgement: on to the application, another page, or a refusal.

pub(crate) mod action;
pub(crate) mod ask;
pub(crate) mod federated;
pub(crate) mod finish;
pub(crate) mod fresh_proof;
pub(crate) mod next;
pub(crate) mod refused;
mod request_refused;
pub(crate) mod shown;
pub(crate) mod silent;
pub(crate) mod terms;

pub use request_refused::with_refusal_pages;
