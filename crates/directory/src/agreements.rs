//! Terms of use: what people must accept, its files, and what they answered (Graph `agreement`).

mod answer;
mod create;
mod delete;
mod find;
mod language;
mod update;

pub use create::NewAgreement;
pub use language::{languages_by_preference, preferred_file};

/// Most agreements of a tenant.
const MOST: u64 = 40;
/// Graph type in messages.
const RESOURCE: &str = "Agreement";
