//! What the services promise, on a store in memory with a clock that stands still.

mod application_sessions;
mod approvals;
mod choose;
mod common;
mod forms;
mod hasher;
mod interactions;
mod lockout;
mod lockout_networks;
mod passkeys;
mod password_reset;
mod passwords;
mod sessions;
mod software_oath;
mod software_oath_registration;
