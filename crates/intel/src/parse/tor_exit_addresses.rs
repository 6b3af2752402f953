use riskgate_core::Timestamp;

use super::lines::scan;
use super::prefix::parse_address;
use super::{Limits, ListEntry, ParseError, Parsed, tor_date};

/// Reads the Tor Project's exit list with dates (`https://check.torproject.org/exit-addresses`): blocks of
/// `ExitNode <fingerprint>`, `Published <date>`, `LastStatus <date>` and `ExitAddress <address> <date>`; the date of
/// an entry is when its address was last seen as an exit. `#` starts a comment line.
///
/// # Errors
/// [`ParseError`] when the file as a whole is refused.
pub fn parse_tor_exit_addresses(bytes: &[u8], limits: &Limits) -> Result<Parsed<ListEntry>, ParseError> {
    scan(bytes, limits, |line| {
        let mut words = line.split_ascii_whitespace();
        let keyword = words.next().unwrap_or("#");
        let entry = match keyword {
            _ if keyword.starts_with('#') => return Ok(None),
            "ExitNode" => {
                is_fingerprint(words.next().unwrap_or_default())
                    .then_some(())
                    .ok_or("not a relay fingerprint")?;
                None
            }
            "Published" | "LastStatus" => {
                date(&mut words)?;
                None
            }
            "ExitAddress" => {
                let network = parse_address(words.next().unwrap_or_default())?.into();
                Some(ListEntry { network, last_seen: Some(date(&mut words)?) })
            }
            _ => return Err("not a keyword of the Tor exit list"),
        };
        if words.next().is_some() { Err("there is something behind the end of the line") } else { Ok(entry) }
    })
}

fn date<'a>(words: &mut impl Iterator<Item = &'a str>) -> Result<Timestamp, &'static str> {
    let (day, time) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    tor_date(day, time).ok_or("not a date such as 2026-08-30 05:56:55")
}

fn is_fingerprint(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "ExitNode 0011BD2485AD45D984EC4159C88FC066E5E3300E\nPublished 2026-08-29 22:10:41\n\
        LastStatus 2026-08-30 04:00:00\nExitAddress 162.247.74.201 2026-08-30 04:32:11\n\
        ExitAddress 162.247.74.202 2026-08-29 03:00:00\n";

    #[test]
    fn every_exit_address_carries_the_date_it_was_seen() {
        let parsed = parse_tor_exit_addresses(LIST.as_bytes(), &Limits::default()).unwrap();
        let seen: Vec<_> = parsed
            .entries
            .iter()
            .map(|entry| (entry.network.to_string(), entry.last_seen.unwrap().to_string()))
            .collect();
        assert_eq!(
            seen,
            [
                ("162.247.74.201/32".to_owned(), "2026-08-30T04:32:11Z".to_owned()),
                ("162.247.74.202/32".to_owned(), "2026-08-29T03:00:00Z".to_owned())
            ]
        );
    }

    #[test]
    fn each_kind_of_wrong_line_is_named() {
        for (line, reason) in [
            ("ExitNode 0011", "not a relay fingerprint"),
            ("Published yesterday", "not a date"),
            ("ExitAddress 1.2.3.4", "not a date"),
            ("ExitAddress 1.2.3 2026-08-30 04:32:11", "not an IP address"),
            ("ExitAddress 1.2.3.4 2026-08-30 04:32:11 x", "there is something behind"),
            ("<html>", "not a keyword"),
        ] {
            let error =
                parse_tor_exit_addresses(line.as_bytes(), &Limits::default()).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
