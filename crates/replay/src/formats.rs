mod entra_json;
mod json_items;
mod rba_csv;

use std::io::Read;

use crate::{RecordedSignIn, ReplayError};

/// How a recording is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV with the columns of the public data set for risk-based authentication (Wiefling et al., ACM TOPS 26(1) 2022).
    RbaCsv,
    /// Sign-ins as Microsoft Graph's `auditLogs/signIns` shows them: an answer with `value`, an array, or one object a line;
    /// each may lie in `properties`, as diagnostic settings export them. Riskgate's own with `@riskgate.evidence` are
    /// judged by the very facts they were judged by.
    EntraJson,
}

/// The sign-ins of a recording, in its order. Nothing is read ahead of what is asked for.
pub fn read<'a>(
    format: Format,
    reader: impl Read + 'a,
) -> Box<dyn Iterator<Item = Result<RecordedSignIn, ReplayError>> + 'a> {
    match format {
        Format::RbaCsv => Box::new(rba_csv::SignIns::new(reader)),
        Format::EntraJson => Box::new(entra_json::sign_ins(reader)),
    }
}

/// `Firefox 20.0.0.1618` is `Firefox 20`, as Riskgate's own reader of user agents says it.
fn major(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((family, version)) if version.starts_with(|first: char| first.is_ascii_digit()) => {
            format!("{family} {}", version.split('.').next().unwrap_or(version))
        }
        _ => name.to_owned(),
    }
}
