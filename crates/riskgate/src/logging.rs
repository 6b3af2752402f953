use std::io::IsTerminal;

use anyhow::Context;
use tracing_subscriber::EnvFilter;

/// What commands other than `serve` log: problems only.
pub(crate) const PROBLEMS: &str = "warn";

/// Sends the log to standard error, as text or one JSON object a line.
///
/// # Errors
/// If `filter` is not in the form of `RUST_LOG`.
pub(crate) fn start(filter: &str, is_json: bool) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter).context("log.filter is not a log filter")?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let builder = builder.with_ansi(std::io::stderr().is_terminal());
    // A second start, in tests, keeps the first one's settings.
    let _ = if is_json { builder.json().try_init() } else { builder.with_target(false).try_init() };
    Ok(())
}
