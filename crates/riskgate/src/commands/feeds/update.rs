use anyhow::bail;
use riskgate_intel::{Outcome, UpdateReport};
use serde_json::json;

use crate::cli::{FeedsArgs, Output};
use crate::print;

/// Fetches the sources that have an address and reads files again. A running server looks for itself when its sources are
/// due; saved copies are what the next start begins with.
///
/// # Errors
/// If one of them could not be updated, after all have been tried.
pub(crate) async fn run(arguments: FeedsArgs) -> anyhow::Result<()> {
    let feeds = super::load_to_write(&arguments.common)?;
    let reports = feeds.update(arguments.name.as_deref()).await;
    match arguments.common.output {
        Output::Json => print::json(&json!(reports))?,
        Output::Text if reports.is_empty() => print::text(
            "There is nothing to fetch: no [[feeds]] are configured, and the built-in sources come with the program.\n",
        )?,
        Output::Text => {
            let rows: Vec<_> =
                reports.iter().map(|report| vec![report.name.clone(), result(report)]).collect();
            print::text(&print::table(&["NAME", "RESULT"], &rows))?;
        }
    }
    let failed = reports.iter().filter(|report| matches!(report.outcome, Outcome::Failed { .. })).count();
    if failed > 0 {
        bail!("{failed} of {} sources could not be updated", reports.len());
    }
    Ok(())
}

fn result(report: &UpdateReport) -> String {
    match &report.outcome {
        Outcome::Updated { entries, not_saved, .. } => {
            let entries = entries.map(|entries| format!(", {entries} entries")).unwrap_or_default();
            let note = not_saved.as_ref().map(|error| format!("; not saved: {error}")).unwrap_or_default();
            format!("updated{entries}{note}")
        }
        Outcome::Unchanged => "unchanged".to_owned(),
        Outcome::Failed { error } => format!("failed: {error}"),
    }
}
