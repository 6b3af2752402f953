use serde::Deserialize;

use super::json::{Gathered, MAX_ELEMENTS, bounded, read_document};
use super::{Limits, ListEntry, ParseError, Parsed, parse_prefix};

/// Reads a MISP warning list (`https://github.com/MISP/misp-warninglists`): addresses and prefixes that are well known and
/// harmless, such as resolvers and delivery networks. Lists of the types `cidr` and `string` are read; the latter mix
/// addresses with names, which are passed over.
///
/// # Errors
/// [`ParseError`] when the document as a whole is refused.
pub fn parse_misp_warning_list(bytes: &[u8], limits: &Limits) -> Result<Parsed<ListEntry>, ParseError> {
    let document: Document = read_document(bytes, limits)?;
    let mixes_names = match document.kind.as_deref() {
        Some("cidr") => false,
        Some("string") | None => true,
        Some(_) => return Err(ParseError::OtherDocument("it is of another type than 'cidr' and 'string'")),
    };
    let is_about_addresses = document.matching_attributes.is_empty()
        || document.matching_attributes.iter().any(|kind| kind.starts_with("ip-"));
    if !is_about_addresses {
        return Err(ParseError::OtherDocument("its 'matching_attributes' are no addresses"));
    }
    let mut gathered = Gathered::new();
    for text in &document.list {
        let text = text.trim();
        if mixes_names && !is_like_an_address(text) {
            continue;
        }
        gathered.add(text, parse_prefix(text).map(|network| ListEntry { network, last_seen: None }));
    }
    gathered.finish(limits)
}

/// Whether a text is meant as an address and not as a name: only digits and dots, or a colon.
fn is_like_an_address(text: &str) -> bool {
    text.contains(':') || text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'/')
}

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "bounded::<_, _, 256>")]
    matching_attributes: Vec<String>,
    #[serde(deserialize_with = "bounded::<_, _, MAX_ELEMENTS>")]
    list: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Result<Vec<String>, String> {
        let parsed =
            parse_misp_warning_list(text.as_bytes(), &Limits::default()).map_err(|e| e.to_string())?;
        Ok(parsed.entries.iter().map(|entry| entry.network.to_string()).collect())
    }

    #[test]
    fn prefixes_and_addresses_among_names_are_read() {
        let list = include_str!("../../tests/data/misp-warning-list.json");
        assert_eq!(seen(list).unwrap(), ["203.0.113.0/26", "2001:db8:c0de::/48"]);
        let mixed = r#"{"type":"string","matching_attributes":["ip-src","domain"],
            "list":["192.0.2.53","resolver.example.org","2001:db8::53"]}"#;
        assert_eq!(seen(mixed).unwrap(), ["192.0.2.53/32", "2001:db8::53/128"]);
    }

    #[test]
    fn what_is_another_document_is_refused_with_a_reason() {
        for (text, reason) in [
            (r#"{"type":"cidr"}"#, "missing field `list`"),
            (r#"{"type":"regex","list":["x"]}"#, "another type"),
            (r#"{"type":"string","matching_attributes":["domain"],"list":["192.0.2.1"]}"#, "no addresses"),
            (r#"{"type":"string","list":["example.org"]}"#, "no entries"),
            (r#"{"type":"cidr","list":["example.org"]}"#, "entry 1 ('example.org')"),
            (r#"{"type":"cidr","list":[7]}"#, "not the JSON"),
        ] {
            let error = seen(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
