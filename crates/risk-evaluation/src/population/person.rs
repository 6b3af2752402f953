use crate::agents::{DAY, DESKTOP, PHONE, Program};
use crate::random::Draw;
use crate::world::{COUNTRIES, FIRST_MOBILE, FIRST_VPN, FIXED, MOBILE, VPN, World, network_of};

use super::plan::{Office, Plan, START};
use super::trips::Trip;

/// A person, or a program with an account, and his ways.
#[derive(Debug)]
pub struct Person {
    /// Index among the users.
    pub index: u32,
    /// First day.
    pub joins: i64,
    /// Last day.
    pub leaves: i64,
    /// Sign-ins a day.
    pub rate: f64,
    /// Whether it is a program with an account.
    pub is_service: bool,
    /// Index of the city he lives in.
    pub city: usize,
    /// Index of the network of his home; nobody's is used by those who only have a phone.
    pub home_network: usize,
    /// Which part of its addresses his home gets one of.
    pub home_pool: u64,
    /// When his home gets another address.
    pub leases: Vec<i64>,
    /// Whether his home is only his phone.
    pub is_mobile_only: bool,
    /// Whether his home has addresses of version 6.
    pub has_ipv6: bool,
    /// Index of the network of his phone.
    pub mobile_network: usize,
    /// The office he goes to and how often he is there when he works.
    pub office: Option<(Office, f64)>,
    /// His private VPN: index of its first network, usual country and city, how often he uses it.
    pub vpn: Option<(usize, usize, usize, f64)>,
    /// Whether his Apple devices use the relay.
    pub uses_relay: bool,
    /// His devices, the replaced ones among them.
    pub devices: Vec<Device>,
    /// Hour of the day around which he signs in, local time.
    pub hour: f64,
    /// Probability that he mistypes.
    pub typo: f64,
    /// Whether he removes cookies at the end of each session.
    pub clears_cookies: bool,
    /// Journeys, in order.
    pub trips: Vec<Trip>,
}

/// A device of a person.
#[derive(Debug)]
pub struct Device {
    /// What runs on it.
    pub program: Program,
    /// From when he has it.
    pub since: i64,
    /// Until when.
    pub until: i64,
    /// Mean days until it has a new release.
    pub lag: f64,
    /// How often he uses it beside the others.
    pub weight: f64,
}

impl Person {
    /// The person with this index.
    pub fn new(plan: &Plan, world: &World, index: u32) -> Self {
        let mut draw = Draw::new(plan.seed, 1_000 + u64::from(index));
        let draw = &mut draw;
        let is_service = index % 300 == 17;
        let joins = joining(plan, draw);
        let leaves = plan.end().min(joins + (draw.exponential(1.0 / plan.leaving) * DAY as f64) as i64 + DAY);
        let office =
            draw.chance(plan.office_share).then(|| (*draw.pick(&plan.offices), draw.between(0.3, 0.95)));
        let city = office.map_or_else(|| draw.index(World::cities(plan.country)), |(office, _)| office.city);
        let home_network = network_of(plan.country, 0, draw.weighted(&[0.4, 0.3, 0.2, 0.1]).min(FIXED - 1));
        let mobile_network = network_of(plan.country, FIRST_MOBILE, draw.index(MOBILE));
        let vpn = draw.chance(plan.vpn_share).then(|| private_network(plan, draw));
        Self {
            index,
            joins,
            leaves,
            rate: if is_service { 3.0 } else { (0.2 * libm::exp(draw.normal(0.0, 1.2))).clamp(0.012, 4.0) },
            is_service,
            city,
            home_network,
            home_pool: draw.bits(),
            leases: leases(plan, draw),
            is_mobile_only: draw.chance(0.08),
            has_ipv6: world.networks[home_network].has_ipv6 && draw.chance(0.6),
            mobile_network,
            office: if is_service { None } else { office },
            vpn: if is_service { None } else { vpn },
            uses_relay: draw.chance(plan.relay_share) && !is_service,
            devices: if is_service { vec![tool(plan)] } else { devices(plan, draw) },
            hour: draw.normal(10.5, 1.8),
            typo: draw.between(0.06, 0.14),
            clears_cookies: draw.chance(0.04),
            trips: if is_service { Vec::new() } else { super::trips::of(plan, city, draw) },
        }
    }

    /// The device he has at a moment, by how often he uses each; on foot it is a phone when he has one.
    pub fn device(&self, at: i64, on_foot: bool, draw: &mut Draw) -> usize {
        let has_phone = self.devices.iter().any(|device| device.is_at(at) && device.program.is_phone());
        let weights: Vec<f64> = self
            .devices
            .iter()
            .map(|device| {
                let fits = !on_foot || !has_phone || device.program.is_phone();
                if device.is_at(at) && fits { device.weight } else { 0.0 }
            })
            .collect();
        draw.weighted(&weights)
    }

    /// Local time of a moment, in seconds.
    pub fn local(plan: &Plan, at: i64) -> i64 {
        at + COUNTRIES[plan.country].offset * 3_600
    }
}

impl Device {
    fn is_at(&self, at: i64) -> bool {
        self.since <= at && at < self.until
    }
}

/// A fifth of the people are there from the first days, the others join over the first three quarters.
fn joining(plan: &Plan, draw: &mut Draw) -> i64 {
    let days = plan.days as f64;
    let day = if draw.chance(0.2) { draw.between(0.0, 10.0) } else { draw.between(0.0, days * 0.75) };
    START + (day * DAY as f64) as i64
}

fn private_network(plan: &Plan, draw: &mut Draw) -> (usize, usize, usize, f64) {
    let country = if draw.chance(0.6) { plan.country } else { draw.index(COUNTRIES.len()) };
    let city = draw.index(World::cities(country));
    (FIRST_VPN + draw.index(VPN), country, city, draw.between(0.15, 0.85))
}

/// An address is kept for thirty days in the mean.
fn leases(plan: &Plan, draw: &mut Draw) -> Vec<i64> {
    let mut changes = Vec::new();
    let mut at = START;
    while at < plan.end() {
        at += (draw.exponential(30.0) * DAY as f64) as i64 + 3_600;
        changes.push(at);
    }
    changes
}

fn tool(plan: &Plan) -> Device {
    Device { program: Program::Tool, since: 0, until: plan.end(), lag: 60.0, weight: 1.0 }
}

/// One to three devices, each replaced every two and a half years in the mean.
fn devices(plan: &Plan, draw: &mut Draw) -> Vec<Device> {
    let mut devices = Vec::new();
    let kinds: &[(bool, f64)] = match draw.weighted(&[0.3, 0.5, 0.2]) {
        0 => &[(true, 1.0)],
        1 => &[(true, 0.7), (false, 0.3)],
        _ => &[(true, 0.6), (false, 0.25), (true, 0.15)],
    };
    for (is_desk, weight) in kinds {
        let choices: &[(Program, f64)] = if *is_desk { &DESKTOP } else { &PHONE };
        let weights: Vec<f64> = choices.iter().map(|(_, weight)| *weight).collect();
        let mut since = 0;
        let mut program = choices[draw.weighted(&weights)].0;
        while since < plan.end() {
            let until = since.max(START) + (draw.exponential(900.0) * DAY as f64) as i64 + DAY;
            let lag = if draw.chance(0.1) { 30.0 } else { 5.0 };
            devices.push(Device { program, since, until, lag, weight: *weight });
            since = until;
            if draw.chance(0.25) {
                program = choices[draw.weighted(&weights)].0;
            }
        }
    }
    devices
}
