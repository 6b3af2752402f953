//! MaxMind's own test databases, good and damaged.

use std::net::{IpAddr, Ipv4Addr};

use crate::common::{at, clock, data, file_feed};
use proptest::prelude::*;
use riskgate_intel::{Database, DatabaseError, DatabaseKind, FeedFormat, FeedKind, FeedSettings, Feeds};
use riskgate_model::AnonymizerKind;
use riskgate_ports::Intel;

const NOW: &str = "2026-11-23T10:00:00Z";

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(data(name)).unwrap()
}

fn open(name: &str) -> Result<Database, DatabaseError> {
    Database::new(bytes(name))
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn a_city_database_gives_city_state_country_and_coordinates() {
    for name in ["GeoIP2-City-Test.mmdb", "GeoLite2-City-Test.mmdb"] {
        let database = open(name).unwrap();
        assert_eq!(database.kind(), DatabaseKind::Location);
        let location = database.location(ip("89.160.20.128")).unwrap();
        assert_eq!(location.city.as_deref(), Some("Linköping"));
        assert_eq!(location.state.as_deref(), Some("Östergötland County"));
        assert_eq!(location.country_or_region.as_deref(), Some("SE"));
        let point = location.geo_coordinates.unwrap();
        assert_eq!((point.latitude, point.longitude), (Some(58.4167), Some(15.6167)));
        assert_eq!(database.location(ip("203.0.113.9")), None);
    }
}

#[test]
fn the_largest_of_several_subdivisions_is_the_state() {
    let location = open("GeoIP2-City-Test.mmdb").unwrap().location(ip("2.125.160.216")).unwrap();
    assert_eq!(location.city.as_deref(), Some("Boxford"));
    assert_eq!(location.state.as_deref(), Some("England"));
}

#[test]
fn a_country_database_gives_the_country_alone() {
    let location = open("GeoLite2-Country-Test.mmdb").unwrap().location(ip("89.160.20.128")).unwrap();
    assert_eq!(location.country_or_region.as_deref(), Some("SE"));
    assert_eq!((location.city, location.state, location.geo_coordinates), (None, None, None));
}

#[test]
fn an_asn_database_gives_number_and_name() {
    let database = open("GeoLite2-ASN-Test.mmdb").unwrap();
    assert_eq!(database.kind(), DatabaseKind::NetworkOwner);
    assert_eq!(database.owner(ip("1.128.0.1")), Some((1221, Some("Telstra Pty Ltd".to_owned()))));
    assert_eq!(database.owner(ip("203.0.113.9")), None);
}

#[test]
fn an_anonymous_ip_database_tells_the_kinds_apart() {
    let database = open("GeoIP2-Anonymous-IP-Test.mmdb").unwrap();
    assert_eq!(database.kind(), DatabaseKind::AnonymousIp);
    let kind = |address: &str| database.anonymizer(ip(address)).map(|(kind, _)| kind);
    assert_eq!(kind("1.2.0.1"), Some(AnonymizerKind::Vpn));
    assert_eq!(kind("71.160.223.45"), Some(AnonymizerKind::Hosting));
    assert_eq!(kind("65.0.0.1"), Some(AnonymizerKind::Tor));
    assert_eq!(kind("203.0.113.9"), None);
    assert_eq!(database.anonymizer(ip("1.2.0.1")).unwrap().1, "1.2.0.0/16");
}

#[test]
fn damaged_databases_are_refused_with_a_reason() {
    for name in [
        "GeoIP2-City-Test-Broken-Double-Format.mmdb",
        "GeoIP2-City-Test-Invalid-Node-Count.mmdb",
        "MaxMind-DB-test-broken-pointers-24.mmdb",
        "MaxMind-DB-test-broken-search-tree-24.mmdb",
    ] {
        let error = open(name).unwrap_err();
        assert!(
            matches!(error, DatabaseError::Damaged(_) | DatabaseError::UnknownType(_)),
            "{name}: {error}"
        );
    }
    assert!(matches!(Database::new(Vec::new()), Err(DatabaseError::Damaged(_))));
    assert!(matches!(Database::new(b"<html>not found</html>".to_vec()), Err(DatabaseError::Damaged(_))));
}

#[test]
fn half_a_database_is_refused() {
    let whole = bytes("GeoLite2-City-Test.mmdb");
    for part in [1, 100, whole.len() / 2, whole.len() - 1] {
        assert!(Database::new(whole[..part].to_vec()).is_err(), "{part} bytes");
    }
}

#[test]
fn the_operators_database_is_asked_before_the_sample_of_places() {
    let settings = FeedSettings {
        feeds: vec![
            file_feed("city", FeedKind::Location, FeedFormat::Mmdb, data("GeoLite2-City-Test.mmdb")),
            file_feed("owner", FeedKind::NetworkOwner, FeedFormat::Mmdb, data("GeoLite2-ASN-Test.mmdb")),
            file_feed(
                "anonymous",
                FeedKind::AnonymousIp,
                FeedFormat::Mmdb,
                data("GeoIP2-Anonymous-IP-Test.mmdb"),
            ),
        ],
        ..FeedSettings::default()
    };
    let (feeds, warnings) = Feeds::load(settings, clock(NOW));
    assert_eq!(warnings, []);
    let facts = feeds.network(ip("89.160.20.128"), at(NOW));
    assert_eq!(facts.country(), Some("SE"));
    assert_eq!(facts.accuracy_radius, Some(76));
    assert_eq!(facts.autonomous_system_number, Some(29518));
    // What the database does not know, the sample may.
    assert_eq!(feeds.network(ip("178.17.170.23"), at(NOW)).country(), Some("MD"));
    let facts = feeds.network(ip("1.2.0.1"), at("2021-01-01T00:00:00Z"));
    assert_eq!(facts.anonymizer, Some(AnonymizerKind::Vpn));
    assert_eq!(facts.list_hits[0].source, "anonymous");
}

#[test]
fn a_database_of_another_kind_or_a_damaged_one_is_a_warning_and_the_rest_serves() {
    let settings = FeedSettings {
        feeds: vec![
            file_feed("city", FeedKind::Location, FeedFormat::Mmdb, data("GeoLite2-ASN-Test.mmdb")),
            file_feed(
                "broken",
                FeedKind::Location,
                FeedFormat::Mmdb,
                data("GeoIP2-City-Test-Invalid-Node-Count.mmdb"),
            ),
            file_feed("missing", FeedKind::Location, FeedFormat::Mmdb, data("none.mmdb")),
        ],
        ..FeedSettings::default()
    };
    let (feeds, warnings) = Feeds::load(settings, clock(NOW));
    let messages: Vec<_> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(messages.len(), 3, "{messages:?}");
    assert!(messages[0].starts_with("feed 'city': the database tells NetworkOwner"), "{messages:?}");
    assert!(messages[1].starts_with("feed 'broken': not a sound .mmdb file"), "{messages:?}");
    assert!(messages[2].starts_with("feed 'missing': "), "{messages:?}");
    assert_eq!(feeds.network(ip("178.17.170.23"), at(NOW)).country(), Some("MD"));
    let broken = feeds.status().into_iter().find(|status| status.name == "broken").unwrap();
    assert!(broken.is_stale && broken.last_error.is_some() && broken.version.is_none());
}

proptest! {
    /// Bytes changed anywhere: the file is refused or every lookup still returns.
    #[test]
    fn a_corrupted_database_never_brings_a_lookup_down(
        changes in proptest::collection::vec((0usize..22_000, any::<u8>()), 1..20),
        addresses in proptest::collection::vec(any::<u32>(), 1..20),
    ) {
        let mut bytes = bytes("GeoLite2-City-Test.mmdb");
        for (place, value) in changes {
            let place = place % bytes.len();
            bytes[place] = value;
        }
        if let Ok(database) = Database::new(bytes) {
            for address in addresses {
                let _ = database.location(IpAddr::V4(Ipv4Addr::from(address)));
                let _ = database.owner(IpAddr::V4(Ipv4Addr::from(address)));
                let _ = database.anonymizer(IpAddr::V4(Ipv4Addr::from(address)));
            }
        }
    }
}
