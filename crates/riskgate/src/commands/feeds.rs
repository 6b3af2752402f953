pub(super) mod build_breached;
pub(super) mod status;
pub(super) mod update;

use std::sync::Arc;

use riskgate_core::SystemClock;
use riskgate_intel::Feeds;

use crate::cli::Common;
use crate::commands::load_config;
use crate::data_dir::DataDirectory;
use crate::wiring::load_feeds;

/// The sources as the server would load them. The data directory need not hold a tenant.
fn load(common: &Common) -> anyhow::Result<Feeds> {
    let config = load_config(common)?;
    let cache_dir = common.data_dir.join("feeds");
    Ok(load_feeds(&config, Some(cache_dir), Arc::new(SystemClock)))
}

/// The same for a command that will write, so that the folder must be there and be private.
fn load_to_write(common: &Common) -> anyhow::Result<Feeds> {
    DataDirectory::create(&common.data_dir)?;
    load(common)
}
