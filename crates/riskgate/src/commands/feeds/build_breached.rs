use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::time::UNIX_EPOCH;

use anyhow::{Context, bail};
use riskgate_core::Timestamp;
use riskgate_intel::build_breached_filter;
use serde_json::json;

use crate::cli::{BuildBreachedArgs, Output};
use crate::data_dir::DataDirectory;
use crate::print;
use crate::progress::progress;

/// Makes a filter of breached passwords from the corpus as it is downloaded.
///
/// # Errors
/// If the corpus cannot be read or is none; then there is no new filter, and an old one stays.
pub(crate) fn run(arguments: &BuildBreachedArgs) -> anyhow::Result<()> {
    let from = arguments.file.display();
    let metadata = std::fs::metadata(&arguments.file).with_context(|| format!("{from} cannot be read"))?;
    if !metadata.is_file() {
        bail!("{from} is not a file; download the corpus as a single file");
    }
    let to = target(arguments)?;
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let seconds = changed.and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or_default();
    let file = File::open(&arguments.file).with_context(|| format!("{from} cannot be read"))?;
    let bar = progress(metadata.len());
    let corpus = BufReader::with_capacity(1 << 20, bar.wrap_read(file));
    let built = build_breached_filter(corpus, &to, arguments.min_count, Timestamp::from_seconds(seconds));
    bar.finish_and_clear();
    let built = built.with_context(|| format!("no filter was made of {from}"))?;
    let shown = to.display().to_string();
    match arguments.common.output {
        Output::Json => print::json(&json!({
            "file": shown,
            "lines": built.lines,
            "entries": built.entries,
            "bytes": built.bytes,
        })),
        Output::Text => print::text(&format!(
            "{} passwords in {shown} ({}).\nTo use it: [breached_passwords] filter_file = {shown:?}, and start the \
             server again.\n",
            built.entries,
            gigabytes(built.bytes)
        )),
    }
}

/// Where the filter goes: where it is asked for, or into the data directory.
fn target(arguments: &BuildBreachedArgs) -> anyhow::Result<PathBuf> {
    if let Some(to) = &arguments.to {
        return Ok(to.clone());
    }
    let directory = &arguments.common.data_dir;
    DataDirectory::create(directory)?;
    Ok(directory.join("breached-passwords.filter"))
}

fn gigabytes(bytes: u64) -> String {
    format!("{:.2} GB", bytes as f64 / 1e9)
}
