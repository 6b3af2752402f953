//! Builds the parts from configuration and data directory.
//!
//! [`Foundation`] is what there is before a tenant: store, keys, time. [`System`] is everything of the tenant; [`router`]
//! puts the HTTP surfaces on top of it.

mod certificate;
mod client_certificates;
mod foundation;
mod mail;
mod push;
mod router;
mod system;

pub(crate) use certificate::Certificate;
pub(crate) use foundation::{Foundation, Place};
pub(crate) use router::{forms, passwords, router, software_oath};
pub(crate) use system::{System, load_breached, load_feeds};
