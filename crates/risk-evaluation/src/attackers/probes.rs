use riskgate_model::AnonymizerKind;

use crate::agents::{DESKTOP, PHONE, Program};
use crate::event::{Attacker, Event, Label, Outcome};
use crate::population::{Person, Plan, START};
use crate::random::Draw;
use crate::world::{
    COUNTRIES, FIRST_HOSTING, FIRST_VPN, FIXED, GATEWAY_BLOCKS, HOSTING, NetworkKind, VPN, VPN_BLOCKS, World,
    network_of, version_4,
};

/// A person and two of his sign-ins, between which somebody else tries.
pub(super) struct Victim<'a> {
    pub(super) person: &'a Person,
    pub(super) last: &'a Event,
    pub(super) next: &'a Event,
}

/// What one attacker with the right password would try in the pause.
pub(super) fn probe(
    plan: &Plan,
    world: &World,
    victim: &Victim<'_>,
    attacker: Attacker,
    draw: &mut Draw,
) -> Event {
    let scene = Scene { plan, world, victim };
    let (network, block) = scene.network(attacker, draw);
    let (program, release) = scene.agent(attacker, draw);
    let has_cookie = attacker == Attacker::TokenReplay && draw.chance(0.5);
    let listed = world.listed(network, block);
    let is_tor = attacker == Attacker::Naive
        && world.networks[network].kind == NetworkKind::Hosting
        && draw.chance(0.15);
    Event {
        at: scene.moment(attacker, draw),
        network: u16::try_from(network).unwrap_or(0),
        block: u16::try_from(block).unwrap_or(0),
        address: version_4(network, block, 1 + draw.below(250)),
        anonymizer: if is_tor { Some(AnonymizerKind::Tor) } else { listed },
        program,
        release,
        device_cookie: if has_cookie { victim.last.device_cookie } else { 0 },
        outcome: Outcome::Success,
        label: Label::Attack(attacker),
        ..*victim.next
    }
}

struct Scene<'a> {
    plan: &'a Plan,
    world: &'a World,
    victim: &'a Victim<'a>,
}

impl Scene<'_> {
    /// Who knows the victim's hours comes when he would, who stands between at that very moment; others at any time. So
    /// no attempt is given away by how soon after the last sign-in it comes.
    fn moment(&self, attacker: Attacker, draw: &mut Draw) -> i64 {
        let (last, next) = (self.victim.last.at, self.victim.next.at);
        match attacker {
            Attacker::VeryTargeted | Attacker::ReverseProxy => next - 1,
            _ => last + ((next - last) as f64 * draw.unit()) as i64,
        }
    }

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
        let is_vpn = self.world.networks[network].kind == NetworkKind::Vpn;
        let choice = if is_vpn { u64::from(draw.below(VPN_BLOCKS)) } else { draw.bits() };
        (network, self.world.block(network, draw.index(World::cities(country)), choice))
    }

    /// In the provider of the victim's home, in his city or anywhere; behind the same gateways as his phone, if that is
    /// all he has.
    fn neighbour(&self, same_city: bool, draw: &mut Draw) -> (usize, u32) {
        let person = self.victim.person;
        let city = if same_city { person.city } else { draw.index(World::cities(self.plan.country)) };
        if person.is_mobile_only {
            let choice = u64::from(draw.below(GATEWAY_BLOCKS));
            return (person.mobile_network, self.world.block(person.mobile_network, city % 2, choice));
        }
        (person.home_network, self.world.block(person.home_network, city, draw.bits()))
    }

    fn agent(&self, attacker: Attacker, draw: &mut Draw) -> (Program, u16) {
        let (last, next) = (self.victim.last, self.victim.next);
        match attacker {
            Attacker::ReverseProxy => (next.program, next.release),
            Attacker::VeryTargeted => (last.program, last.release),
            Attacker::TokenReplay if draw.chance(0.7) => (last.program, last.release),
            // The newest of the victim's kind.
            Attacker::Targeted => (last.program, newest(last.program, next.at)),
            _ => common(next.at, draw),
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
