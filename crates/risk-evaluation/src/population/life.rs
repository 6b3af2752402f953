use crate::agents::DAY;
use crate::event::{Event, Label, Outcome};
use crate::random::{Draw, mix, mix_unit};
use crate::world::{
    FIXED, GATEWAY_BLOCKS, NetworkKind, RELAY, VPN_BLOCKS, World, network_of, version_4, version_6,
};

use super::person::{Device, Person};
use super::plan::{Plan, START};
use super::trips::Trip;

/// Where and with what a sign-in happens.
#[derive(Debug, Clone, Copy)]
struct Circumstances {
    /// Index of the network.
    network: usize,
    /// Its block.
    block: u32,
    /// The address.
    address: std::net::IpAddr,
    /// Index of the device.
    device: usize,
}

/// Everything a person does, in order.
pub(super) fn of(plan: &Plan, world: &World, person: &Person) -> Vec<Event> {
    let mut draw = Draw::new(plan.seed, 1_000_000 + u64::from(person.index));
    let mut life =
        Life { plan, world, person, cookies: vec![0; person.devices.len()], given: 0, events: Vec::new() };
    let mut day = (person.joins - START) / DAY;
    while START + day * DAY < person.leaves {
        for at in life.moments(day, &mut draw) {
            life.sign_in(at, &mut draw);
        }
        day += 1;
    }
    if mix_unit(&[plan.seed, 77, u64::from(person.index)]) < 0.01 {
        life.storm(&mut draw);
    }
    life.events
}

struct Life<'a> {
    plan: &'a Plan,
    world: &'a World,
    person: &'a Person,
    /// Device cookie of each device; 0 is none yet.
    cookies: Vec<u32>,
    /// Cookies given so far.
    given: u32,
    events: Vec<Event>,
}

impl Life<'_> {
    /// When he signs in on a day.
    fn moments(&self, day: i64, draw: &mut Draw) -> Vec<i64> {
        let is_weekend = day % 7 >= 5;
        let slow = if is_weekend && !self.person.is_service { 0.35 } else { 1.0 };
        let count = draw.poisson(self.person.rate * slow);
        let midnight = START + day * DAY;
        let offset = Person::local(self.plan, midnight) - midnight;
        let mut moments: Vec<i64> = (0..count)
            .map(|_| {
                let usual = draw.chance(0.85) && !self.person.is_service;
                let hour = if usual { draw.normal(self.person.hour, 2.3) } else { draw.between(0.0, 24.0) };
                midnight + (hour.clamp(0.0, 23.9) * 3_600.0) as i64 - offset
            })
            .filter(|at| (self.person.joins..self.person.leaves).contains(at))
            .collect();
        moments.sort_unstable();
        moments
    }

    /// One sign-in with the mistakes before it; nothing happens on the way.
    fn sign_in(&mut self, at: i64, draw: &mut Draw) {
        let trip = self.person.trips.iter().find(|trip| trip.leaves <= at && at < trip.is_back);
        if trip.is_some_and(|trip| at < trip.arrives || trip.returns <= at) {
            return;
        }
        let how = self.circumstances(at, trip, draw);
        let mistakes = if draw.chance(self.person.typo) { 1 + u32::from(draw.chance(0.25)) } else { 0 };
        for left in (1..=mistakes).rev() {
            let mut event = self.event(at - i64::from(left) * 17, how, draw);
            event.outcome = Outcome::WrongPassword;
            event.password = draw.bits();
            self.events.push(event);
        }
        if mistakes > 0 && draw.chance(0.1) {
            return;
        }
        let event = self.event(at, how, draw);
        self.events.push(event);
        if !self.person.is_service {
            self.remember(how.device, draw);
        }
    }

    /// The device has a cookie from now on, unless it does not keep any.
    fn remember(&mut self, device: usize, draw: &mut Draw) {
        let forgets = self.person.clears_cookies || draw.chance(0.01);
        if forgets {
            self.cookies[device] = 0;
        } else if self.cookies[device] == 0 {
            self.given += 1;
            self.cookies[device] = (self.person.index + 1) * 256 + self.given % 256;
        }
    }

    /// A device with an old saved password tries it again and again for a day.
    fn storm(&mut self, draw: &mut Draw) {
        let Some(first) = self.events.get(self.events.len() / 2).copied() else { return };
        let password = draw.bits();
        for step in 1..180 {
            let at = first.at + step * 480 + i64::from(draw.below(60));
            self.events.push(Event { at, outcome: Outcome::WrongPassword, password, ..first });
        }
    }

    fn circumstances(&self, at: i64, trip: Option<&Trip>, draw: &mut Draw) -> Circumstances {
        let person = self.person;
        let local = Person::local(self.plan, at);
        let is_work = (local / DAY - START / DAY) % 7 < 5 && (7..19).contains(&(local % DAY / 3_600));
        let in_office =
            trip.is_none() && is_work && person.office.is_some_and(|(_, share)| draw.chance(share));
        let on_foot = !in_office && !person.is_service && (person.is_mobile_only || draw.chance(0.2));
        let device = person.device(at, on_foot, draw);
        let here = match trip {
            Some(trip) => self.away(trip, draw),
            None if person.is_service => self.server(),
            None if in_office => self.office(at, draw),
            None if on_foot => self.mobile(person.mobile_network, person.city, draw),
            None => self.home(at, device, draw),
        };
        let (network, block, address) = self.hidden(here, person.devices[device].program.is_safari(), draw);
        Circumstances { network, block, address, device }
    }

    /// A program signs in from one server.
    fn server(&self) -> (usize, u32, std::net::IpAddr) {
        let network = network_of(self.plan.country, crate::world::FIRST_HOSTING, 0);
        let block = self.world.block(network, 0, self.person.home_pool);
        (network, block, version_4(network, block, 9))
    }

    fn office(&self, at: i64, draw: &mut Draw) -> (usize, u32, std::net::IpAddr) {
        let Some((office, _)) = self.person.office else { return self.server() };
        let network = self.plan.office_network(office, at);
        let block =
            if network == office.network { office.block } else { self.world.block(network, office.city, 5) };
        (network, block, version_4(network, block, 20 + draw.below(3)))
    }

    fn home(&self, at: i64, device: usize, draw: &mut Draw) -> (usize, u32, std::net::IpAddr) {
        let person = self.person;
        // After the migration most traffic of work computers takes the way of the office.
        if at >= self.plan.migration && device == 0 && person.office.is_some() && draw.chance(0.6) {
            return self.office(at, draw);
        }
        let moved = person.home_network == self.plan.renumbered && at >= self.plan.renumbering;
        let network = if moved { self.plan.renumbered_to } else { person.home_network };
        let lease = person.leases.partition_point(|change| *change <= at) as u64;
        // A home gets its addresses from sixteen blocks.
        let pool = person.home_pool / 16 * 16 + u64::from(moved) * 160;
        if person.has_ipv6 && draw.chance(0.6) {
            let home = u32::try_from(mix(&[person.home_pool, lease / 6]) % 65_536).unwrap_or(0);
            let block = self.world.block(network, person.city, pool);
            return (network, block, version_6(network, block, home, draw));
        }
        let luck = mix(&[person.home_pool, lease, 9]);
        let block = self.world.block(network, person.city, pool + luck % 16);
        (network, block, version_4(network, block, 1 + u32::try_from(luck / 16 % 250).unwrap_or(0)))
    }

    /// Behind the carrier's address translation every sign-in has another address.
    fn mobile(&self, network: usize, city: usize, draw: &mut Draw) -> (usize, u32, std::net::IpAddr) {
        let block = self.world.block(network, city % 2, u64::from(draw.below(GATEWAY_BLOCKS)));
        if self.world.networks[network].has_ipv6 && draw.chance(0.5) {
            return (network, block, version_6(network, block, draw.below(65_536), draw));
        }
        (network, block, version_4(network, block, 1 + draw.below(250)))
    }

    /// On a journey: the phone's own carrier, a local card, or the network of the hotel.
    fn away(&self, trip: &Trip, draw: &mut Draw) -> (usize, u32, std::net::IpAddr) {
        if draw.chance(0.45) {
            let (network, city) = if trip.is_home_routed {
                (self.person.mobile_network, self.person.city)
            } else {
                (network_of(trip.country, crate::world::FIRST_MOBILE, 0), trip.city)
            };
            return self.mobile(network, city, draw);
        }
        let luck = mix(&[self.person.home_pool, trip.leaves.unsigned_abs()]);
        let network = network_of(trip.country, 0, usize::try_from(luck % FIXED as u64).unwrap_or(0));
        let block = self.world.block(network, trip.city, luck / 8);
        (network, block, version_4(network, block, 77))
    }

    /// What is seen instead when a private VPN or the relay is used.
    fn hidden(
        &self,
        here: (usize, u32, std::net::IpAddr),
        is_safari: bool,
        draw: &mut Draw,
    ) -> (usize, u32, std::net::IpAddr) {
        let is_private = matches!(self.world.networks[here.0].kind, NetworkKind::Fixed | NetworkKind::Mobile);
        if let Some((first, mut country, mut city, share)) = self.person.vpn
            && is_private
            && draw.chance(share)
        {
            if draw.chance(0.25) {
                country = if draw.chance(0.6) {
                    self.plan.country
                } else {
                    draw.index(crate::world::COUNTRIES.len())
                };
                city = draw.index(World::cities(country));
            }
            let network = network_of(country, first, 0);
            let block = self.world.block(network, city, u64::from(draw.below(VPN_BLOCKS)));
            return (network, block, version_4(network, block, 1 + draw.below(250)));
        }
        let is_office = self.person.office.is_some_and(|(office, _)| office.block == here.1);
        if self.person.uses_relay && is_safari && is_private && !is_office {
            let network = network_of(self.world.networks[here.0].country, RELAY, 0);
            let city = self.world.place(here.0, here.1).city;
            let block = self.world.block(network, city, u64::from(draw.below(24)));
            return (network, block, version_4(network, block, 1 + draw.below(250)));
        }
        here
    }

    fn event(&self, at: i64, how: Circumstances, draw: &mut Draw) -> Event {
        let person = self.person;
        let device = &person.devices[how.device];
        // A private window now and then.
        let shows_cookie = !draw.chance(0.02);
        Event {
            at,
            user: person.index,
            network: u16::try_from(how.network).unwrap_or(0),
            block: u16::try_from(how.block).unwrap_or(0),
            address: how.address,
            anonymizer: self.world.listed(how.network, how.block),
            program: device.program,
            release: release_of(device, mix(&[u64::from(person.index), how.device as u64]), at),
            application: u8::try_from(draw.weighted(&[0.5, 0.2, 0.15, 0.1, 0.05])).unwrap_or(0),
            device_cookie: if shows_cookie { self.cookies[how.device] } else { 0 },
            outcome: Outcome::Success,
            label: Label::Honest,
            campaign: 0,
            password: mix(&[self.plan.seed, 3, u64::from(person.index)]),
        }
    }
}

/// The release that runs on a device: each arrives with a delay of its own, and none is taken back.
fn release_of(device: &Device, key: u64, at: i64) -> u16 {
    let cadence = device.program.cadence();
    let newest = ((at - START) / cadence).max(0);
    let arrived = (0..=newest).rev().find(|release| {
        let luck = mix_unit(&[key, release.unsigned_abs()]);
        let delay = (-device.lag * libm::log(1.0 - luck) * DAY as f64) as i64;
        START + release * cadence + delay <= at
    });
    u16::try_from(arrived.unwrap_or(0)).unwrap_or(0)
}
