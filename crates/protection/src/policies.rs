//! The policies in force, what they refer to, and what a change of them would do.

mod administrators;
mod attribute_definitions;
pub(crate) mod impact;
pub(crate) mod in_force;
pub(crate) mod known_objects;
mod lint;
mod lockout;
pub(crate) mod pending_change;
pub(crate) mod security_attributes;
pub(crate) mod security_defaults;
pub(crate) mod what_if;
