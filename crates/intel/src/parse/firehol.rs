use riskgate_core::Timestamp;

use super::date::unix_date;
use super::lines::scan;
use super::{Limits, ListEntry, ParseError, Parsed, parse_prefix};

/// Reads a FireHOL netset or ipset (`https://iplists.firehol.org`): a head of `#` lines with `name: value`, then an
/// address or prefix a line. The head must say how many entries there are, and it must be true; its date is the list's.
///
/// # Errors
/// [`ParseError`] when the file as a whole is refused.
pub fn parse_firehol(bytes: &[u8], limits: &Limits) -> Result<Parsed<ListEntry>, ParseError> {
    let mut head = Head::default();
    let parsed = scan(bytes, limits, |line| {
        if let Some(comment) = line.strip_prefix('#') {
            head.read(comment);
            return Ok(None);
        }
        if line.is_empty() {
            return Ok(None);
        }
        Ok(Some(ListEntry { network: parse_prefix(line)?, last_seen: None }))
    })?;
    let stated =
        head.entries.ok_or(ParseError::OtherDocument("its head does not say how many entries it has"))?;
    let parsed = parsed.if_complete(stated)?;
    Ok(Parsed { dated: head.source_date.or(head.file_date), ..parsed })
}

/// What is used of the head.
#[derive(Default)]
struct Head {
    entries: Option<usize>,
    /// When what the list is made of was last changed.
    source_date: Option<Timestamp>,
    /// When the list was written.
    file_date: Option<Timestamp>,
}

impl Head {
    fn read(&mut self, comment: &str) {
        let Some((name, value)) = comment.split_once(':') else { return };
        match name.trim() {
            // `4524 subnets, 612345 unique IPs` or `1337 unique IPs`.
            "Entries" => self.entries = value.split_ascii_whitespace().next().and_then(|n| n.parse().ok()),
            "Source File Date" => self.source_date = unix_date(value),
            "This File Date" => self.file_date = unix_date(value),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = include_str!("../../tests/data/firehol.netset");

    #[test]
    fn a_netset_is_read_with_its_date() {
        let parsed = parse_firehol(LIST.as_bytes(), &Limits::default()).unwrap();
        let entries: Vec<_> = parsed.entries.iter().map(|entry| entry.network.to_string()).collect();
        assert_eq!(entries, ["192.0.2.0/28", "198.51.100.7/32", "203.0.113.128/25"]);
        assert_eq!(parsed.dated.unwrap().to_string(), "2026-08-11T14:21:04Z");
        assert_eq!(parsed.bad_lines, 0);
    }

    #[test]
    fn an_ipset_without_the_date_of_its_source_has_that_of_the_file() {
        let text =
            "# This File Date  : Sun Sep  6 04:05:06 UTC 2026\n# Entries         : 1 unique IPs\n192.0.2.1\n";
        let parsed = parse_firehol(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(parsed.dated.unwrap().to_string(), "2026-09-06T04:05:06Z");
    }

    #[test]
    fn half_a_file_and_another_list_are_refused() {
        let cut = &LIST[..LIST.trim_end().rfind('\n').unwrap()];
        let error = parse_firehol(cut.as_bytes(), &Limits::default()).unwrap_err();
        assert_eq!(error, ParseError::CutOff { stated: 3, found: 2 });
        for text in ["192.0.2.1\n", "# Entries : many\n192.0.2.1\n"] {
            let error = parse_firehol(text.as_bytes(), &Limits::default()).unwrap_err();
            assert!(error.to_string().contains("how many entries"), "{text}: {error}");
        }
    }
}
