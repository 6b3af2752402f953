use super::lines::scan;
use super::{Limits, ListEntry, ParseError, Parsed, parse_prefix};

/// Reads a list of prefixes and bare addresses, IPv4 and IPv6 mixed, one a line; `#` and `;` start a comment
/// (X4BNet, FireHOL and most others).
///
/// # Errors
/// [`ParseError`] when the file as a whole is refused.
pub fn parse_cidr_list(bytes: &[u8], limits: &Limits) -> Result<Parsed<ListEntry>, ParseError> {
    scan(bytes, limits, |line| {
        let text = line.split(['#', ';']).next().unwrap_or_default().trim();
        if text.is_empty() {
            return Ok(None);
        }
        Ok(Some(ListEntry { network: parse_prefix(text)?, last_seen: None }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_addresses_and_both_kinds_of_comment_are_read() {
        let text = "; head\n# head\n2.26.157.0/24 ; note\n2001:ac8::/32\n1.2.3.4#x\n";
        let parsed = parse_cidr_list(text.as_bytes(), &Limits::default()).unwrap();
        let entries: Vec<_> = parsed.entries.iter().map(|entry| entry.network.to_string()).collect();
        assert_eq!(entries, ["2.26.157.0/24", "2001:ac8::/32", "1.2.3.4/32"]);
    }

    #[test]
    fn an_entry_that_names_half_the_internet_is_left_out() {
        let mut text: String = (0..99).map(|byte| format!("2.26.{byte}.0/24\n")).collect();
        text.push_str("0.0.0.0/1\n");
        let parsed = parse_cidr_list(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!((parsed.entries.len(), parsed.bad_lines), (99, 1));
    }
}
