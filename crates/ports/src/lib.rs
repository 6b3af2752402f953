//! Interfaces to the outside world that domain crates use and adapters implement.
//!
//! * [`Intel`] tells what is known about an address and a user agent (`riskgate-intel`).
//! * [`Seal`] encrypts what must not lie open in the database (`riskgate-keystore`).

mod intel;
mod seal;

pub use intel::Intel;
pub use seal::{Seal, SealError};
