use super::lines::scan;
use super::prefix::parse_address;
use super::{Limits, ListEntry, ParseError, Parsed};

/// Reads the Tor Project's bulk exit list (`https://check.torproject.org/torbulkexitlist`): one address a line,
/// `#` starts a comment.
///
/// # Errors
/// [`ParseError`] when the file as a whole is refused.
pub fn parse_tor_bulk_list(bytes: &[u8], limits: &Limits) -> Result<Parsed<ListEntry>, ParseError> {
    scan(bytes, limits, |line| {
        let text = line.split('#').next().unwrap_or_default().trim();
        if text.is_empty() {
            return Ok(None);
        }
        Ok(Some(ListEntry { network: parse_address(text)?.into(), last_seen: None }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_both_families_are_read_and_comments_skipped() {
        let parsed =
            parse_tor_bulk_list(b"# exits\n\n2.56.10.36 # one\n2001:db8::1\n", &Limits::default()).unwrap();
        let entries: Vec<_> = parsed.entries.iter().map(|entry| entry.network.to_string()).collect();
        assert_eq!(entries, ["2.56.10.36/32", "2001:db8::1/128"]);
        assert_eq!(parsed.bad_lines, 0);
    }

    #[test]
    fn a_prefix_is_no_exit() {
        let error = parse_tor_bulk_list(b"2.56.10.0/24\n", &Limits::default()).unwrap_err();
        assert!(error.to_string().starts_with("line 1 ('2.56.10.0/24'): not an IP address"), "{error}");
    }
}
