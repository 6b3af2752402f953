//! Interfaces to the outside world that domain crates use and adapters implement.
//!
//! * [`BreachedPasswords`] tells whether a password is known from breaches (`riskgate-intel`).
//! * [`Intel`] tells what is known about an address and a user agent (`riskgate-intel`).
//! * [`Seal`] encrypts what must not lie open in the database (`riskgate-keystore`).

mod breached_passwords;
mod intel;
mod seal;

pub use breached_passwords::BreachedPasswords;
pub use intel::Intel;
pub use seal::{Seal, SealError};
