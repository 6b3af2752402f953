//! The snapshot that comes with the binary, asked as a sign-in asks it.

use std::collections::BTreeSet;

use crate::common::{at, clock};
use riskgate_intel::{FeedSettings, Feeds};
use riskgate_model::AnonymizerKind;
use riskgate_ports::Intel;

const NOW: &str = "2026-11-23T10:00:00Z";

fn built_in() -> Feeds {
    let (feeds, warnings) = Feeds::load(FeedSettings::default(), clock(NOW));
    assert_eq!(warnings, []);
    feeds
}

#[test]
fn every_listed_tor_exit_is_found_as_tor() {
    let feeds = built_in();
    let addresses: Vec<_> = include_str!("../../data/tor-exits.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.parse().unwrap())
        .collect();
    assert_eq!(addresses.len(), 1_430);
    for address in addresses {
        let facts = feeds.network(address, at(NOW));
        assert_eq!(facts.anonymizer, Some(AnonymizerKind::Tor), "{address}");
        assert!(
            facts.list_hits.iter().any(|hit| hit.source == "tor-exits" && hit.entry == address.to_string())
        );
    }
}

#[test]
fn the_tutorial_address_is_a_tor_exit_in_chisinau() {
    let facts = built_in().network("178.17.170.23".parse().unwrap(), at(NOW));
    assert_eq!(facts.anonymizer, Some(AnonymizerKind::Tor));
    assert_eq!(facts.list_hits[0].source, "tor-exits-earlier");
    assert_eq!(facts.list_hits[0].last_seen, Some(at("2026-01-03T00:00:00Z")));
    let location = facts.location.unwrap();
    assert_eq!(location.city.as_deref(), Some("Chisinau"));
    assert_eq!(location.state.as_deref(), Some("Chisinau"));
    assert_eq!(location.country_or_region.as_deref(), Some("MD"));
    let point = location.geo_coordinates.unwrap();
    assert_eq!((point.latitude, point.longitude), (Some(47.0105), Some(28.8638)));
}

#[test]
fn an_exit_counts_for_a_year_after_it_was_last_listed_and_no_longer() {
    let feeds = built_in();
    let kind = |moment: &str| feeds.network("178.17.170.23".parse().unwrap(), at(moment)).anonymizer;
    assert_eq!(kind("2027-01-03T00:00:00Z"), Some(AnonymizerKind::Tor));
    assert_eq!(kind("2027-01-03T00:00:01Z"), None);
}

#[test]
fn a_stale_source_still_serves_and_is_marked() {
    let facts = built_in().network("2.56.10.36".parse().unwrap(), at(NOW));
    assert_eq!(facts.anonymizer, Some(AnonymizerKind::Tor));
    let tor = facts.sources.iter().find(|source| source.source == "tor-exits").unwrap();
    assert!(tor.is_stale);
    assert_eq!(tor.version.len(), 16);
    let fresh = built_in().network("2.56.10.36".parse().unwrap(), at("2026-08-30T12:00:00Z"));
    assert!(fresh.sources.iter().all(|source| !source.is_stale));
}

#[test]
fn vpn_ranges_of_both_families_are_found() {
    let feeds = built_in();
    for (address, entry) in [("2.26.157.200", "2.26.157.0/24"), ("2001:ac8:1::5", "2001:ac8::/32")] {
        let facts = feeds.network(address.parse().unwrap(), at(NOW));
        assert_eq!(facts.anonymizer, Some(AnonymizerKind::Vpn), "{address}");
        assert_eq!(facts.list_hits[0].entry, entry);
    }
}

#[test]
fn a_private_relay_is_never_taken_for_a_vpn_although_the_vpn_list_names_it() {
    let facts = built_in().network("172.226.43.7".parse().unwrap(), at(NOW));
    let kinds: BTreeSet<_> = facts.list_hits.iter().filter_map(|hit| hit.kind.anonymizer()).collect();
    assert_eq!(kinds, BTreeSet::from([AnonymizerKind::PrivateRelay, AnonymizerKind::Vpn]));
    assert_eq!(facts.anonymizer, Some(AnonymizerKind::PrivateRelay));
}

#[test]
fn a_mapped_address_is_the_address_it_maps() {
    let facts = built_in().network("::ffff:178.17.170.23".parse().unwrap(), at(NOW));
    assert_eq!(facts.ip_address.to_string(), "178.17.170.23");
    assert_eq!(facts.anonymizer, Some(AnonymizerKind::Tor));
}

#[test]
fn an_ordinary_address_is_in_no_list() {
    let facts = built_in().network("203.0.113.9".parse().unwrap(), at(NOW));
    assert_eq!(facts.anonymizer, None);
    assert!(facts.list_hits.is_empty());
    assert_eq!(facts.location, None);
    assert_eq!(facts.sources.len(), 6);
}

#[test]
fn without_the_snapshot_nothing_is_known() {
    let settings = FeedSettings { built_in: false, ..FeedSettings::default() };
    let (feeds, warnings) = Feeds::load(settings, clock(NOW));
    assert_eq!(warnings, []);
    let facts = feeds.network("178.17.170.23".parse().unwrap(), at(NOW));
    assert_eq!(facts, riskgate_model::NetworkFacts::unknown("178.17.170.23".parse().unwrap()));
}

#[test]
fn the_client_is_read_from_its_user_agent() {
    let facts = built_in()
        .client(Some("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"));
    assert_eq!(facts.browser.as_deref(), Some("Firefox 140"));
    assert_eq!(facts.operating_system.as_deref(), Some("Windows 10"));
    assert!(facts.is_browser);
    assert!(!built_in().client(Some("curl/8.5.0")).is_browser);
}
