use riskgate_model::AnonymizerKind;

use crate::agents::{DESKTOP, PHONE, Program};
use crate::event::{Attacker, Event, Label, Outcome};
use crate::population::{Person, Plan, START};
use crate::random::Draw;
use crate::world::{
    COUNTRIES, FIRST_HOSTING, FIRST_VPN, FIXED, HOSTING, NetworkKind, VPN, World, network_of, version_4,
};

/// What one attacker with the right password would try after `seen`, an attempt of the victim.
pub(super) fn probe(
    plan: &Plan,
    world: &World,
    person: &Person,
    seen: &Event,
    attacker: Attacker,
    draw: &mut Draw,
) -> Event {
    let scene = Scene { plan, world, person, seen };
    let (network, block) = scene.network(attacker, draw);
    let (program, release) = scene.agent(attacker, draw);
    let is_close =
        matches!(attacker, Attacker::VeryTargeted | Attacker::TokenReplay | Attacker::ReverseProxy);
    let delay = if is_close { 60 + draw.below(3_540) } else { 60 + draw.below(8 * 3_600) };
    let has_cookie = attacker == Attacker::TokenReplay && draw.chance(0.5);
    let listed = world.listed(network, block);
    let is_tor = attacker == Attacker::Naive
        && world.networks[network].kind == NetworkKind::Hosting
        && draw.chance(0.15);
    Event {
        at: seen.at + i64::from(delay),
        network: u16::try_from(network).unwrap_or(0),
        block: u16::try_from(block).unwrap_or(0),
        address: version_4(network, block, 1 + draw.below(250)),
        anonymizer: if is_tor { Some(AnonymizerKind::Tor) } else { listed },
        program,
        release,
        device_cookie: if has_cookie { seen.device_cookie } else { 0 },
        outcome: Outcome::Success,
        label: Label::Attack(attacker),
        ..*seen
    }
}

struct Scene<'a> {
    plan: &'a Plan,
    world: &'a World,
    person: &'a Person,
    seen: &'a Event,
}

impl Scene<'_> {
    fn network(&self, attacker: Attacker, draw: &mut Draw) -> (usize, u32) {
        match attacker {
            Attacker::Targeted => self.neighbour(false, draw),
            Attacker::VeryTargeted => self.neighbour(true, draw),
            Attacker::Vpn => self.at(self.plan.country, FIRST_VPN, VPN, draw),
            Attacker::TokenReplay => match draw.weighted(&[0.4, 0.25, 0.2, 0.15]) {
                0 => self.at(draw.index(COUNTRIES.len()), FIRST_HOSTING, HOSTING, draw),
                1 => self.at(self.plan.country, FIRST_VPN, VPN, draw),
                2 => self.at(self.plan.country, 0, FIXED, draw),
                _ => self.neighbour(false, draw),
            },
            Attacker::ReverseProxy => {
                let near = draw.chance(0.4);
                let country = if near { self.plan.country } else { draw.index(COUNTRIES.len()) };
                self.at(country, FIRST_HOSTING, HOSTING, draw)
            }
            _ => {
                let country = foreign(self.plan.country, draw);
                if draw.chance(0.8) {
                    self.at(country, FIRST_HOSTING, HOSTING, draw)
                } else {
                    self.at(country, 0, FIXED, draw)
                }
            }
        }
    }

    /// Somewhere in one of `count` networks of a country.
    fn at(&self, country: usize, first: usize, count: usize, draw: &mut Draw) -> (usize, u32) {
        let network = network_of(country, first, draw.index(count));
        (network, self.world.block(network, draw.index(World::cities(country)), draw.bits()))
    }

    /// In the provider of the victim's home (of his phone, if that is all he has), in his city or anywhere.
    fn neighbour(&self, same_city: bool, draw: &mut Draw) -> (usize, u32) {
        let network =
            if self.person.is_mobile_only { self.person.mobile_network } else { self.person.home_network };
        let city = if same_city { self.person.city } else { draw.index(World::cities(self.plan.country)) };
        (network, self.world.block(network, city, draw.bits()))
    }

    fn agent(&self, attacker: Attacker, draw: &mut Draw) -> (Program, u16) {
        let seen = (self.seen.program, self.seen.release);
        match attacker {
            Attacker::VeryTargeted | Attacker::ReverseProxy => seen,
            Attacker::TokenReplay if draw.chance(0.7) => seen,
            // The newest of the victim's kind.
            Attacker::Targeted => (seen.0, newest(seen.0, self.seen.at)),
            _ => common(self.seen.at, draw),
        }
    }
}

/// Any country but this one.
pub(super) fn foreign(home: usize, draw: &mut Draw) -> usize {
    (home + 1 + draw.index(COUNTRIES.len() - 1)) % COUNTRIES.len()
}

/// A common browser of that day.
pub(super) fn common(at: i64, draw: &mut Draw) -> (Program, u16) {
    let choices: Vec<(Program, f64)> = DESKTOP
        .iter()
        .copied()
        .chain(PHONE.iter().map(|(program, weight)| (*program, weight * 0.4)))
        .collect();
    let weights: Vec<f64> = choices.iter().map(|(_, weight)| *weight).collect();
    let program = choices[draw.weighted(&weights)].0;
    (program, newest(program, at))
}

fn newest(program: Program, at: i64) -> u16 {
    u16::try_from(((at - START) / program.cadence()).max(0)).unwrap_or(0)
}
