use crate::agents::DAY;
use crate::random::Draw;
use crate::world::{FIXED, HOMES, SECURE_EDGE, World, network_of};

/// Monday, 2025-01-06T00:00:00Z: where every simulation begins.
pub const START: i64 = 1_736_121_600;

/// An organisation and what happens to it.
#[derive(Debug)]
pub struct Plan {
    /// Seed of everything.
    pub seed: u64,
    /// Number of people over the whole time.
    pub people: u32,
    /// Days that are simulated.
    pub days: i64,
    /// Index of the country it is at home in.
    pub country: usize,
    /// Its offices.
    pub offices: Vec<Office>,
    /// Share of people who work in an office.
    pub office_share: f64,
    /// Share of people with a private VPN.
    pub vpn_share: f64,
    /// Share of people whose Apple devices use the relay.
    pub relay_share: f64,
    /// When the traffic of all offices moves to the secure edge overnight.
    pub migration: i64,
    /// The provider that moves its customers' homes to other addresses.
    pub renumbered: usize,
    /// The provider it merges into; addresses are those of its network.
    pub renumbered_to: usize,
    /// When that happens.
    pub renumbering: i64,
    /// Probability that a person leaves in a day.
    pub leaving: f64,
}

/// An office: network, block and city.
#[derive(Debug, Clone, Copy)]
pub struct Office {
    /// Index of the network.
    pub network: usize,
    /// Its block.
    pub block: u32,
    /// Index of the city.
    pub city: usize,
}

impl Plan {
    /// The organisation of a seed.
    pub fn new(seed: u64, people: u32, days: i64) -> Self {
        let mut draw = Draw::new(seed, 0);
        let world = World::new(seed);
        let country = draw.index(HOMES);
        let offices = (0..1 + people.min(2_000) / 700)
            .map(|_| {
                let city = draw.index(World::cities(country));
                let network = network_of(country, 0, draw.index(FIXED));
                Office { network, block: world.block(network, city, draw.bits()), city }
            })
            .collect();
        let renumbered = draw.index(FIXED);
        let span =
            |draw: &mut Draw| (f64::from(u32::try_from(days).unwrap_or(0)) * draw.between(0.55, 0.9)) as i64;
        Self {
            seed,
            people,
            days,
            country,
            offices,
            office_share: draw.between(0.3, 1.0),
            vpn_share: draw.between(0.10, 0.25),
            relay_share: draw.between(0.05, 0.15),
            migration: START + span(&mut draw) * DAY + DAY / 8,
            renumbered: network_of(country, 0, renumbered),
            renumbered_to: network_of(country, 0, (renumbered + 1) % FIXED),
            renumbering: START + span(&mut draw) * DAY + DAY / 9,
            leaving: draw.between(0.01, 0.02) / 30.0,
        }
    }

    /// Where the simulation ends.
    pub fn end(&self) -> i64 {
        START + self.days * DAY
    }

    /// Where its first half ends: thresholds are set on what was before.
    pub fn half(&self) -> i64 {
        START + self.days * DAY / 2
    }

    /// The network of an office at a moment.
    pub fn office_network(&self, office: Office, at: i64) -> usize {
        if at >= self.migration { network_of(self.country, SECURE_EDGE, 0) } else { office.network }
    }
}
