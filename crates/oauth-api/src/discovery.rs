//! What a client reads before it signs anybody in. None of it depends on who asks.

mod configuration;
mod instance;
mod keys;
mod user_realm;

pub(crate) use configuration::configuration;
pub(crate) use instance::instance;
pub(crate) use keys::keys;
pub(crate) use user_realm::user_realm;

/// How long clients may keep what they read, in seconds. A new signing key is published a week before it signs.
const KEEP: u32 = 3600;
