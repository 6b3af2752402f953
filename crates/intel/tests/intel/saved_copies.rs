//! What fetched feeds leave on disk, and what a restart makes of it.

use std::sync::atomic::Ordering;

use crate::common::server::{Answer, NOW, kind, list, load, start, update, vpn};
use crate::common::{DAY, at, clock};
use riskgate_intel::{FeedFormat, FeedKind, Outcome};
use riskgate_model::AnonymizerKind;
use riskgate_ports::Intel;

#[tokio::test]
async fn a_restart_has_the_last_good_copy_and_asks_conditionally() {
    let (script, url) = start().await;
    let directory = tempfile::tempdir().unwrap();
    let clock = clock(NOW);
    let (feeds, _) = vpn(&url, Some(directory.path()), &clock);
    script.say(Answer { etag: Some("\"one\""), ..list("2.26.157.0/24\n") });
    update(&feeds).await;
    let before = feeds.status().remove(0);
    drop(feeds);

    let (feeds, warnings) = vpn(&url, Some(directory.path()), &clock);
    assert_eq!(warnings, []);
    assert_eq!(kind(&feeds, "2.26.157.1"), Some(AnonymizerKind::Vpn));
    let after = feeds.status().remove(0);
    assert_eq!((after.version, after.as_of, after.licence), (before.version, before.as_of, before.licence));
    assert_eq!(update(&feeds).await, Outcome::Unchanged);
    assert_eq!(script.conditional.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_new_version_replaces_the_copy_on_disk() {
    let (script, url) = start().await;
    let directory = tempfile::tempdir().unwrap();
    let (feeds, _) = vpn(&url, Some(directory.path()), &clock(NOW));
    for body in ["2.26.157.0/24\n", "2.26.158.0/24\n"] {
        script.say(list(body));
        update(&feeds).await;
    }
    let mut names: Vec<_> = std::fs::read_dir(directory.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names[0].ends_with(".data") && names[1] == "list.json");
    let (feeds, _) = vpn(&url, Some(directory.path()), &clock(NOW));
    assert_eq!(kind(&feeds, "2.26.158.1"), Some(AnonymizerKind::Vpn));
}

#[tokio::test]
async fn a_damaged_copy_is_a_warning_and_is_fetched_again() {
    let (script, url) = start().await;
    let directory = tempfile::tempdir().unwrap();
    script.say(Answer { etag: Some("\"one\""), ..list("2.26.157.0/24\n") });
    update(&vpn(&url, Some(directory.path()), &clock(NOW)).0).await;
    for entry in std::fs::read_dir(directory.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "data") {
            std::fs::write(path, "9.9.9.0/24\n").unwrap();
        }
    }
    let (feeds, warnings) = vpn(&url, Some(directory.path()), &clock(NOW));
    assert!(warnings[0].message.contains("does not have the digest"), "{warnings:?}");
    assert_eq!(kind(&feeds, "9.9.9.1"), None);
    assert!(matches!(update(&feeds).await, Outcome::Updated { .. }));
    assert_eq!(kind(&feeds, "2.26.157.1"), Some(AnonymizerKind::Vpn));

    std::fs::write(directory.path().join("list.json"), "{").unwrap();
    let (_, warnings) = vpn(&url, Some(directory.path()), &clock(NOW));
    assert!(warnings[0].message.contains("the note of the saved copy"), "{warnings:?}");
}

#[tokio::test]
async fn the_copy_of_another_address_is_not_used() {
    let (script, url) = start().await;
    let directory = tempfile::tempdir().unwrap();
    script.say(list("2.26.157.0/24\n"));
    update(&vpn(&url, Some(directory.path()), &clock(NOW)).0).await;
    let (feeds, warnings) = vpn(&format!("{url}-other"), Some(directory.path()), &clock(NOW));
    assert_eq!(warnings, []);
    assert_eq!(kind(&feeds, "2.26.157.1"), None);
}

#[tokio::test]
async fn a_copy_that_cannot_be_saved_is_used_all_the_same() {
    let (script, url) = start().await;
    let directory = tempfile::tempdir().unwrap();
    let occupied = directory.path().join("file");
    std::fs::write(&occupied, "").unwrap();
    let (feeds, _) = vpn(&url, Some(&occupied), &clock(NOW));
    script.say(list("2.26.157.0/24\n"));
    assert!(matches!(update(&feeds).await, Outcome::Updated { not_saved: Some(_), .. }));
    assert_eq!(kind(&feeds, "2.26.157.1"), Some(AnonymizerKind::Vpn));
    assert!(feeds.status()[0].last_error.as_ref().unwrap().contains("not saved"));
}

#[tokio::test]
async fn an_exit_that_a_newer_list_omits_counts_for_a_year_also_after_a_restart() {
    let (script, url) = start().await;
    let directory = tempfile::tempdir().unwrap();
    let clock = clock(NOW);
    let tor = || load(&url, FeedKind::Tor, FeedFormat::TorBulkList, Some(directory.path()), &clock).0;
    let feeds = tor();
    script.say(list("2.56.10.36\n5.2.67.226\n"));
    update(&feeds).await;
    clock.advance(DAY);
    script.say(list("5.2.67.226\n5.2.79.190\n"));
    update(&feeds).await;
    drop(feeds);
    let feeds = tor();
    let hit = |moment: &str| {
        feeds.network("2.56.10.36".parse().unwrap(), at(moment)).list_hits.first().map(|hit| hit.last_seen)
    };
    assert_eq!(hit("2026-11-24T10:00:00Z"), Some(Some(at(NOW))));
    assert_eq!(hit("2027-11-23T10:00:00Z"), Some(Some(at(NOW))));
    assert_eq!(hit("2027-11-23T10:00:01Z"), None);
    assert_eq!(feeds.status()[0].entries, Some(3));
}
