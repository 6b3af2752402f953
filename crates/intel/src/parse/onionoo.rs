use std::net::SocketAddr;

use riskgate_core::Timestamp;
use serde::Deserialize;

use super::json::{Gathered, MAX_ELEMENTS, bounded, read_document};
use super::prefix::parse_address;
use super::{Limits, ListEntry, ParseError, Parsed, tor_date};

/// Reads a details document of Onionoo, the Tor Project's directory of relays
/// (`https://onionoo.torproject.org/details?flag=Exit&fields=exit_addresses,or_addresses,last_seen,flags`). The exits are
/// the `exit_addresses` of every relay and, of relays with the flag `Exit`, the `or_addresses`, where IPv6 is found. A
/// document without `flags` is taken for one of exits alone.
///
/// # Errors
/// [`ParseError`] when the document as a whole is refused.
pub fn parse_onionoo(bytes: &[u8], limits: &Limits) -> Result<Parsed<ListEntry>, ParseError> {
    let document: Document = read_document(bytes, limits)?;
    let relays = document.relays.ok_or(ParseError::OtherDocument("it has no 'relays'"))?;
    let published = date(document.relays_published.as_deref());
    let mut gathered = Gathered::new();
    for relay in relays {
        let last_seen = date(relay.last_seen.as_deref()).or(published);
        let entry = |address: std::net::IpAddr| ListEntry { network: address.into(), last_seen };
        for text in &relay.exit_addresses {
            gathered.add(text, parse_address(text).map(entry));
        }
        if relay.flags.as_ref().is_some_and(|flags| !flags.iter().any(|flag| flag == "Exit")) {
            continue;
        }
        for text in &relay.or_addresses {
            let address = text.parse::<SocketAddr>().map_err(|_| "not an IP address with a port");
            gathered.add(text, address.map(|address| entry(address.ip().to_canonical())));
        }
    }
    gathered.finish(limits)
}

#[derive(Deserialize)]
struct Document {
    relays_published: Option<String>,
    #[serde(default, deserialize_with = "relays")]
    relays: Option<Vec<Relay>>,
}

#[derive(Deserialize)]
struct Relay {
    #[serde(default, deserialize_with = "bounded::<_, _, 64>")]
    exit_addresses: Vec<String>,
    #[serde(default, deserialize_with = "bounded::<_, _, 64>")]
    or_addresses: Vec<String>,
    last_seen: Option<String>,
    #[serde(default, deserialize_with = "flags")]
    flags: Option<Vec<String>>,
}

fn relays<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Relay>>, D::Error> {
    bounded::<_, _, MAX_ELEMENTS>(deserializer).map(Some)
}

fn flags<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    bounded::<_, _, 64>(deserializer).map(Some)
}

fn date(text: Option<&str>) -> Option<Timestamp> {
    let (day, time) = text?.split_once(' ')?;
    tor_date(day, time)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = include_str!("../../tests/data/onionoo-details.json");

    fn seen(text: &str) -> Result<Vec<(String, Option<String>)>, String> {
        let parsed = parse_onionoo(text.as_bytes(), &Limits::default()).map_err(|error| error.to_string())?;
        let entries = parsed.entries.iter();
        Ok(entries
            .map(|entry| (entry.network.to_string(), entry.last_seen.map(|seen| seen.to_string())))
            .collect())
    }

    #[test]
    fn exits_of_both_families_are_read_with_the_date_of_their_relay() {
        let at = |text: &str| Some(text.to_owned());
        assert_eq!(
            seen(DOCUMENT).unwrap(),
            [
                ("198.51.100.24/32".to_owned(), at("2026-08-30T05:00:00Z")),
                ("198.51.100.23/32".to_owned(), at("2026-08-30T05:00:00Z")),
                ("2001:db8:17::23/128".to_owned(), at("2026-08-30T05:00:00Z")),
                ("203.0.113.8/32".to_owned(), at("2026-08-29T22:00:00Z")),
                // A relay that lost the flag, and still used to let traffic out: only where it did.
                ("203.0.113.90/32".to_owned(), at("2026-08-30T04:00:00Z")),
            ]
        );
    }

    #[test]
    fn a_document_of_exits_alone_needs_no_flags() {
        let text =
            r#"{"relays_published":"2026-08-30 05:00:00","relays":[{"or_addresses":["203.0.113.9:443"]}]}"#;
        assert_eq!(
            seen(text).unwrap(),
            [("203.0.113.9/32".to_owned(), Some("2026-08-30T05:00:00Z".to_owned()))]
        );
    }

    #[test]
    fn what_is_another_document_is_refused_with_a_reason() {
        for (text, reason) in [
            ("<html>", "not the JSON"),
            (r#"{"bridges":[]}"#, "it has no 'relays'"),
            (r#"{"relays":null}"#, "not the JSON"),
            (r#"{"relays":[]}"#, "no entries"),
            (r#"{"relays":[{"exit_addresses":["x"]}]}"#, "entry 1 ('x'): not an IP address"),
            (r#"{"relays":[{"or_addresses":["203.0.113.9"]}]}"#, "not an IP address with a port"),
            (r#"{"relays":[{"exit_addresses":["203.0.113.9"]}"#, "EOF"),
        ] {
            let error = seen(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn depth_and_numbers_are_bounded() {
        let deep = format!("{{\"relays\":{}", "[".repeat(100_000));
        assert!(seen(&deep).unwrap_err().contains("not the JSON"));
        let unknown = format!("{{\"x\":{}", "[".repeat(100_000));
        assert!(seen(&unknown).unwrap_err().contains("not the JSON"));
        let many = format!("{{\"relays\":[{}{{}}]}}", "{},".repeat(MAX_ELEMENTS));
        assert!(seen(&many).unwrap_err().contains("more than 200000 elements"));
        let wide = format!(r#"{{"relays":[{{"or_addresses":[{}"x"]}}]}}"#, "\"x\",".repeat(64));
        assert!(seen(&wide).unwrap_err().contains("more than 64 elements"));
        let large = vec![b' '; super::super::MAX_JSON_BYTES + 1];
        assert!(matches!(parse_onionoo(&large, &Limits::default()), Err(ParseError::TooLarge { .. })));
    }
}
