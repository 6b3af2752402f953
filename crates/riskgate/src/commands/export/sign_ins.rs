use std::io::Write;

use anyhow::{Context, ensure};
use indicatif::ProgressBar;
use riskgate_core::Timestamp;
use riskgate_odata::{Comparison, Filter};
use riskgate_store::records::SignInRecord;
use riskgate_store::{Direction, Query, Record};
use serde_json::json;

use crate::cli::{ExportSignInsArgs, Output};
use crate::commands::open;
use crate::print;
use crate::progress::counting;
use crate::whole_file::WholeFile;
use crate::wiring::System;

/// Sign-ins read at once.
const PAGE: u64 = 200;

/// Writes sign-ins with their evidence, oldest first, one JSON object a line, as `riskgate replay` reads them.
///
/// # Errors
/// If the store cannot be read or the file not be written; then there is no file, and an old one stays.
pub(crate) async fn run(arguments: ExportSignInsArgs) -> anyhow::Result<()> {
    let filter = within(&arguments)?;
    let system = open(&arguments.common).await?;
    let count = system.foundation.store.count(system.tenant.id, SignInRecord::TABLE, &filter).await?;
    let bar = counting(count, "sign-ins");
    let mut file = WholeFile::create(&arguments.to)?;
    let written = write(&system, filter, &mut file, &bar).await;
    bar.finish_and_clear();
    let written = written?;
    file.finish()?;
    let shown = arguments.to.display().to_string();
    match arguments.common.output {
        Output::Json => print::json(&json!({ "signIns": written, "file": shown })),
        Output::Text => print::text(&format!(
            "{written} sign-ins in {shown}. To judge them again: riskgate replay {shown:?} --format riskgate-json\n"
        )),
    }
}

async fn write(
    system: &System,
    filter: Filter,
    file: &mut WholeFile,
    bar: &ProgressBar,
) -> anyhow::Result<u64> {
    let mut query = Query::filtered(filter, PAGE).ordered("createdDateTime", Direction::Ascending);
    let mut written = 0;
    loop {
        let page = system.foundation.store.query(system.tenant.id, SignInRecord::TABLE, &query).await?;
        for row in page.items {
            serde_json::to_writer(&mut *file, &row.document)?;
            file.write_all(b"\n")?;
            written += 1;
        }
        bar.set_position(written);
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(written),
        }
    }
}

/// Which sign-ins: from a moment on, before another one.
fn within(arguments: &ExportSignInsArgs) -> anyhow::Result<Filter> {
    let from = moment("--from", arguments.from.as_deref())?;
    let until = moment("--until", arguments.until.as_deref())?;
    if let (Some(from), Some(until)) = (from, until) {
        ensure!(from < until, "--from must be before --until");
    }
    let from = from.map(|from| Filter::compare("createdDateTime", Comparison::GreaterOrEqual, from));
    let until = until.map(|until| Filter::compare("createdDateTime", Comparison::Less, until));
    Ok(Filter::And(from.into_iter().chain(until).collect()))
}

/// A moment, or the beginning of a day in universal time.
fn moment(option: &str, text: Option<&str>) -> anyhow::Result<Option<Timestamp>> {
    let Some(text) = text else { return Ok(None) };
    let whole = if text.contains('T') { text.to_owned() } else { format!("{text}T00:00:00Z") };
    let moment = whole.parse().ok().with_context(|| {
        format!("{option} '{text}' is no moment such as 2026-11-01 or 2026-11-01T09:00:00Z")
    })?;
    Ok(Some(moment))
}
