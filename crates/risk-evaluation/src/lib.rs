//! How well the risk engine does, measured so that anybody can repeat it.
//!
//! * [`reference`] is the published model everything is compared with.

pub mod reference;
