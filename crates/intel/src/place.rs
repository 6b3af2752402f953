use std::collections::HashMap;
use std::net::IpAddr;

use ipnet::IpNet;
use riskgate_model::SignInLocation;

/// Where the addresses of a prefix are.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The addresses.
    pub network: IpNet,
    /// Their place in Graph's form.
    pub location: SignInLocation,
}

/// A table of places; the longest prefix that contains an address wins.
#[derive(Debug, Default)]
pub struct PlaceTable {
    places: HashMap<IpNet, SignInLocation>,
    /// Prefix lengths that occur, longest first, per family.
    lengths_v4: Vec<u8>,
    lengths_v6: Vec<u8>,
}

impl PlaceTable {
    /// Builds the table; of two places for one prefix the later counts.
    pub fn new(places: Vec<Place>) -> Self {
        let places: HashMap<_, _> =
            places.into_iter().map(|place| (place.network.trunc(), place.location)).collect();
        let lengths = |v4: bool| {
            let of_family = places.keys().filter(|network| matches!(network, IpNet::V4(_)) == v4);
            let mut lengths: Vec<u8> = of_family.map(IpNet::prefix_len).collect();
            lengths.sort_unstable_by(|left, right| right.cmp(left));
            lengths.dedup();
            lengths
        };
        Self { lengths_v4: lengths(true), lengths_v6: lengths(false), places }
    }

    /// The place of an address.
    pub fn find(&self, address: IpAddr) -> Option<&SignInLocation> {
        let lengths = if address.is_ipv4() { &self.lengths_v4 } else { &self.lengths_v6 };
        lengths.iter().find_map(|length| self.places.get(&IpNet::new(address, *length).ok()?.trunc()))
    }

    /// Number of prefixes.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_wins_in_either_family() {
        let place = |network: &str, city: &str| Place {
            network: network.parse().unwrap(),
            location: SignInLocation { city: Some(city.to_owned()), ..SignInLocation::default() },
        };
        let table = PlaceTable::new(vec![
            place("178.17.0.0/16", "wide"),
            place("178.17.170.0/24", "narrow"),
            place("2001:db8::/32", "six"),
        ]);
        let city =
            |address: &str| table.find(address.parse().unwrap()).and_then(|found| found.city.as_deref());
        assert_eq!(city("178.17.170.23"), Some("narrow"));
        assert_eq!(city("178.17.171.23"), Some("wide"));
        assert_eq!(city("178.18.0.1"), None);
        assert_eq!(city("2001:db8::1"), Some("six"));
        assert_eq!(city("2001:db9::1"), None);
    }
}
