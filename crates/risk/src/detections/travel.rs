//! One model of travel for two detections: `unlikelyTravel` and `mcasImpossibleTravel`.

mod distance;
pub(super) mod impossible;
pub(super) mod unlikely;

use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{RiskLevel, SignInFacts};

use super::familiar::{days, is_new_device};
use crate::borders::are_neighbours;
use crate::config::TravelConfig;
use crate::hidden::is_hidden;
use crate::{Evidence, Feature, Finding, RiskConfig, RiskContext, Visit};
use distance::kilometres;

/// What every place may be off beside what its source says.
const SLACK: f64 = 50.0;
/// What a place is off when its source does not say: that of a middling city database.
const UNKNOWN_RADIUS: u32 = 100;
/// A place that is not known to better than this is none. So are the gateways of telephone carriers: a phone abroad often
/// still leaves through its carrier at home.
const MAX_RADIUS: u32 = 100;
/// Days at a place from which on it is the user's own.
const OWN_PLACE_DAYS: u32 = 3;
/// What such a journey speaks for an attack, beyond what the network says already, in log-odds.
const CONTRIBUTION: f64 = 1.5;
/// What belongs to one area, in kilometres.
const AREA: f64 = 100.0;
/// Sign-ins in an area from which on it is one where the user really was.
const AREA_SIGN_INS: usize = 2;
/// Shorter journeys than this, in kilometres, are found with a new device only: places are often wrong by that much.
const CERTAIN_DISTANCE: f64 = 1_000.0;
/// Earlier sign-ins that are looked at.
const MAX_VISITS: usize = 5;

/// What both detections say of themselves, before what is their own.
macro_rules! explanation {
    ($own:literal) => {
        concat!(
            "Two sign-ins of one user are so far apart that nobody travels as fast. Distance and speed are counted in the user's favour: what both places may be off is taken away first, twice what the location database says and 50 km.\n\nNothing is found when something else explains it: an address of a virtual private network, relay or hosting range, or of an owner most of whose sign-ins come from listed ones; an address or network that several of the tenant's users share; a network or place the user is known at; the same device cookie at both ends; a place that is not known to better than 100 km, such as the gateways of telephone carriers, through which phones abroad often still leave. Sign-ins that come late are compared in both directions.\n\n",
            $own
        )
    };
}
use explanation;

/// The settings both share.
const SETTINGS: &[(&str, &str, &str)] = &[
    ("travel.level", "medium", "level; one more if the device is new and no second factor was passed"),
    ("travel.distance", "500", "least distance in kilometres, after what both places may be off"),
    ("travel.speed", "900", "least speed in kilometres an hour"),
    ("travel.hours", "24", "how far back earlier sign-ins are looked at"),
    ("travel.sharedByUsers", "5", "users of the tenant who make an address or network a shared one"),
];

/// The finding of one of the two: of the journeys abroad, or of the others.
fn find(
    facts: &SignInFacts,
    context: &RiskContext,
    config: &RiskConfig,
    risk_event_type: &str,
    is_abroad: bool,
) -> Option<Finding> {
    let config = &config.travel;
    let journey = journey(facts, context, config).filter(|journey| journey.is_abroad == is_abroad)?;
    Some(Finding {
        risk_event_type: risk_event_type.to_owned(),
        risk_level: journey.level(facts, context, config),
        evidence: journey.evidence(config),
    })
}

/// A journey nobody makes.
struct Journey<'a> {
    from: &'a Visit,
    distance: f64,
    time: Duration,
    /// Whether it leads to another country that is no neighbour.
    is_abroad: bool,
}

/// The fastest journey between this sign-in and an earlier one, if it is faster than people travel and nothing else explains
/// it: a shared egress, a network or browser of the user's own, two places he is at all the time.
fn journey<'a>(facts: &SignInFacts, context: &'a RiskContext, config: &TravelConfig) -> Option<Journey<'a>> {
    if config.level == RiskLevel::None || is_explained(facts, context, config) {
        return None;
    }
    let within = Duration::from_secs(u64::from(config.hours).saturating_mul(3_600));
    let all = || context.history.visits.iter().filter(|visit| !visit.is_egress);
    let is_near = |one: &Visit, other: &Visit| {
        kilometres(&one.point, &other.point).is_some_and(|distance| distance <= AREA)
    };
    let is_confirmed = |visit: &&Visit| all().filter(|other| is_near(visit, other)).count() >= AREA_SIGN_INS;
    let is_new = is_new_device(&context.history);
    let visits = all().filter(is_confirmed);
    let visits = visits.filter(|visit| apart(visit.at, facts.at) <= within).take(MAX_VISITS);
    visits
        .filter_map(|visit| from(visit, facts))
        .filter(|journey| journey.distance >= f64::from(config.distance))
        .filter(|journey| is_new || journey.distance >= CERTAIN_DISTANCE)
        .filter(|journey| journey.speed() > f64::from(config.speed))
        .max_by(|a, b| a.speed().total_cmp(&b.speed()))
}

/// Whether the place says nothing about where the person is.
fn is_explained(facts: &SignInFacts, context: &RiskContext, config: &TravelConfig) -> bool {
    let (network, history) = (&facts.network, &context.history);
    let is_shared = |feature| {
        let spread = context.population.values.get(&feature);
        spread.is_some_and(|spread| spread.users >= config.shared_by_users)
    };
    network.anonymizer.is_some()
        || is_hidden(facts, context)
        || network.accuracy_radius.is_some_and(|radius| radius >= MAX_RADIUS)
        || days(history, Feature::Place) >= OWN_PLACE_DAYS
        || days(history, Feature::Prefix) > 0
        || days(history, Feature::NetworkOwner) > 0
        || is_shared(Feature::Address)
        || is_shared(Feature::Prefix)
}

fn from<'a>(visit: &'a Visit, facts: &SignInFacts) -> Option<Journey<'a>> {
    let location = facts.network.location.as_ref()?;
    let device = facts.client.device_cookie_id.as_ref();
    if visit.accuracy_radius.is_some_and(|radius| radius >= MAX_RADIUS)
        || device.is_some_and(|device| visit.device_cookie_id.as_ref() == Some(device))
    {
        return None;
    }
    // A radius holds two thirds of the addresses; twice as much holds nearly all.
    let radius = |radius: Option<u32>| 2.0 * f64::from(radius.unwrap_or(UNKNOWN_RADIUS));
    let off = radius(visit.accuracy_radius) + radius(facts.network.accuracy_radius) + SLACK;
    let distance = kilometres(&visit.point, location.geo_coordinates.as_ref()?)? - off;
    let countries = visit.country.as_deref().zip(location.country_or_region.as_deref());
    Some(Journey {
        from: visit,
        distance,
        time: apart(visit.at, facts.at).max(Duration::from_secs(60)),
        is_abroad: countries.is_some_and(|(from, to)| from != to && !are_neighbours(from, to)),
    })
}

/// Time between two moments, whichever is earlier: events may come late.
fn apart(one: Timestamp, other: Timestamp) -> Duration {
    one.since(other).max(other.since(one))
}

impl Journey<'_> {
    /// Kilometres an hour.
    fn speed(&self) -> f64 {
        self.distance * 3_600.0 / self.time.as_secs_f64()
    }

    /// A new device that passed no second factor is worth one level more.
    fn level(&self, facts: &SignInFacts, context: &RiskContext, config: &TravelConfig) -> RiskLevel {
        let is_unproven = facts.authentication.mfa_at().is_none();
        if is_unproven && is_new_device(&context.history) { config.level.one_more() } else { config.level }
    }

    /// Where from, how far and how fast.
    fn evidence(&self, config: &TravelConfig) -> Vec<Evidence> {
        let Visit { at, country, city, address, .. } = self.from;
        let place = [city, country].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ");
        let place = if place.is_empty() { "a place without a name".to_owned() } else { place };
        let minutes = self.time.as_secs() / 60;
        vec![
            Evidence::new("from", format!("{place}, {address}, at {at}")),
            Evidence {
                expected: Some(format!("less than {} km", config.distance)),
                ..Evidence::new("distance", format!("at least {:.0} km", self.distance))
            },
            Evidence {
                expected: Some(format!("at most {} km/h", config.speed)),
                contribution: Some(CONTRIBUTION),
                ..Evidence::new("speed", format!("at least {:.0} km/h for {minutes} minutes", self.speed()))
            },
        ]
    }
}

#[cfg(test)]
mod tests;
