use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{Ipv4Net, Ipv6Net};
use riskgate_model::IpRange;

/// First and last address of a range, both included and of one family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bounds {
    /// IPv4.
    V4(Ipv4Addr, Ipv4Addr),
    /// IPv6.
    V6(Ipv6Addr, Ipv6Addr),
}

impl Bounds {
    /// The first address.
    pub(crate) fn first(self) -> IpAddr {
        match self {
            Self::V4(first, _) => first.into(),
            Self::V6(first, _) => first.into(),
        }
    }
}

/// Addresses a range covers, or what is wrong with its text. The type of the range decides the family.
pub(crate) fn bounds(range: &IpRange) -> Result<Bounds, &'static str> {
    match range {
        IpRange::V4Cidr { cidr_address } => {
            let net: Ipv4Net =
                cidr_address.parse().map_err(|_| "is not an IPv4 network such as 192.0.2.0/24")?;
            Ok(Bounds::V4(net.network(), net.broadcast()))
        }
        IpRange::V6Cidr { cidr_address } => {
            let net: Ipv6Net =
                cidr_address.parse().map_err(|_| "is not an IPv6 network such as 2001:db8::/48")?;
            Ok(Bounds::V6(net.network(), net.broadcast()))
        }
        IpRange::V4 { lower_address, upper_address } => {
            let parse = |text: &str| text.parse::<Ipv4Addr>().map_err(|_| "is not a pair of IPv4 addresses");
            Ok(Bounds::V4(parse(lower_address)?, parse(upper_address)?))
        }
        IpRange::V6 { lower_address, upper_address } => {
            let parse = |text: &str| text.parse::<Ipv6Addr>().map_err(|_| "is not a pair of IPv6 addresses");
            Ok(Bounds::V6(parse(lower_address)?, parse(upper_address)?))
        }
    }
}

/// A set of addresses that answers in logarithmic time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ranges {
    v4: Vec<(u32, u32)>,
    v6: Vec<(u128, u128)>,
}

impl Ranges {
    pub(crate) fn new(all: impl IntoIterator<Item = Bounds>) -> Self {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for bounds in all {
            match bounds {
                Bounds::V4(first, last) => v4.push((u32::from(first), u32::from(last))),
                Bounds::V6(first, last) => match (first.to_ipv4_mapped(), last.to_ipv4_mapped()) {
                    (Some(first), Some(last)) => v4.push((u32::from(first), u32::from(last))),
                    _ => v6.push((u128::from(first), u128::from(last))),
                },
            }
        }
        Self { v4: merged(v4), v6: merged(v6) }
    }

    /// Whether the address is in the set. An IPv4 address written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        match address.to_canonical() {
            IpAddr::V4(address) => covers(&self.v4, u32::from(address)),
            IpAddr::V6(address) => covers(&self.v6, u128::from(address)),
        }
    }
}

/// Sorts ranges by their beginning and joins those that overlap; reversed ones cover nothing and are left out.
fn merged<T: Ord + Copy>(mut ranges: Vec<(T, T)>) -> Vec<(T, T)> {
    ranges.retain(|(first, last)| first <= last);
    ranges.sort_unstable();
    let mut merged: Vec<(T, T)> = Vec::with_capacity(ranges.len());
    for (first, last) in ranges {
        match merged.last_mut() {
            Some((_, end)) if first <= *end => *end = (*end).max(last),
            _ => merged.push((first, last)),
        }
    }
    merged
}

fn covers<T: Ord + Copy>(ranges: &[(T, T)], address: T) -> bool {
    let after = ranges.partition_point(|(first, _)| *first <= address);
    let before = after.checked_sub(1).and_then(|index| ranges.get(index));
    before.is_some_and(|(_, last)| address <= *last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_set_answers_like_a_walk_over_all_ranges(
            ranges in prop::collection::vec((0u32..200, 0u32..200), 0..20),
            address in 0u32..220,
        ) {
            let set = Ranges::new(ranges.iter().map(|(a, b)| Bounds::V4((*a).into(), (*b).into())));
            let walked = ranges.iter().any(|(first, last)| (first..=last).contains(&&address));
            prop_assert_eq!(set.contains(IpAddr::V4(address.into())), walked);
            prop_assert_eq!(set.contains(IpAddr::V6(Ipv4Addr::from(address).to_ipv6_mapped())), walked);
        }
    }
}
