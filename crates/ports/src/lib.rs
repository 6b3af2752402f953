//! Interfaces to the outside world that domain crates use and adapters implement.
//!
//! * [`BreachedPasswords`] tells whether a password is known from breaches (`riskgate-intel`).
//! * [`Intel`] tells what is known about an address and a user agent (`riskgate-intel`).
//! * [`Mailer`] sends mail to people (`riskgate-mail`).
//! * [`Push`] wakes the phones of people (`riskgate-push`).
//! * [`Sources`] tells where that comes from, and refreshes it (`riskgate-intel`).
//! * [`Seal`] encrypts what must not lie open in the database (`riskgate-keystore`).

mod breached_passwords;
mod intel;
mod mailer;
mod push;
mod seal;
mod sources;

pub use breached_passwords::BreachedPasswords;
pub use intel::Intel;
pub use mailer::{Circumstances, Mail, MailContent, Mailer, address_of};
pub use push::{Push, PushKeys, PushMessage, PushOutcome, PushSubscription};
pub use seal::{Seal, SealError};
pub use sources::{SourceState, Sources};
