//! What people and applications do here besides signing in: the audit log, and what people read through the API.

mod log;
mod raise;
pub(crate) mod reads;
mod take;
