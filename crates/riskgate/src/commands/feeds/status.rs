use std::sync::Arc;

use anyhow::bail;
use riskgate_core::{Clock, SystemClock};
use riskgate_intel::{BreachedStatus, SourceStatus};
use serde_json::{Value as Json, json};

use crate::cli::{FeedsArgs, Output};
use crate::commands::load_config;
use crate::print;
use crate::wiring::load_breached;

/// Shows every source with its age, size and licence, the one of breached passwords among them.
///
/// # Errors
/// If the configuration is wrong or there is no source of the name asked for.
pub(crate) fn run(arguments: &FeedsArgs) -> anyhow::Result<()> {
    let mut status = super::load(&arguments.common)?.status();
    let section = load_config(&arguments.common)?.breached_passwords;
    let breached = load_breached(&section, Arc::new(SystemClock));
    let mut breached = breached.map(|list| list.status(SystemClock.now())).unwrap_or_default();
    if let Some(name) = &arguments.name {
        status.retain(|source| source.name == *name);
        breached.retain(|source| source.name == *name);
        if status.is_empty() && breached.is_empty() {
            bail!("there is no source '{name}'; 'riskgate feeds status' shows all");
        }
    }
    match arguments.common.output {
        Output::Json => {
            let breached = breached.iter().map(|source| json!(source));
            print::json(&status.iter().map(|source| json!(source)).chain(breached).collect::<Json>())
        }
        Output::Text => {
            let rows: Vec<_> = status.iter().map(row).chain(breached.iter().map(breached_row)).collect();
            let titles = ["NAME", "KIND", "ENTRIES", "AGE", "STATE", "FROM", "LICENCE"];
            print::text(&print::table(&titles, &rows))?;
            let errors = status.iter().filter_map(|s| Some((s.name.as_str(), s.last_error.as_ref()?)));
            let of_breached = breached.iter().filter_map(|s| Some((s.name, s.last_error.as_ref()?)));
            for (name, error) in errors.chain(of_breached) {
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

fn breached_row(source: &BreachedStatus) -> Vec<String> {
    let state = match (&source.last_error, source.as_of) {
        (Some(_), _) => "empty",
        (None, None) => "online",
        (None, Some(_)) if source.is_stale => "stale",
        (None, Some(_)) => "current",
    };
    vec![
        source.name.to_owned(),
        source.kind.to_owned(),
        source.entries.map_or_else(|| "-".to_owned(), |entries| entries.to_string()),
        source.age_seconds.map_or_else(|| "-".to_owned(), age),
        state.to_owned(),
        source.from.clone(),
        String::new(),
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
