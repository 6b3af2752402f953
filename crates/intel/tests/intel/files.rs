//! Feeds from the operator's files, and how sources are reported.

use std::path::Path;

use crate::common::{at, clock, file_feed};
use riskgate_intel::{FeedFormat, FeedKind, FeedSettings, Feeds, Outcome};
use riskgate_model::AnonymizerKind;
use riskgate_ports::Intel;

const NOW: &str = "2026-11-23T10:00:00Z";

fn hosting(path: &Path) -> FeedSettings {
    FeedSettings {
        feeds: vec![file_feed("hosting", FeedKind::Hosting, FeedFormat::CidrList, path.to_owned())],
        ..FeedSettings::default()
    }
}

#[tokio::test]
async fn a_changed_file_is_read_again_and_a_damaged_one_leaves_the_old_table() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("hosting.txt");
    std::fs::write(&path, "203.0.113.0/24\n").unwrap();
    let (feeds, warnings) = Feeds::load(hosting(&path), clock(NOW));
    assert_eq!(warnings, []);
    let kind = |address: &str| feeds.network(address.parse().unwrap(), at(NOW)).anonymizer;
    assert_eq!(kind("203.0.113.9"), Some(AnonymizerKind::Hosting));
    assert_eq!(feeds.update(Some("hosting")).await[0].outcome, Outcome::Unchanged);

    std::fs::write(&path, "198.51.100.0/24\n").unwrap();
    assert!(matches!(
        feeds.update(Some("hosting")).await[0].outcome,
        Outcome::Updated { entries: Some(1), .. }
    ));
    assert_eq!((kind("203.0.113.9"), kind("198.51.100.9")), (None, Some(AnonymizerKind::Hosting)));

    std::fs::write(&path, "what is this\n").unwrap();
    assert!(
        matches!(&feeds.update(None).await[0].outcome, Outcome::Failed { error } if error.contains("line 1"))
    );
    assert_eq!(kind("198.51.100.9"), Some(AnonymizerKind::Hosting));

    std::fs::remove_file(&path).unwrap();
    assert!(matches!(feeds.update(None).await[0].outcome, Outcome::Failed { .. }));
    assert_eq!(kind("198.51.100.9"), Some(AnonymizerKind::Hosting));
}

#[tokio::test]
async fn only_configured_sources_can_be_updated() {
    let (feeds, _) = Feeds::load(FeedSettings::default(), clock(NOW));
    assert_eq!(feeds.update(None).await, []);
    assert_eq!(feeds.next_due(), None);
    for (name, reason) in [("tor-exits", "built in"), ("nonsense", "no source of this name")] {
        let reports = feeds.update(Some(name)).await;
        assert!(
            matches!(&reports[0].outcome, Outcome::Failed { error } if error.contains(reason)),
            "{reports:?}"
        );
    }
}

#[test]
fn a_list_cannot_speak_about_internal_addresses() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("list");
    std::fs::write(&path, "10.0.0.0/8\n192.168.0.0/16\nfd00::/16\n100.64.0.0/10\n127.0.0.0/8\n").unwrap();
    let (feeds, _) = Feeds::load(hosting(&path), clock(NOW));
    for address in ["10.1.2.3", "192.168.1.1", "fd00::1", "100.64.0.1", "127.0.0.1", "::ffff:10.1.2.3"] {
        assert_eq!(feeds.network(address.parse().unwrap(), at(NOW)).anonymizer, None, "{address}");
    }
}

#[test]
fn the_operator_can_place_his_own_networks() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("places.csv");
    std::fs::write(&path, "10.1.0.0/16,DE,Hesse,Darmstadt,49.87,8.65,office\n178.17.170.0/24,RO,,,,,own\n")
        .unwrap();
    let settings = FeedSettings {
        feeds: vec![file_feed("offices", FeedKind::Location, FeedFormat::PlacesCsv, path)],
        ..FeedSettings::default()
    };
    let (feeds, _) = Feeds::load(settings, clock(NOW));
    let facts = feeds.network("10.1.2.3".parse().unwrap(), at(NOW));
    assert_eq!(facts.location.unwrap().city.as_deref(), Some("Darmstadt"));
    let facts = feeds.network("178.17.170.23".parse().unwrap(), at(NOW));
    assert_eq!(facts.country(), Some("RO"), "the operator's table comes before the sample");
}

#[test]
fn wrong_and_repeated_feeds_are_warnings() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("list");
    std::fs::write(&path, "203.0.113.0/24\n").unwrap();
    let feed = |name: &str, kind| file_feed(name, kind, FeedFormat::CidrList, path.clone());
    let settings = FeedSettings {
        feeds: vec![
            feed("mine", FeedKind::Vpn),
            feed("mine", FeedKind::Vpn),
            feed("tor-exits", FeedKind::Vpn),
            feed("Not A Name", FeedKind::Vpn),
            feed("owner", FeedKind::NetworkOwner),
        ],
        ..FeedSettings::default()
    };
    let (feeds, warnings) = Feeds::load(settings, clock(NOW));
    let messages: Vec<_> = warnings.iter().map(ToString::to_string).collect();
    for (message, reason) in messages.iter().zip([
        "configured twice",
        "a built-in source of kind Tor",
        "not a feed name",
        "cannot be read",
    ]) {
        assert!(message.contains(reason), "{message}");
    }
    assert_eq!(messages.len(), 4);
    assert_eq!(feeds.status().len(), 7);
}

#[test]
fn the_status_says_where_from_how_old_and_under_which_terms() {
    let (feeds, _) = Feeds::load(FeedSettings::default(), clock(NOW));
    let json = serde_json::to_value(&feeds.status()[0]).unwrap();
    let version = json["version"].as_str().unwrap();
    assert_eq!(version.len(), 16);
    assert_eq!(
        json,
        serde_json::json!({
            "name": "tor-exits", "kind": "tor", "from": "built in", "entries": 1430, "badLines": 0,
            "asOf": "2026-08-30T05:56:55Z", "ageSeconds": 7_358_585, "isStale": true,
            "licence": "Tor Project exit list", "isExpired": false, "version": version, "lastAttempt": null, "lastError": null,
        })
    );
}

#[test]
fn lookups_go_on_while_tables_are_swapped() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("list");
    std::fs::write(&path, "203.0.113.0/24\n").unwrap();
    let (feeds, _) = Feeds::load(hosting(&path), clock(NOW));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..2_000 {
                    let facts = feeds.network("203.0.113.9".parse().unwrap(), at(NOW));
                    assert_eq!(facts.anonymizer, Some(AnonymizerKind::Hosting), "either table names it");
                }
            });
        }
        for round in 0..20 {
            std::fs::write(&path, format!("203.0.113.0/24\n198.51.100.{round}\n")).unwrap();
            runtime.block_on(feeds.update(Some("hosting")));
        }
    });
}
