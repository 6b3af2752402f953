use super::lines::scan;
use super::{Limits, ListEntry, ParseError, Parsed, parse_prefix};

/// Reads Apple's list of iCloud Private Relay egress ranges (`https://mask-api.icloud.com/egress-ip-ranges.csv`):
/// `prefix,country,region,city,` without heading. Only the prefixes are kept; the other columns must have the right
/// form, so that another table is not taken for this one.
///
/// # Errors
/// [`ParseError`] when the file as a whole is refused.
pub fn parse_private_relay(bytes: &[u8], limits: &Limits) -> Result<Parsed<ListEntry>, ParseError> {
    scan(bytes, limits, |line| {
        if line.is_empty() || line.starts_with('#') {
            return Ok(None);
        }
        let columns: Vec<&str> = line.splitn(4, ',').collect();
        let [prefix, country, _region, _city] = columns.as_slice() else {
            return Err("not prefix,country,region,city");
        };
        if !(country.is_empty() || is_country(country)) {
            return Err("the second column is not a two-letter country");
        }
        Ok(Some(ListEntry { network: parse_prefix(prefix.trim())?, last_seen: None }))
    })
}

/// Whether a text has the form of an ISO 3166-1 alpha-2 code.
pub(super) fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_with_and_without_a_place_are_read() {
        let text = "172.224.226.0/27,GB,GB-EN,London,\n2a02:26f7:c9c8:4000::/64,GB,,,\n104.28.0.0/32,,,,\n";
        let parsed = parse_private_relay(text.as_bytes(), &Limits::default()).unwrap();
        let entries: Vec<_> = parsed.entries.iter().map(|entry| entry.network.to_string()).collect();
        assert_eq!(entries, ["172.224.226.0/27", "2a02:26f7:c9c8:4000::/64", "104.28.0.0/32"]);
    }

    #[test]
    fn another_table_is_refused() {
        for text in ["1.2.3.0/24", "1.2.3.0/24,Germany,,", "prefix,DE,x,y", "1.2.3.0/24,de,x,y"] {
            assert!(parse_private_relay(text.as_bytes(), &Limits::default()).is_err(), "{text}");
        }
    }
}
