//! Speaking to providers, within bounds.

mod cache;
mod metadata;
mod network;

pub(crate) use cache::Cache;
pub(crate) use metadata::Metadata;
pub use network::Network;
pub(crate) use network::parse;
