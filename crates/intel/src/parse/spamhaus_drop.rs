use std::borrow::Cow;

use riskgate_core::Timestamp;
use serde::Deserialize;

use super::lines::scan;
use super::{Limits, ListEntry, ParseError, Parsed, parse_prefix};

/// Reads a Spamhaus DROP list (`https://www.spamhaus.org/drop/drop_v4.json` and `drop_v6.json`): one JSON object a line,
/// `{"cidr": ..., "sblid": ..., "rir": ...}`, and a last one with `"type":"metadata"`, the number of records and the
/// moment the list was made. A list without its last line, or with another number of records, is taken for cut off.
///
/// # Errors
/// [`ParseError`] when the file as a whole is refused.
pub fn parse_spamhaus_drop(bytes: &[u8], limits: &Limits) -> Result<Parsed<ListEntry>, ParseError> {
    let mut metadata: Option<Metadata> = None;
    let parsed = scan(bytes, limits, |line| {
        if line.is_empty() {
            return Ok(None);
        }
        if metadata.is_some() {
            return Err("there is something behind the metadata");
        }
        let line: Line<'_> = serde_json::from_str(line).map_err(|_| "not a JSON object of a DROP list")?;
        if line.kind.as_deref() == Some("metadata") {
            metadata = Some(Metadata { timestamp: line.timestamp, records: line.records });
            return Ok(None);
        }
        let cidr = line.cidr.ok_or("there is no 'cidr'")?;
        line.sblid.ok_or("there is no 'sblid'")?;
        Ok(Some(ListEntry { network: parse_prefix(&cidr)?, last_seen: None }))
    })?;
    let metadata = metadata.ok_or(ParseError::OtherDocument("it does not end with its metadata"))?;
    let records =
        metadata.records.ok_or(ParseError::OtherDocument("its metadata has no number of records"))?;
    let parsed = parsed.if_complete(records)?;
    Ok(Parsed { dated: metadata.timestamp.map(Timestamp::from_seconds), ..parsed })
}

/// An object of either kind.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    cidr: Option<Cow<'a, str>>,
    #[serde(borrow)]
    sblid: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'a, str>>,
    timestamp: Option<i64>,
    records: Option<usize>,
}

/// What is used of the last line.
struct Metadata {
    timestamp: Option<i64>,
    records: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = include_str!("../../tests/data/spamhaus-drop.json");

    fn parse(text: &str) -> Result<Parsed<ListEntry>, ParseError> {
        parse_spamhaus_drop(text.as_bytes(), &Limits::default())
    }

    #[test]
    fn prefixes_of_both_families_are_read_with_the_date_of_the_list() {
        let parsed = parse(LIST).unwrap();
        let entries: Vec<_> = parsed.entries.iter().map(|entry| entry.network.to_string()).collect();
        assert_eq!(entries, ["192.0.2.0/24", "198.51.100.0/22", "2001:db8:e480::/43"]);
        assert_eq!(parsed.dated.unwrap().to_string(), "2026-08-11T14:00:42Z");
    }

    #[test]
    fn a_list_that_is_not_whole_is_refused() {
        let lines: Vec<&str> = LIST.lines().collect();
        let without_end = lines[..3].join("\n");
        assert!(parse(&without_end).unwrap_err().to_string().contains("does not end with its metadata"));
        let without_middle = [lines[0], lines[3]].join("\n");
        assert_eq!(parse(&without_middle).unwrap_err(), ParseError::CutOff { stated: 3, found: 1 });
        let uncounted = [lines[0], r#"{"type":"metadata","timestamp":1}"#].join("\n");
        assert!(parse(&uncounted).unwrap_err().to_string().contains("no number of records"));
        let more = [LIST.trim_end(), lines[0]].join("\n");
        assert!(parse(&more).unwrap_err().to_string().contains("behind the metadata"));
    }

    #[test]
    fn each_kind_of_wrong_line_is_named() {
        for (line, reason) in [
            (r#"{"cidr":"192.0.2.0/24"}"#, "no 'sblid'"),
            (r#"{"sblid":"SBL1"}"#, "no 'cidr'"),
            (r#"{"cidr":"0.0.0.0/0","sblid":"SBL1"}"#, "wider than /8"),
            (r#"{"cidr":7,"sblid":"SBL1"}"#, "not a JSON object"),
            ("192.0.2.0/24", "not a JSON object"),
        ] {
            let error = parse(line).unwrap_err().to_string();
            assert!(error.contains(reason), "{line}: {error}");
        }
        let deep = format!("{{\"x\":{}", "[".repeat(900));
        assert!(parse(&deep).unwrap_err().to_string().contains("not a JSON object"));
    }
}
