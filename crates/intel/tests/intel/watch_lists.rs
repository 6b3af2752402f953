//! Lists that are no anonymisers: reputation lists, what is known to be harmless, and the operator's watch lists.

use std::path::Path;
use std::sync::Arc;

use crate::common::server::{Answer, NOW, failure, list, load, start, update};
use crate::common::{at, clock, data};
use riskgate_intel::{FeedConfig, FeedFormat, FeedKind, FeedSettings, Feeds, Outcome};
use riskgate_model::{ListHit, ListKind, RiskLevel};
use riskgate_ports::Intel;

fn feeds(texts: &[&str]) -> Feeds {
    let feeds = texts.iter().map(|text| toml::from_str::<FeedConfig>(text).unwrap()).collect();
    let settings = FeedSettings { built_in: false, feeds, cache_dir: None };
    let (feeds, warnings) = Feeds::load(settings, clock(NOW));
    assert_eq!(warnings, []);
    feeds
}

fn hits(feeds: &Feeds, address: &str, moment: &str) -> Vec<ListHit> {
    feeds.network(address.parse().unwrap(), at(moment)).list_hits
}

fn kinds(feeds: &Feeds, address: &str) -> Vec<ListKind> {
    hits(feeds, address, NOW).iter().map(|hit| hit.kind).collect()
}

fn from_file(name: &str, kind: &str, format: &str, file: &str) -> String {
    let path = data(file);
    format!("name='{name}'\nkind='{kind}'\nformat='{format}'\nfile='{}'", path.display())
}

#[test]
fn a_watch_list_names_its_rule_its_entry_and_its_version_until_it_expires() {
    let feeds = feeds(&[
        "name='group-a'\nkind='nation-state'\nentries=['203.0.113.0/24']\n\
         rule={id='NS-7',author='SOC',expires_at='2026-12-01T00:00:00Z'}",
        "name='cases'\nkind='threat-intelligence'\nentries=['203.0.113.9','2001:db8:7::/48']\n\
         rule={id='TI-2',author='Anna',level='low'}",
    ]);
    let found = hits(&feeds, "203.0.113.9", NOW);
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].source.as_str(), found[0].kind), ("group-a", ListKind::NationState));
    assert_eq!(found[0].entry, "203.0.113.0/24");
    let rule = found[0].rule.as_ref().unwrap();
    assert_eq!((rule.id.as_str(), rule.author.as_str(), rule.level), ("NS-7", "SOC", RiskLevel::High));
    assert_eq!(found[1].rule.as_ref().unwrap().level, RiskLevel::Low);
    let facts = feeds.network("203.0.113.9".parse().unwrap(), at(NOW));
    assert_eq!(facts.anonymizer, None);
    assert!(facts.sources.iter().all(|source| source.version.len() == 16 && source.as_of == at(NOW)));

    assert_eq!(hits(&feeds, "203.0.113.9", "2026-11-30T23:59:59Z").len(), 2);
    let after: Vec<_> = hits(&feeds, "203.0.113.9", "2026-12-01T00:00:00Z");
    assert_eq!(after.iter().map(|hit| hit.source.as_str()).collect::<Vec<_>>(), ["cases"]);
    assert_eq!(kinds(&feeds, "2001:db8:7::1"), [ListKind::ThreatIntelligence]);
    assert_eq!(kinds(&feeds, "2001:db8:8::1"), []);
}

#[test]
fn a_watch_list_names_network_owners_and_user_agents() {
    let feeds = feeds(&[
        "name='agents'\nkind='threat-intelligence'\nentries=['203.0.113.9']\nuser_agents=['*sqlmap*','python-requests/*']\n\
         rule={id='TI-3',author='SOC',level='high'}",
    ]);
    let named = |agent: &str| feeds.client(Some(agent)).list_hits;
    let [hit] = named("SQLmap/1.7").try_into().unwrap();
    assert_eq!((hit.source.as_str(), hit.entry.as_str()), ("agents", "*sqlmap*"));
    assert_eq!(hit.rule.unwrap().id, "TI-3");
    assert_eq!(named("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), []);
    assert_eq!(feeds.client(None).list_hits, []);
    assert_eq!(feeds.status()[0].entries, Some(3));
    assert_eq!(kinds(&feeds, "203.0.113.9"), [ListKind::ThreatIntelligence]);
}

#[test]
fn a_watch_list_names_a_network_owner_until_it_expires() {
    let owners = from_file("owners", "network-owner", "mmdb", "GeoLite2-ASN-Test.mmdb");
    let watched = "name='asn'\nkind='nation-state'\nautonomous_systems=[1221]\n\
                   rule={id='NS-9',author='SOC',expires_at='2026-12-01T00:00:00Z'}";
    let feeds = feeds(&[&owners, watched]);
    let [hit] = hits(&feeds, "1.128.0.1", NOW).try_into().unwrap();
    assert_eq!((hit.kind, hit.entry.as_str()), (ListKind::NationState, "AS1221"));
    assert_eq!(hits(&feeds, "1.128.0.1", "2026-12-01T00:00:00Z"), []);
    assert_eq!(hits(&feeds, "203.0.113.9", NOW), []);
}

#[tokio::test]
async fn the_status_shows_rules_and_entries_of_the_configuration_are_never_due() {
    let text = "name='old'\nkind='threat-intelligence'\nentries=['203.0.113.9']\n\
                rule={id='TI-2',author='Anna',level='high',expires_at='2026-01-01T00:00:00Z'}";
    let feeds = feeds(&[text]);
    let status = feeds.status().remove(0);
    assert!(status.is_expired);
    assert_eq!((status.from.as_str(), status.entries), ("the configuration", Some(1)));
    assert_eq!(status.rule.unwrap().id, "TI-2");
    assert_eq!(feeds.next_due(), None);
    assert_eq!(feeds.update(None).await[0].outcome, Outcome::Unchanged);
    assert_eq!(kinds(&feeds, "203.0.113.9"), []);
}

#[test]
fn reputation_lists_of_every_format_are_no_anonymisers_and_yield_to_what_is_harmless() {
    let texts = [
        from_file("level1", "malicious", "firehol", "firehol.netset"),
        from_file("drop", "malicious", "spamhaus-drop", "spamhaus-drop.json"),
        from_file("cases", "malicious", "misp-event", "misp-event.json"),
        from_file("harmless", "benign", "misp-warning-list", "misp-warning-list.json"),
    ];
    let feeds = feeds(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let sources = |address: &str| {
        let facts = feeds.network(address.parse().unwrap(), at(NOW));
        assert_eq!(facts.anonymizer, None, "{address}");
        facts.list_hits.into_iter().map(|hit| (hit.source, hit.kind)).collect::<Vec<_>>()
    };
    let is = |source: &str, kind| (source.to_owned(), kind);
    use ListKind::{Benign, Malicious};
    assert_eq!(
        sources("198.51.100.7"),
        [is("level1", Malicious), is("drop", Malicious), is("cases", Malicious)]
    );
    assert_eq!(sources("2001:db8:e480::1"), [is("drop", Malicious)]);
    // The event has the whole /24, the warning list the first quarter of it.
    assert_eq!(sources("203.0.113.63"), [is("harmless", Benign)]);
    assert_eq!(sources("203.0.113.64"), [is("cases", Malicious)]);
    assert_eq!(sources("203.0.113.128"), [is("level1", Malicious), is("cases", Malicious)]);
    let age =
        |name: &str| feeds.status().into_iter().find(|status| status.name == name).unwrap().as_of.unwrap();
    assert_eq!(age("level1"), at("2026-08-11T14:21:04Z"));
    assert_eq!(age("drop"), at("2026-08-11T14:00:42Z"));
    assert_eq!(age("cases"), at("2026-08-11T14:00:43Z"));
}

#[test]
fn onionoo_tells_exits_of_both_families() {
    let text = from_file("exits", "tor", "onionoo", "onionoo-details.json");
    let feeds = feeds(&[&text]);
    for address in ["198.51.100.24", "2001:db8:17::23", "203.0.113.90"] {
        let facts = feeds.network(address.parse().unwrap(), at(NOW));
        assert_eq!(facts.anonymizer, Some(riskgate_model::AnonymizerKind::Tor), "{address}");
    }
    assert_eq!(kinds(&feeds, "203.0.113.89"), []);
}

/// Each format: a good answer is used and kept, whatever comes after.
#[tokio::test]
async fn the_last_good_list_of_every_format_stays_when_the_server_lies() {
    let of = |file: &str| std::fs::read_to_string(data(file)).unwrap();
    for (kind, format, file, address) in [
        (FeedKind::Tor, FeedFormat::Onionoo, "onionoo-details.json", "198.51.100.24"),
        (FeedKind::Malicious, FeedFormat::Firehol, "firehol.netset", "198.51.100.7"),
        (FeedKind::Malicious, FeedFormat::SpamhausDrop, "spamhaus-drop.json", "192.0.2.1"),
        (FeedKind::Malicious, FeedFormat::MispEvent, "misp-event.json", "192.0.2.9"),
        (FeedKind::Benign, FeedFormat::MispWarningList, "misp-warning-list.json", "203.0.113.1"),
    ] {
        let (script, url) = start().await;
        let directory = tempfile::tempdir().unwrap();
        let (feeds, _) = load(&url, kind, format, Some(directory.path()), &clock(NOW));
        let good = of(file);
        script.say(Answer { etag: Some("\"one\""), ..list(good.clone()) });
        assert!(matches!(update(&feeds).await, Outcome::Updated { not_saved: None, .. }), "{format:?}");
        assert_eq!(update(&feeds).await, Outcome::Unchanged);
        let half = good[..good.len() * 2 / 3].to_owned();
        for wrong in [half, "<html>".to_owned(), String::new(), "[".repeat(1 << 20), "{}".to_owned()] {
            script.say(list(wrong));
            let error = failure(&feeds).await;
            assert_eq!(kinds(&feeds, address).len(), 1, "{format:?}: {error}");
        }
        let (restarted, warnings) = load(&url, kind, format, Some(directory.path()), &clock(NOW));
        assert_eq!(warnings, []);
        assert_eq!(kinds(&restarted, address).len(), 1, "{format:?}");
    }
}

/// A file of the largest allowed size and the most lines is read within memory and time that a server can spare.
#[tokio::test]
async fn a_list_beyond_its_bounds_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("big.json");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len((16 << 20) + 1).unwrap();
    let warning = |format: &str, path: &Path| {
        let text = format!("name='big'\nkind='malicious'\nformat='{format}'\nfile='{}'", path.display());
        let config = toml::from_str(&text).unwrap();
        let settings = FeedSettings { built_in: false, feeds: vec![config], cache_dir: None };
        Feeds::load(settings, clock(NOW) as Arc<dyn riskgate_core::Clock>).1.remove(0).message
    };
    assert!(warning("misp-event", &path).contains("larger than the 16777216 bytes"));
    file.set_len((64 << 20) + 1).unwrap();
    assert!(warning("firehol", &path).contains("larger than the 67108864 bytes"));
    std::fs::write(&path, "\n".repeat(2_000_001)).unwrap();
    assert!(warning("spamhaus-drop", &path).contains("more than 2000000 lines"));
}
