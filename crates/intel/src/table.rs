use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use riskgate_core::Timestamp;

use crate::parse::ListEntry;

/// The prefixes of one list, immutable, found by binary search: 5 bytes a prefix for IPv4, 17 for IPv6, and 16 more only
/// in lists whose entries carry dates. A prefix inside another one of the same list adds nothing and is left out, so
/// that no two kept prefixes overlap and the one search is enough.
#[derive(Debug, Default, Clone)]
pub struct PrefixTable {
    v4: Family<u32>,
    v6: Family<u128>,
}

/// What a list says about an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrefixHit {
    /// The entry that contains it.
    pub network: IpNet,
    /// When that entry was last seen, if the list has dates.
    pub last_seen: Option<Timestamp>,
}

impl PrefixTable {
    /// Builds the table. Of equal entries the one seen last counts.
    pub fn new(entries: impl IntoIterator<Item = ListEntry>) -> Self {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for entry in entries {
            match entry.network {
                IpNet::V4(network) => {
                    v4.push((u32::from(network.network()), network.prefix_len(), entry.last_seen));
                }
                IpNet::V6(network) => {
                    v6.push((u128::from(network.network()), network.prefix_len(), entry.last_seen));
                }
            }
        }
        Self { v4: Family::new(v4), v6: Family::new(v6) }
    }

    /// The entry that contains an address; IPv4-mapped IPv6 counts as IPv4.
    pub fn find(&self, address: IpAddr) -> Option<PrefixHit> {
        match address.to_canonical() {
            IpAddr::V4(address) => self.v4.find(address.into()).map(|index| self.v4.hit(index)),
            IpAddr::V6(address) => self.v6.find(address.into()).map(|index| self.v6.hit(index)),
        }
    }

    /// Every kept entry, IPv4 first, in address order.
    pub fn iter(&self) -> impl Iterator<Item = PrefixHit> {
        let v4 = (0..self.v4.starts.len()).map(|index| self.v4.hit(index));
        v4.chain((0..self.v6.starts.len()).map(|index| self.v6.hit(index)))
    }

    /// Number of kept entries.
    pub fn len(&self) -> usize {
        self.v4.starts.len() + self.v6.starts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// An address as a number.
trait Bits: Copy + Ord {
    /// The first address of the prefix of this length that contains this one.
    fn masked(self, length: u8) -> Self;
    /// The prefix that starts here.
    fn network(self, length: u8) -> IpNet;
}

impl Bits for u32 {
    fn masked(self, length: u8) -> Self {
        self & u32::MAX.checked_shl(32 - u32::from(length.min(32))).unwrap_or(0)
    }

    fn network(self, length: u8) -> IpNet {
        IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::from(self), length.min(32)))
    }
}

impl Bits for u128 {
    fn masked(self, length: u8) -> Self {
        self & u128::MAX.checked_shl(128 - u32::from(length.min(128))).unwrap_or(0)
    }

    fn network(self, length: u8) -> IpNet {
        IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::from(self), length.min(128)))
    }
}

/// Prefixes of one address family in parallel arrays, sorted by start.
#[derive(Debug, Clone)]
struct Family<B> {
    starts: Vec<B>,
    lengths: Vec<u8>,
    /// Empty when no entry has a date.
    last_seen: Vec<Option<Timestamp>>,
}

impl<B> Default for Family<B> {
    fn default() -> Self {
        Self { starts: Vec::new(), lengths: Vec::new(), last_seen: Vec::new() }
    }
}

impl<B: Bits> Family<B> {
    fn new(mut entries: Vec<(B, u8, Option<Timestamp>)>) -> Self {
        entries.sort_unstable();
        let mut kept: Vec<(B, u8, Option<Timestamp>)> = Vec::with_capacity(entries.len());
        for (start, length, last_seen) in entries {
            match kept.last_mut() {
                Some((outer, outer_length, outer_seen)) if start.masked(*outer_length) == *outer => {
                    if length == *outer_length {
                        *outer_seen = (*outer_seen).max(last_seen);
                    }
                }
                _ => kept.push((start, length, last_seen)),
            }
        }
        let dated = kept.iter().any(|(_, _, last_seen)| last_seen.is_some());
        Self {
            starts: kept.iter().map(|(start, _, _)| *start).collect(),
            lengths: kept.iter().map(|(_, length, _)| *length).collect(),
            last_seen: if dated { kept.iter().map(|(_, _, seen)| *seen).collect() } else { Vec::new() },
        }
    }

    /// Index of the entry that contains an address: only the last one that starts at or before it can.
    fn find(&self, address: B) -> Option<usize> {
        let index = self.starts.partition_point(|start| *start <= address).checked_sub(1)?;
        (address.masked(self.lengths[index]) == self.starts[index]).then_some(index)
    }

    fn hit(&self, index: usize) -> PrefixHit {
        PrefixHit {
            network: self.starts[index].network(self.lengths[index]),
            last_seen: self.last_seen.get(index).copied().flatten(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(text: &str, seen: Option<i64>) -> ListEntry {
        ListEntry { network: text.parse().unwrap(), last_seen: seen.map(Timestamp::from_seconds) }
    }

    fn found(table: &PrefixTable, address: &str) -> Option<String> {
        table.find(address.parse().unwrap()).map(|hit| hit.network.to_string())
    }

    #[test]
    fn the_edges_of_a_prefix_are_inside_and_their_neighbours_outside() {
        let table = PrefixTable::new([entry("10.1.2.0/23", None), entry("2001:db8:1::/48", None)]);
        assert_eq!(found(&table, "10.1.2.0"), Some("10.1.2.0/23".to_owned()));
        assert_eq!(found(&table, "10.1.3.255"), Some("10.1.2.0/23".to_owned()));
        assert_eq!(found(&table, "10.1.1.255"), None);
        assert_eq!(found(&table, "10.1.4.0"), None);
        assert_eq!(found(&table, "::ffff:10.1.3.255"), Some("10.1.2.0/23".to_owned()));
        assert_eq!(found(&table, "2001:db8:1:ffff:ffff:ffff:ffff:ffff"), Some("2001:db8:1::/48".to_owned()));
        assert_eq!(found(&table, "2001:db8:2::"), None);
    }

    #[test]
    fn an_inner_prefix_does_not_hide_the_rest_of_the_outer_one() {
        let table = PrefixTable::new([
            entry("10.1.1.0/24", None),
            entry("10.1.0.0/16", None),
            entry("10.1.0.0/24", None),
        ]);
        assert_eq!(table.len(), 1);
        assert_eq!(found(&table, "10.1.200.1"), Some("10.1.0.0/16".to_owned()));
    }

    #[test]
    fn of_equal_entries_the_one_seen_last_counts() {
        let table = PrefixTable::new([
            entry("1.2.3.4/32", Some(10)),
            entry("1.2.3.4/32", Some(30)),
            entry("1.2.3.4/32", None),
        ]);
        assert_eq!(
            table.find("1.2.3.4".parse().unwrap()).unwrap().last_seen,
            Some(Timestamp::from_seconds(30))
        );
        assert_eq!(table.iter().count(), 1);
    }

    #[test]
    fn an_empty_table_and_the_last_address_do_no_harm() {
        assert!(PrefixTable::default().find("255.255.255.255".parse().unwrap()).is_none());
        let table = PrefixTable::new([entry("255.255.255.255/32", None), entry("0.0.0.0/8", None)]);
        assert_eq!(found(&table, "255.255.255.255"), Some("255.255.255.255/32".to_owned()));
        assert_eq!(found(&table, "0.0.0.0"), Some("0.0.0.0/8".to_owned()));
    }

    /// Prefixes and addresses crowded into a small space, so that they nest and touch.
    fn network() -> impl Strategy<Value = IpNet> {
        let v4 = (0u32..4096, 20u8..=32)
            .prop_map(|(low, length)| (0x0A00_0000 | low).masked(length).network(length));
        let v6 = (0u128..4096, 116u8..=128)
            .prop_map(|(low, length)| (0x2001_0db8_u128 << 96 | low).masked(length).network(length));
        prop_oneof![v4, v6]
    }

    fn address() -> impl Strategy<Value = IpAddr> {
        prop_oneof![
            (0u32..5000).prop_map(|low| IpAddr::V4((0x09FF_FF00 + low).into())),
            (0u128..5000).prop_map(|low| IpAddr::V6(((0x2001_0db8_u128 << 96) - 256 + low).into())),
        ]
    }

    proptest! {
        #[test]
        fn a_linear_scan_finds_the_same(
            networks in proptest::collection::vec((network(), proptest::option::of(0i64..5)), 0..60),
            addresses in proptest::collection::vec(address(), 1..40),
        ) {
            let entries: Vec<_> = networks
                .iter()
                .map(|(network, seen)| ListEntry { network: *network, last_seen: seen.map(Timestamp::from_seconds) })
                .collect();
            let table = PrefixTable::new(entries.iter().copied());
            for address in addresses {
                let widest = entries
                    .iter()
                    .filter(|entry| entry.network.contains(&address))
                    .min_by_key(|entry| (entry.network.prefix_len(), std::cmp::Reverse(entry.last_seen)));
                let expected = widest.map(|entry| (entry.network, entry.last_seen));
                prop_assert_eq!(table.find(address).map(|hit| (hit.network, hit.last_seen)), expected);
            }
        }
    }
}
