use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use riskgate_model::AnonymizerKind;

use crate::random::Draw;

use super::COUNTRIES;

/// What a network is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NetworkKind {
    /// Homes, and hotels.
    Fixed,
    /// Phones behind the carrier's address translation.
    Mobile,
    /// Servers.
    Hosting,
    /// A commercial virtual private network.
    Vpn,
    /// A device maker's relay.
    Relay,
    /// A security provider through which companies send their traffic.
    SecureEdge,
}

/// A network: the part of an autonomous system that serves one country.
#[derive(Debug)]
pub struct Network {
    /// Number of the autonomous system.
    pub number: u32,
    /// Its name.
    pub organization: String,
    /// Index of the country.
    pub country: usize,
    /// What it is for.
    pub kind: NetworkKind,
    /// Whether it also gives addresses of version 6.
    pub has_ipv6: bool,
}

/// Fixed networks of each country.
pub const FIXED: usize = 4;
/// Mobile networks of each country.
pub const MOBILE: usize = 2;
/// Hosting networks of each country.
pub const HOSTING: usize = 2;
/// Providers of virtual private networks, each with egress in every country.
pub const VPN: usize = 4;
/// Networks of a country in all.
pub(super) const PER_COUNTRY: usize = FIXED + MOBILE + HOSTING + VPN + 2;

/// Blocks of 256 addresses of a network.
pub const BLOCKS: u32 = 4_096;

/// All networks; those of country `c` stand at `c * PER_COUNTRY`, in the order of the constants above, then the relay
/// and the secure edge.
pub(super) fn all() -> Vec<Network> {
    let mut networks = Vec::new();
    for (country, at) in COUNTRIES.iter().enumerate() {
        let base = u32::try_from(country).unwrap_or(0) * 100 + 20_000;
        let mut add = |number: u32, organization: String, kind, has_ipv6| {
            networks.push(Network { number, organization, country, kind, has_ipv6 });
        };
        for (step, number) in (base..).take(FIXED).enumerate() {
            add(number, format!("{} Broadband {}", at.code, step + 1), NetworkKind::Fixed, step % 2 == 0);
        }
        for (step, number) in (base + 20..).take(MOBILE).enumerate() {
            add(number, format!("{} Mobile {}", at.code, step + 1), NetworkKind::Mobile, step == 0);
        }
        for (step, number) in (base + 40..).take(HOSTING).enumerate() {
            add(number, format!("{} Hosting {}", at.code, step + 1), NetworkKind::Hosting, false);
        }
        for (step, number) in (60_000..).take(VPN).enumerate() {
            add(number, format!("Private Network {}", step + 1), NetworkKind::Vpn, false);
        }
        add(61_000, "Device Maker Relay".to_owned(), NetworkKind::Relay, false);
        add(62_000, "Secure Edge".to_owned(), NetworkKind::SecureEdge, false);
    }
    networks
}

/// Index of a network of a country: the `nth` of those that begin at `first` (one of the sums of the constants above).
pub fn network_of(country: usize, first: usize, nth: usize) -> usize {
    country * PER_COUNTRY + first + nth
}

/// Where mobile, hosting, VPN networks, the relay and the secure edge of a country begin.
pub const FIRST_MOBILE: usize = FIXED;
/// See [`FIRST_MOBILE`].
pub const FIRST_HOSTING: usize = FIRST_MOBILE + MOBILE;
/// See [`FIRST_MOBILE`].
pub const FIRST_VPN: usize = FIRST_HOSTING + HOSTING;
/// See [`FIRST_MOBILE`].
pub const RELAY: usize = FIRST_VPN + VPN;
/// See [`FIRST_MOBILE`].
pub const SECURE_EDGE: usize = RELAY + 1;

/// The address `host` of a block.
pub fn version_4(network: usize, block: u32, host: u32) -> IpAddr {
    let network = u32::try_from(network).unwrap_or(0);
    IpAddr::V4(Ipv4Addr::from((11 << 24) + (network << 20) + ((block % BLOCKS) << 8) + host % 256))
}

/// An address of a home's /64, with the random end that privacy extensions give.
pub fn version_6(network: usize, block: u32, home: u32, draw: &mut Draw) -> IpAddr {
    let network = u128::try_from(network).unwrap_or(0);
    let prefix = (0x2a10_u128 << 112) | (network << 96) | (u128::from(block % BLOCKS) << 80);
    IpAddr::V6(Ipv6Addr::from(prefix | (u128::from(home % 65_536) << 64) | u128::from(draw.bits())))
}

/// What address lists say of a network of this kind, when they know the address.
pub(super) fn listed_as(kind: NetworkKind) -> Option<AnonymizerKind> {
    match kind {
        NetworkKind::Hosting | NetworkKind::SecureEdge => Some(AnonymizerKind::Hosting),
        NetworkKind::Vpn => Some(AnonymizerKind::Vpn),
        NetworkKind::Relay => Some(AnonymizerKind::PrivateRelay),
        NetworkKind::Fixed | NetworkKind::Mobile => None,
    }
}
