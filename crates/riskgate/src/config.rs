//! The configuration file: one TOML file, each key overridable by the environment (`RISKGATE_SERVER__BASE_URL` for
//! `server.base_url`). Unknown keys and wrong values are refused with the line they stand in.

mod environment;
mod read;
pub(crate) mod risk;
mod types;

pub(crate) use read::read;
pub(crate) use types::*;
