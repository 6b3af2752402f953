//! What the tests of several crates share. Only tests depend on it.
//!
//! * [`HookedStore`] does something before each operation on a store: it counts, waits, or lets two changes race.
//! * [`KnownAddresses`] is threat data by hand, [`KnownBreached`] a list of passwords from breaches.
//! * [`authenticator_app`] shows codes, written from the standards and apart from the product's own way to check them; [`SoftwarePasskey`]
//!   answers for a passkey, [`SoftwarePhone`] for a phone, [`push`] is a push service and the browser behind it, [`dpop::ProofKey`] makes proofs of possession.
//!
//! To add something: put it here when the tests of a second crate need it, never before.

pub mod authenticator_app;
mod breached;
pub mod dpop;
mod hooked_store;
mod known_addresses;
pub mod push;
mod software_passkey;
mod software_phone;

pub use breached::KnownBreached;
pub use hooked_store::{HookedStore, Operation};
pub use known_addresses::KnownAddresses;
pub use software_passkey::{AA_GUID, SoftwarePasskey};
pub use software_phone::SoftwarePhone;
