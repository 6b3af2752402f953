//! The directory on a real store: every operation, every refusal, and what happens when two run at the same moment.

mod applications;
mod bootstrap;
mod consent;
mod console;
mod device_proofs;
mod devices;
mod group_members;
mod groups;
mod races;
mod roles;
mod support;
mod user_deletion;
mod user_sessions;
mod users;
