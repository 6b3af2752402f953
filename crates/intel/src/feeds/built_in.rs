use std::sync::Arc;
use std::time::Duration;

use riskgate_core::Timestamp;

use super::decode::{Decoded, decode};
use super::file::hex_digest;
use super::tables::Loaded;
use super::{FeedFormat, FeedKind};

const DAY: Duration = Duration::from_secs(86_400);
const X4BNET: &str = "MIT, X4B (Mathew Heard), lists_vpn";
const TOR: &str = "Tor Project exit list";

/// 2026-08-22, the day of the X4BNet lists.
const VPN_DATE: Timestamp = Timestamp::from_seconds(1_787_356_800);

/// A source compiled into the binary; `data/README.md` says where it is from.
struct BuiltIn {
    name: &'static str,
    kind: FeedKind,
    format: FeedFormat,
    bytes: &'static [u8],
    as_of: Timestamp,
    max_age: Duration,
    licence: &'static str,
}

const SOURCES: &[BuiltIn] = &[
    BuiltIn {
        name: "tor-exits",
        kind: FeedKind::Tor,
        format: FeedFormat::TorBulkList,
        bytes: include_bytes!("../../data/tor-exits.txt"),
        as_of: Timestamp::from_seconds(1_788_069_415), // 2026-08-30T05:56:55Z
        max_age: DAY.saturating_mul(2),
        licence: TOR,
    },
    BuiltIn {
        name: "tor-exits-earlier",
        kind: FeedKind::Tor,
        format: FeedFormat::TorBulkList,
        bytes: include_bytes!("../../data/tor-exits-earlier.txt"),
        as_of: Timestamp::from_seconds(1_767_398_400), // 2026-01-03
        // A record of the past does not go stale; its entries expire a year after its date like all exits.
        max_age: super::tables::TOR_COUNTS_FOR,
        licence: TOR,
    },
    BuiltIn {
        name: "vpn-ipv4",
        kind: FeedKind::Vpn,
        format: FeedFormat::CidrList,
        bytes: include_bytes!("../../data/vpn-ipv4.txt"),
        as_of: VPN_DATE,
        max_age: DAY.saturating_mul(14),
        licence: X4BNET,
    },
    BuiltIn {
        name: "vpn-ipv6",
        kind: FeedKind::Vpn,
        format: FeedFormat::CidrList,
        bytes: include_bytes!("../../data/vpn-ipv6.txt"),
        as_of: VPN_DATE,
        max_age: DAY.saturating_mul(14),
        licence: X4BNET,
    },
    BuiltIn {
        name: "private-relay",
        kind: FeedKind::PrivateRelay,
        format: FeedFormat::CidrList,
        bytes: include_bytes!("../../data/private-relay-ipv4.txt"),
        as_of: VPN_DATE,
        max_age: DAY.saturating_mul(14),
        licence: X4BNET,
    },
    BuiltIn {
        name: "places",
        kind: FeedKind::Location,
        format: FeedFormat::PlacesCsv,
        bytes: include_bytes!("../../data/places.csv"),
        as_of: Timestamp::from_seconds(1_795_392_000), // 2026-11-23
        max_age: DAY.saturating_mul(365),
        licence: "Apache-2.0 OR MIT; a sample, not a location database",
    },
];

/// The built-in sources, read. One that cannot be read is left out; a test sees to it that there is none.
pub(super) fn load() -> Vec<Loaded> {
    SOURCES.iter().filter_map(BuiltIn::load).collect()
}

impl BuiltIn {
    fn load(&self) -> Option<Loaded> {
        let Decoded { content, listed, bad_lines, .. } =
            decode(self.kind, self.format, self.bytes.to_vec(), self.as_of).ok()?;
        Some(Loaded {
            name: self.name.into(),
            kind: self.kind,
            content: Arc::new(content),
            watched: Arc::default(),
            as_of: self.as_of,
            is_dated: true,
            max_age: self.max_age,
            digest: hex_digest(self.bytes).into(),
            from: "built in".into(),
            licence: self.licence.into(),
            rule: None,
            listed,
            bad_lines,
            is_built_in: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_source_is_read_without_a_bad_line() {
        let loaded = load();
        let seen: Vec<_> =
            loaded.iter().map(|source| (&*source.name, source.listed, source.as_of.to_string())).collect();
        assert_eq!(
            seen,
            [
                ("tor-exits", 1_430, "2026-08-30T05:56:55Z".to_owned()),
                ("tor-exits-earlier", 1, "2026-01-03T00:00:00Z".to_owned()),
                ("vpn-ipv4", 10_862, "2026-08-22T00:00:00Z".to_owned()),
                ("vpn-ipv6", 498, "2026-08-22T00:00:00Z".to_owned()),
                ("private-relay", 3_289, "2026-08-22T00:00:00Z".to_owned()),
                ("places", 8, "2026-11-23T00:00:00Z".to_owned()),
            ]
        );
        assert!(loaded.iter().all(|source| source.bad_lines == 0));
    }

    #[test]
    fn a_list_is_stale_when_it_is_older_than_its_limit_and_not_before() {
        let loaded = load();
        let stale_at = |name: &str, at: &str| {
            loaded.iter().find(|source| &*source.name == name).unwrap().is_stale(at.parse().unwrap())
        };
        assert!(!stale_at("tor-exits", "2026-09-01T05:56:55Z"));
        assert!(stale_at("tor-exits", "2026-09-01T05:56:56Z"));
        assert!(!stale_at("vpn-ipv4", "2026-09-05T00:00:00Z"));
        assert!(stale_at("vpn-ipv4", "2026-09-05T00:00:01Z"));
    }
}
