//! Exits that a newer Tor list no longer names still count for a year, so they are carried over from table to table and
//! kept in the cache directory.

use std::fmt::Write as _;

use riskgate_core::Timestamp;
use riskgate_model::{AnonymizerKind, ListKind};

use super::tables::{Content, Loaded, TOR_COUNTS_FOR};
use crate::PrefixTable;
use crate::parse::{Limits, ListEntry, parse_tor_exit_addresses, write_tor_date};

/// What lists of exits say.
const TOR: ListKind = ListKind::Anonymizer(AnonymizerKind::Tor);

/// Most earlier exits that are kept, the latest ones. There have been about 20,000 in a year.
const MAX_EARLIER: usize = 200_000;

/// The exits of a source with the moment each was last seen. Prefixes wider than one address are left out: no
/// list of exits has them.
pub(super) fn seen(loaded: &Loaded) -> Vec<ListEntry> {
    let Content::Prefixes(TOR, table) = loaded.content.as_ref() else { return Vec::new() };
    table
        .iter()
        .filter(|hit| hit.network.prefix_len() == hit.network.max_prefix_len())
        .map(|hit| ListEntry { network: hit.network, last_seen: Some(hit.last_seen.unwrap_or(loaded.as_of)) })
        .collect()
}

/// Adds earlier exits that the new content does not name and that have not expired.
pub(super) fn add_earlier(content: Content, mut earlier: Vec<ListEntry>, now: Timestamp) -> Content {
    let Content::Prefixes(TOR, table) = content else { return content };
    earlier.retain(|entry| {
        let is_fresh = entry.last_seen.is_some_and(|seen| now.since(seen) <= TOR_COUNTS_FOR);
        is_fresh && table.find(entry.network.addr()).is_none()
    });
    if earlier.len() > MAX_EARLIER {
        earlier.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.last_seen));
        earlier.truncate(MAX_EARLIER);
    }
    let current = table.iter().map(|hit| ListEntry { network: hit.network, last_seen: hit.last_seen });
    Content::Prefixes(TOR, PrefixTable::new(current.chain(earlier)))
}

/// The exits of a source as a file in the form of the Tor exit list.
pub(super) fn write(loaded: &Loaded) -> String {
    seen(loaded).iter().fold(String::new(), |mut text, entry| {
        let seen = entry.last_seen.unwrap_or(loaded.as_of);
        let _ = writeln!(text, "ExitAddress {} {}", entry.network.addr(), write_tor_date(seen));
        text
    })
}

/// Reads what [`write`] wrote.
pub(super) fn read(bytes: &[u8], now: Timestamp) -> Vec<ListEntry> {
    let parsed = parse_tor_exit_addresses(bytes, &Limits::default());
    let mut entries = parsed.map(|parsed| parsed.entries).unwrap_or_default();
    for entry in &mut entries {
        entry.last_seen = entry.last_seen.map(|seen| seen.min(now));
    }
    entries
}
