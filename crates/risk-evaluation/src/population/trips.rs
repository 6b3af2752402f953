use crate::agents::DAY;
use crate::random::Draw;
use crate::world::{COUNTRIES, City, World, kilometres};

use super::plan::{Plan, START};

/// A journey. On the way nobody signs in.
#[derive(Debug, Clone, Copy)]
pub struct Trip {
    /// Departure.
    pub leaves: i64,
    /// Arrival.
    pub arrives: i64,
    /// Departure from there.
    pub returns: i64,
    /// Arrival at home.
    pub is_back: i64,
    /// Index of the country.
    pub country: usize,
    /// Index of the city.
    pub city: usize,
    /// Whether his phone there still leaves through his carrier at home.
    pub is_home_routed: bool,
}

/// The journeys of a person: two for pleasure a year, and for a quarter of the people up to twelve for work.
pub(super) fn of(plan: &Plan, city: usize, draw: &mut Draw) -> Vec<Trip> {
    let years = plan.days as f64 / 365.0;
    let mut trips = Vec::new();
    let for_work = if draw.chance(0.25) { draw.between(0.0, 12.0) } else { 0.0 };
    for (a_year, shortest, longest) in [(2.0, 4.0, 14.0), (for_work, 1.0, 4.0)] {
        for _ in 0..draw.poisson(a_year * years) {
            let leaves = START + (draw.unit() * plan.days as f64 * DAY as f64) as i64;
            let stay = (draw.between(shortest, longest) * DAY as f64) as i64;
            trips.push(trip(plan, city, leaves, stay, draw));
        }
    }
    trips.sort_by_key(|trip| trip.leaves);
    let mut back = 0;
    trips.retain(|trip| {
        let fits = trip.leaves > back + DAY;
        if fits {
            back = trip.is_back;
        }
        fits
    });
    trips
}

fn trip(plan: &Plan, home: usize, leaves: i64, stay: i64, draw: &mut Draw) -> Trip {
    let country = if draw.chance(0.45) { plan.country } else { draw.index(COUNTRIES.len()) };
    let city = draw.index(World::cities(country));
    let City(_, north, east) = COUNTRIES[plan.country].cities[home];
    let City(_, to_north, to_east) = COUNTRIES[country].cities[city];
    // Three hours around the flight; whole minutes, so that no machine rounds otherwise.
    let minutes = (kilometres((north, east), (to_north, to_east)) / 800.0 * 60.0).round() as i64 + 180;
    let arrives = leaves + minutes * 60;
    let returns = arrives + stay;
    let is_home_routed = draw.chance(0.3);
    Trip { leaves, arrives, returns, is_back: returns + minutes * 60, country, city, is_home_routed }
}
