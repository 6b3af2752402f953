//! The world in which people and attackers sign in: countries and cities, the networks that serve them, addresses, and what
//! location databases and address lists say of an address, errors included.

mod geography;
mod networks;

use riskgate_model::AnonymizerKind;

pub use geography::{COUNTRIES, City, Country, HOMES, kilometres};
pub use networks::{
    BLOCKS, FIRST_HOSTING, FIRST_MOBILE, FIRST_VPN, FIXED, HOSTING, MOBILE, Network, NetworkKind, RELAY,
    SECURE_EDGE, VPN, network_of, version_4, version_6,
};

use crate::random::{mix, mix_unit};

/// Where a location database says a block is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Index of the country.
    pub country: usize,
    /// Index of the city in it.
    pub city: usize,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// The world of one seed.
#[derive(Debug)]
pub struct World {
    /// Every network.
    pub networks: Vec<Network>,
    seed: u64,
}

/// Blocks from which a mobile carrier lets the phones of a region out, whoever holds them.
pub const GATEWAY_BLOCKS: u32 = 40;
/// Blocks a private VPN has in a city, for everybody who pays.
pub const VPN_BLOCKS: u32 = 12;

/// Share of blocks that location databases put into a wrong country.
const WRONG_COUNTRY: f64 = 0.02;
/// Share of blocks of homes that location databases put into another city of the country.
const WRONG_CITY: f64 = 0.1;
/// Share of the blocks of VPN, hosting and secure-edge networks that the lists know.
const LISTED: f64 = 0.8;

impl World {
    /// The world of a seed.
    pub fn new(seed: u64) -> Self {
        Self { networks: networks::all(), seed }
    }

    /// Number of cities of a country.
    pub fn cities(country: usize) -> usize {
        COUNTRIES[country].cities.len()
    }

    /// A block of `network` that serves `city`, picked by `choice`.
    pub fn block(&self, network: usize, city: usize, choice: u64) -> u32 {
        let cities = u32::try_from(Self::cities(self.networks[network].country)).unwrap_or(1);
        let share = BLOCKS / cities;
        let within = u32::try_from(choice % u64::from(share)).unwrap_or(0);
        u32::try_from(city).unwrap_or(0) % cities * share + within
    }

    /// Where a location database says a block is. Homes are located with the errors of real databases; phones at the
    /// carrier's gateway, of which a country has at most two.
    pub fn place(&self, network: usize, block: u32) -> Place {
        let at = &self.networks[network];
        let key = [self.seed, 1, network as u64, u64::from(block) / 4];
        let mut country = at.country;
        let share = BLOCKS / u32::try_from(Self::cities(country)).unwrap_or(1);
        let mut city = (block / share) as usize;
        let errs = matches!(at.kind, NetworkKind::Fixed | NetworkKind::Mobile | NetworkKind::Vpn);
        let luck = mix_unit(&key);
        let other = mix(&[key[0], 2, key[2], key[3]]) as usize;
        if at.kind == NetworkKind::Mobile {
            city %= 2;
        }
        if errs && luck < WRONG_COUNTRY {
            country = other % COUNTRIES.len();
            city = other / 64;
        } else if at.kind == NetworkKind::Fixed && luck < WRONG_COUNTRY + WRONG_CITY {
            city = other;
        }
        city %= Self::cities(country);
        let City(_, latitude, longitude) = COUNTRIES[country].cities[city];
        // A tenth of a degree is some ten kilometres.
        let off = |salt| mix_unit(&[key[0], salt, key[2], key[3]]) * 0.3 - 0.15;
        Place { country, city, latitude: latitude + off(3), longitude: longitude + off(4) }
    }

    /// How far off a place may be, in kilometres, as location databases say.
    pub fn accuracy_radius(&self, network: usize) -> u32 {
        match self.networks[network].kind {
            NetworkKind::Fixed | NetworkKind::Hosting | NetworkKind::SecureEdge => 20,
            NetworkKind::Vpn | NetworkKind::Relay => 50,
            NetworkKind::Mobile => 100,
        }
    }

    /// What the address lists say of a block: they know most of those they should.
    pub fn listed(&self, network: usize, block: u32) -> Option<AnonymizerKind> {
        let kind = self.networks[network].kind;
        let known = kind == NetworkKind::Relay
            || mix_unit(&[self.seed, 5, network as u64, u64::from(block) / 4]) < LISTED;
        networks::listed_as(kind).filter(|_| known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_a_city_are_located_there_but_for_the_stated_errors() {
        let world = World::new(3);
        let (mut right, mut abroad, all) = (0, 0, 2_000);
        for choice in 0..all {
            let block = world.block(network_of(1, 0, choice as usize % FIXED), 2, mix(&[choice]));
            let place = world.place(network_of(1, 0, choice as usize % FIXED), block);
            right += u32::from(place.country == 1 && place.city == 2);
            abroad += u32::from(place.country != 1);
        }
        assert!((1_720..1_900).contains(&right), "{right}");
        assert!((15..75).contains(&abroad), "{abroad}");
    }

    #[test]
    fn addresses_of_networks_do_not_overlap() {
        let network_bits = |network: usize, block| match version_4(network, block, 7) {
            std::net::IpAddr::V4(address) => u32::from(address) >> 20,
            std::net::IpAddr::V6(_) => 0,
        };
        let last = World::new(1).networks.len() - 1;
        assert_eq!(network_bits(last, BLOCKS - 1), network_bits(last, 0));
        assert_eq!(network_bits(0, BLOCKS - 1) + 1, network_bits(1, 0));
        assert!(u32::try_from(last).unwrap() < 20 * 16 + 48);
    }
}
