//! Facts to begin a sample or a test with.

use std::net::{IpAddr, Ipv4Addr};

use riskgate_core::Timestamp;
use riskgate_model::{
    ApplicationFacts, AuthenticationFacts, ClientAppType, ClientFacts, GeoCoordinates, ListHit, ListKind,
    NetworkFacts, RiskLevel, SignInFacts, SignInLocation, UserFacts, WatchRule,
};

use crate::{HistoryFacts, RiskContext, Visit};

/// A sign-in with a browser from an address about which nothing is known, at the beginning of 1970. What is no address
/// counts as `0.0.0.0`.
pub fn facts_from(address: &str) -> SignInFacts {
    let address = address.parse().unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    SignInFacts {
        at: Timestamp::from_seconds(0),
        user: UserFacts::new(""),
        application: ApplicationFacts::new("", ClientAppType::Browser),
        client: ClientFacts { is_browser: true, ..ClientFacts::default() },
        network: NetworkFacts::unknown(address),
        device: None,
        authentication: AuthenticationFacts::default(),
    }
}

/// A sign-in from a place, at the beginning of 1970.
pub(super) fn visited(country: &str, latitude: f64, longitude: f64) -> Visit {
    Visit {
        at: Timestamp::from_seconds(0),
        point: point(latitude, longitude),
        accuracy_radius: Some(20),
        country: Some(country.to_owned()),
        city: None,
        address: "192.0.2.1".to_owned(),
        network_owner: None,
        device_cookie_id: None,
        is_egress: false,
    }
}

/// A sign-in so many minutes after a visit to a place the user was at two days before too, from another country and place.
pub(super) fn moved(visit: &Visit, minutes: i64, to: (&str, f64, f64)) -> (SignInFacts, RiskContext) {
    let (country, latitude, longitude) = to;
    let mut facts = facts_from("198.51.100.1");
    facts.at = Timestamp::from_seconds(visit.at.as_seconds().saturating_add(minutes.saturating_mul(60)));
    facts.network.accuracy_radius = Some(20);
    facts.network.location = Some(SignInLocation {
        country_or_region: Some(country.to_owned()),
        geo_coordinates: Some(point(latitude, longitude)),
        ..SignInLocation::default()
    });
    let two_days_before = Timestamp::from_seconds(visit.at.as_seconds().saturating_sub(2 * 86_400));
    let visits = vec![visit.clone(), Visit { at: two_days_before, ..visit.clone() }];
    let history = HistoryFacts { visits, ..HistoryFacts::default() };
    (facts, RiskContext { history, ..RiskContext::default() })
}

fn point(latitude: f64, longitude: f64) -> GeoCoordinates {
    GeoCoordinates { altitude: None, latitude: Some(latitude), longitude: Some(longitude) }
}

/// Seconds of a day.
pub(super) const DAY: u64 = 86_400;

/// Some seconds after the beginning of a morning in 2026.
pub(super) fn after_start(seconds: u64) -> Timestamp {
    Timestamp::from_seconds(1_770_000_000_i64.saturating_add_unsigned(seconds))
}

/// A watch list of the operator that names `192.0.2.1`.
pub(super) fn watch_hit(kind: ListKind, rule: &str, level: RiskLevel) -> ListHit {
    let rule = WatchRule { id: rule.to_owned(), author: "SOC".to_owned(), level, expires_at: None };
    ListHit {
        source: "watched".to_owned(),
        kind,
        entry: "192.0.2.1".to_owned(),
        last_seen: None,
        rule: Some(rule),
    }
}
