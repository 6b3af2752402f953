use crate::agents::{DAY, Program};
use crate::event::{Attacker, Event, Label, Outcome, UNKNOWN_USERS};
use crate::population::{Person, Plan, START};
use crate::random::{Draw, mix};
use crate::world::{COUNTRIES, FIRST_HOSTING, FIXED, HOSTING, World, network_of, version_4};

use super::probes::{common, foreign};

/// Most users one campaign tries.
const TARGETS: usize = 2_000;

/// A campaign in the making.
pub(super) struct Campaign<'a> {
    pub(super) plan: &'a Plan,
    pub(super) world: &'a World,
    pub(super) people: &'a [Person],
    pub(super) number: u32,
    pub(super) attacker: Attacker,
    pub(super) starts: i64,
}

impl Campaign<'_> {
    /// Everything that is tried.
    pub(super) fn events(&self) -> Vec<Event> {
        let mut draw = Draw::new(self.plan.seed, 2_000_000_000 + u64::from(self.number));
        match self.attacker {
            Attacker::SpraySingle => self.spray(true, &mut draw),
            Attacker::SprayDistributed => self.spray(false, &mut draw),
            Attacker::Stuffing => self.stuffing(&mut draw),
            Attacker::BruteForce => self.brute_force(&mut draw),
            _ => self.poisoner(&mut draw),
        }
    }

    /// People who are there, in random order.
    fn targets(&self, draw: &mut Draw) -> Vec<u32> {
        let mut targets: Vec<u32> = self
            .people
            .iter()
            .filter(|person| person.joins < self.starts && self.starts < person.leaves)
            .map(|person| person.index)
            .collect();
        for index in (1..targets.len()).rev() {
            targets.swap(index, draw.index(index + 1));
        }
        targets.truncate(TARGETS);
        targets
    }

    /// One to three passwords, each on every target. Two in a hundred have chosen the first, and one at least.
    fn spray(&self, one_source: bool, draw: &mut Draw) -> Vec<Event> {
        let targets = self.targets(draw);
        let lucky = draw.index(targets.len().max(1));
        let (source, agent) = (self.server(draw), common(self.starts, draw));
        // One source hurries; many take some hours.
        let pause = if one_source { draw.between(1.0, 8.0) } else { draw.between(4.0, 30.0) };
        let mut at = self.starts as f64;
        let mut events = Vec::new();
        for round in 0..1 + draw.below(3) {
            let password = draw.bits();
            for (index, user) in targets.iter().enumerate() {
                at += draw.exponential(pause);
                let (network, block) = if one_source { source } else { self.home(draw) };
                let host = if one_source { 66 } else { 1 + draw.below(250) };
                let hit = round == 0 && (index == lucky || draw.chance(0.02));
                let mut event = self.event(*user, at as i64, (network, block, host));
                event.password = password;
                (event.program, event.release) =
                    if one_source || draw.chance(0.5) { agent } else { common(self.starts, draw) };
                event.outcome = if hit { Outcome::Success } else { Outcome::WrongPassword };
                events.push(event);
            }
            at += draw.between(0.5, 2.0) * DAY as f64;
        }
        events
    }

    /// Stolen pairs: seven of ten names are unknown here, one of a hundred and fifty known ones still fits.
    fn stuffing(&self, draw: &mut Draw) -> Vec<Event> {
        let targets = self.targets(draw);
        let agent = (Program::Tool, 1);
        let sources: Vec<(usize, u32)> = (0..40).map(|_| self.server(draw)).collect();
        let mut at = self.starts as f64;
        let mut events = Vec::new();
        for _ in 0..600.min(targets.len() * 4) {
            at += draw.exponential(3.0);
            let known = draw.chance(0.3);
            let user = if known { *draw.pick(&targets) } else { UNKNOWN_USERS + draw.below(1 << 30) };
            let (network, block) = *draw.pick(&sources);
            let mut event = self.event(user, at as i64, (network, block, 12));
            (event.program, event.release) = if draw.chance(0.5) { agent } else { common(self.starts, draw) };
            event.password = draw.bits();
            event.outcome = match known {
                true if draw.chance(1.0 / 150.0) => Outcome::Success,
                true => Outcome::WrongPassword,
                false => Outcome::UnknownUser,
            };
            events.push(event);
        }
        events
    }

    /// One user, a password every quarter of an hour for some days, from three addresses.
    fn brute_force(&self, draw: &mut Draw) -> Vec<Event> {
        let targets = self.targets(draw);
        let Some(user) = targets.first() else { return Vec::new() };
        let sources: Vec<(usize, u32)> = (0..3).map(|_| self.server(draw)).collect();
        let agent = common(self.starts, draw);
        let mut at = self.starts as f64;
        let mut events = Vec::new();
        for step in 0..300 {
            at += draw.exponential(900.0);
            let (network, block) = *draw.pick(&sources);
            let mut event = self.event(*user, at as i64, (network, block, 31));
            (event.program, event.release) = agent;
            event.password = draw.bits();
            event.outcome = if step == 299 { Outcome::Success } else { Outcome::WrongPassword };
            events.push(event);
        }
        events
    }

    /// Knows the password of one user and signs in from the same server once a day, sixty times, so that his ways may
    /// become the user's.
    fn poisoner(&self, draw: &mut Draw) -> Vec<Event> {
        let targets = self.targets(draw);
        let Some(user) = targets.first() else { return Vec::new() };
        let network = network_of(self.plan.country, FIRST_HOSTING, draw.index(HOSTING));
        let block = self.world.block(network, 0, draw.bits());
        let agent = common(self.starts, draw);
        (0..60)
            .map(|day| {
                let at = self.starts + day * DAY + i64::from(draw.below(8 * 3_600));
                let mut event = self.event(*user, at, (network, block, 41));
                (event.program, event.release) = agent;
                event
            })
            .collect()
    }

    fn server(&self, draw: &mut Draw) -> (usize, u32) {
        let country = foreign(self.plan.country, draw);
        let network = network_of(country, FIRST_HOSTING, draw.index(HOSTING));
        (network, self.world.block(network, 0, draw.bits()))
    }

    /// A home whose owner does not know that his router works for others; half of them in the country of the victims.
    fn home(&self, draw: &mut Draw) -> (usize, u32) {
        let near = draw.chance(0.5);
        let country = if near { self.plan.country } else { draw.index(COUNTRIES.len()) };
        let network = network_of(country, 0, draw.index(FIXED));
        (network, self.world.block(network, draw.index(World::cities(country)), draw.bits()))
    }

    /// A successful attempt; the password is the user's.
    fn event(&self, user: u32, at: i64, (network, block, host): (usize, u32, u32)) -> Event {
        Event {
            at: at.max(START),
            user,
            network: u16::try_from(network).unwrap_or(0),
            block: u16::try_from(block).unwrap_or(0),
            address: version_4(network, block, host),
            anonymizer: self.world.listed(network, block),
            program: Program::Tool,
            release: 0,
            application: 0,
            device_cookie: 0,
            outcome: Outcome::Success,
            label: Label::Attack(self.attacker),
            campaign: self.number,
            password: mix(&[self.plan.seed, 3, u64::from(user)]),
        }
    }
}
