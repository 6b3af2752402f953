use anyhow::bail;
use riskgate_intel::SourceStatus;
use serde_json::json;

use crate::cli::{FeedsArgs, Output};
use crate::print;

/// Shows every source with its age, size and licence.
///
/// # Errors
/// If the configuration is wrong or there is no source of the name asked for.
pub(crate) fn run(arguments: &FeedsArgs) -> anyhow::Result<()> {
    let mut status = super::load(&arguments.common)?.status();
    if let Some(name) = &arguments.name {
        status.retain(|source| source.name == *name);
        if status.is_empty() {
            bail!("there is no source '{name}'; 'riskgate feeds status' shows all");
        }
    }
    match arguments.common.output {
        Output::Json => print::json(&json!(status)),
        Output::Text => {
            let rows: Vec<_> = status.iter().map(row).collect();
            let titles = ["NAME", "KIND", "ENTRIES", "AGE", "STATE", "FROM", "LICENCE"];
            print::text(&print::table(&titles, &rows))?;
            for (name, error) in status.iter().filter_map(|s| Some((&s.name, s.last_error.as_ref()?))) {
                print::text(&format!("{name}: {error}\n"))?;
            }
            Ok(())
        }
    }
}

fn row(source: &SourceStatus) -> Vec<String> {
    let state = match (source.as_of, source.is_stale) {
        _ if source.is_expired => "expired",
        (None, _) => "empty",
        (Some(_), true) => "stale",
        (Some(_), false) => "current",
    };
    vec![
        source.name.clone(),
        source.kind.name().to_owned(),
        source.entries.map_or_else(|| "-".to_owned(), |entries| entries.to_string()),
        source.age_seconds.map_or_else(|| "-".to_owned(), age),
        state.to_owned(),
        source.from.clone(),
        source.licence.clone(),
    ]
}

/// `3 d`, `5 h` or `12 min`.
fn age(seconds: u64) -> String {
    match seconds {
        172_800.. => format!("{} d", seconds / 86_400),
        7_200.. => format!("{} h", seconds / 3_600),
        _ => format!("{} min", seconds / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_shown_in_the_unit_that_fits() {
        for (seconds, expected) in [(59, "0 min"), (7_199, "119 min"), (7_200, "2 h"), (172_800, "2 d")] {
            assert_eq!(age(seconds), expected);
        }
    }
}
