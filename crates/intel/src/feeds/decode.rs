use riskgate_core::Timestamp;
use riskgate_model::{AnonymizerKind, ListKind};

use super::tables::Content;
use super::{FeedFormat, FeedKind};
use crate::mmdb::{Database, DatabaseError, DatabaseKind, MAX_DATABASE_BYTES};
use crate::parse::{
    Limits, ListEntry, MAX_JSON_BYTES, ParseError, Parsed, parse_cidr_list, parse_firehol, parse_misp_event,
    parse_misp_warning_list, parse_onionoo, parse_places, parse_private_relay, parse_spamhaus_drop,
    parse_tor_bulk_list, parse_tor_exit_addresses,
};
use crate::{PlaceTable, PrefixTable};

/// A file that was accepted.
pub(super) struct Decoded {
    pub(super) content: Content,
    /// The newest date the content itself carries.
    pub(super) dated: Option<Timestamp>,
    pub(super) listed: usize,
    pub(super) bad_lines: usize,
}

/// Why the content of a feed is refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum DecodeError {
    #[error(transparent)]
    List(#[from] ParseError),
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error("the database tells {found:?}, and the feed is configured as {expected:?}")]
    OtherKind { found: DatabaseKind, expected: FeedKind },
}

/// Largest file of a format, in bytes.
pub(super) fn max_bytes(format: FeedFormat) -> usize {
    match format {
        FeedFormat::Mmdb => MAX_DATABASE_BYTES,
        FeedFormat::Onionoo | FeedFormat::MispEvent | FeedFormat::MispWarningList => MAX_JSON_BYTES,
        _ => Limits::default().max_bytes,
    }
}

/// Reads the content of a feed. Dates in the future are taken for `now`: nothing may claim to be fresh for ever.
pub(super) fn decode(
    kind: FeedKind,
    format: FeedFormat,
    bytes: Vec<u8>,
    now: Timestamp,
) -> Result<Decoded, DecodeError> {
    let limits = Limits::default();
    let parsed = match format {
        FeedFormat::TorBulkList => parse_tor_bulk_list(&bytes, &limits),
        FeedFormat::TorExitAddresses => parse_tor_exit_addresses(&bytes, &limits),
        FeedFormat::Onionoo => parse_onionoo(&bytes, &limits),
        FeedFormat::CidrList => parse_cidr_list(&bytes, &limits),
        FeedFormat::Firehol => parse_firehol(&bytes, &limits),
        FeedFormat::SpamhausDrop => parse_spamhaus_drop(&bytes, &limits),
        FeedFormat::MispEvent => parse_misp_event(&bytes, &limits),
        FeedFormat::MispWarningList => parse_misp_warning_list(&bytes, &limits),
        FeedFormat::PrivateRelayCsv => parse_private_relay(&bytes, &limits),
        FeedFormat::PlacesCsv => {
            let parsed = parse_places(&bytes, &limits)?;
            let (listed, bad_lines) = (parsed.entries.len(), parsed.bad_lines);
            let content = Content::Places(PlaceTable::new(parsed.entries));
            return Ok(Decoded { content, dated: None, listed, bad_lines });
        }
        FeedFormat::Mmdb => return database(kind, bytes, now),
    };
    Ok(list(kind, parsed?, now))
}

fn list(kind: FeedKind, mut parsed: Parsed<ListEntry>, now: Timestamp) -> Decoded {
    for entry in &mut parsed.entries {
        entry.last_seen = entry.last_seen.map(|seen| seen.min(now));
    }
    let newest = parsed.entries.iter().filter_map(|entry| entry.last_seen).max();
    let dated = parsed.dated.map(|dated| dated.min(now)).or(newest);
    let (listed, bad_lines) = (parsed.entries.len(), parsed.bad_lines);
    // `FeedFormat::allows` lets no list have the kind of a database; the weakest is the harmless answer.
    let says = kind.list_kind().unwrap_or(ListKind::Anonymizer(AnonymizerKind::Hosting));
    let content = Content::Prefixes(says, PrefixTable::new(parsed.entries));
    Decoded { content, dated, listed, bad_lines }
}

fn database(kind: FeedKind, bytes: Vec<u8>, now: Timestamp) -> Result<Decoded, DecodeError> {
    let database = Database::new(bytes)?;
    let is_expected = matches!(
        (database.kind(), kind),
        (DatabaseKind::Location, FeedKind::Location)
            | (DatabaseKind::NetworkOwner, FeedKind::NetworkOwner)
            | (DatabaseKind::AnonymousIp, FeedKind::AnonymousIp)
    );
    if !is_expected {
        return Err(DecodeError::OtherKind { found: database.kind(), expected: kind });
    }
    let dated = Some(database.built_at().min(now));
    Ok(Decoded { content: Content::Database(database), dated, listed: 0, bad_lines: 0 })
}
