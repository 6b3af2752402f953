//! Feeds over HTTP: conditional requests, answers that lie, dates.

use std::sync::atomic::Ordering;

use crate::common::server::{Answer, NOW, failure, kind, list, start, start_raw, update, vpn};
use crate::common::{DAY, at, clock, url_feed};
use riskgate_intel::{FeedFormat, FeedKind, FeedSettings, Feeds, Outcome};
use riskgate_model::AnonymizerKind;
use tokio::net::TcpListener;

#[tokio::test]
async fn a_fetched_list_is_used_and_asked_for_conditionally_afterwards() {
    let (script, url) = start().await;
    let clock = clock(NOW);
    let (feeds, _) = vpn(&url, None, &clock);
    assert_eq!(kind(&feeds, "2.26.157.1"), None);
    script.say(Answer { etag: Some("\"one\""), ..list("2.26.157.0/24\n") });
    assert!(matches!(update(&feeds).await, Outcome::Updated { entries: Some(1), not_saved: None, .. }));
    assert_eq!(kind(&feeds, "2.26.157.1"), Some(AnonymizerKind::Vpn));
    assert_eq!(script.conditional.load(Ordering::SeqCst), 0);

    clock.advance(DAY);
    assert_eq!(update(&feeds).await, Outcome::Unchanged);
    assert_eq!(script.conditional.load(Ordering::SeqCst), 1);
    let status = feeds.status().remove(0);
    assert_eq!(status.as_of, Some(at("2026-11-24T10:00:00Z")), "the server confirmed it a day later");
    assert_eq!(status.last_error, None);

    script.say(Answer { etag: Some("\"two\""), ..list("5.45.38.0/24\n") });
    assert!(matches!(update(&feeds).await, Outcome::Updated { .. }));
    assert_eq!(kind(&feeds, "2.26.157.1"), None);
    assert_eq!(kind(&feeds, "5.45.38.1"), Some(AnonymizerKind::Vpn));
}

#[tokio::test]
async fn the_servers_date_tells_how_old_a_list_is() {
    let (script, url) = start().await;
    let clock = clock(NOW);
    let (feeds, _) = vpn(&url, None, &clock);
    script.say(Answer { last_modified: Some("Fri, 20 Nov 2026 10:00:00 GMT"), ..list("2.26.157.0/24\n") });
    update(&feeds).await;
    let status = feeds.status().remove(0);
    assert_eq!(status.age_seconds, Some(3 * 86_400));
    assert!(status.is_stale, "older than the two days of the feed");
}

#[tokio::test]
async fn whatever_the_server_does_wrong_the_old_list_stays() {
    let (script, url) = start().await;
    let (feeds, _) = vpn(&url, None, &clock(NOW));
    script.say(list((0..100).map(|n| format!("2.26.{n}.0/24\n")).collect::<String>()));
    update(&feeds).await;
    for (answer, reason) in [
        (Answer { status: 500, ..list("") }, "status 500"),
        (Answer { status: 404, ..list("<html>") }, "status 404"),
        (Answer { status: 304, ..list("") }, "status 304"),
        (
            list("<!doctype html>\n<p>Service unavailable</p>\n"),
            "line 1 ('<!doctype html>'): not an IP address",
        ),
        (list("0.0.0.0/0\n"), "the prefix is wider than /8"),
        (list(""), "no entries"),
        (list("2.26.1.0/24\n2.26.2.0/24\n"), "shrunk from 100 to 2"),
        (
            Answer { status: 302, location: Some("https://127.0.0.1:1/".to_owned()), ..list("") },
            "another scheme",
        ),
        (Answer { status: 302, location: Some(url.clone()), ..list("") }, "too many redirects"),
    ] {
        script.say(answer);
        let error = failure(&feeds).await;
        assert!(error.contains(reason), "{reason}: {error}");
        assert_eq!(kind(&feeds, "2.26.99.1"), Some(AnonymizerKind::Vpn));
        assert_eq!(feeds.status()[0].last_error.as_deref(), Some(error.as_str()));
    }
    script.say(list((0..99).map(|n| format!("2.26.{n}.0/24\n")).collect::<String>()));
    assert!(matches!(update(&feeds).await, Outcome::Updated { .. }));
    assert_eq!(feeds.status()[0].last_error, None);
}

#[tokio::test]
async fn a_list_that_stays_small_is_accepted_once_the_old_one_is_stale() {
    let (script, url) = start().await;
    let clock = clock(NOW);
    let (feeds, _) = vpn(&url, None, &clock);
    script.say(list((0..100).map(|n| format!("2.26.{n}.0/24\n")).collect::<String>()));
    update(&feeds).await;
    script.say(list("2.26.1.0/24\n"));
    assert!(failure(&feeds).await.contains("shrunk"));
    clock.advance(3 * DAY);
    assert!(matches!(update(&feeds).await, Outcome::Updated { entries: Some(1), .. }));
}

#[tokio::test]
async fn half_a_body_is_no_list() {
    let raw =
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\n2.26.157.0/24\n2.26.158.0/24\n";
    let address = start_raw(raw).await;
    let (feeds, _) = vpn(&format!("http://{address}/"), None, &clock(NOW));
    assert!(failure(&feeds).await.starts_with("the request failed"));
    assert_eq!(kind(&feeds, "2.26.157.1"), None);
}

#[tokio::test]
async fn a_body_that_claims_to_be_huge_is_not_read() {
    let raw = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n2.26.157.0/24\n";
    let address = start_raw(raw).await;
    let (feeds, _) = vpn(&format!("http://{address}/"), None, &clock(NOW));
    assert!(failure(&feeds).await.contains("larger than"));
}

#[tokio::test]
async fn an_error_does_not_tell_the_licence_key_in_the_address() {
    let address = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let (feeds, _) = vpn(&format!("http://user:word@{address}/list?licence_key=secret"), None, &clock(NOW));
    let error = failure(&feeds).await;
    let shown = format!("{error} {:?}", feeds.status());
    assert!(!shown.contains("secret") && !shown.contains("word"), "{shown}");
}

#[tokio::test]
async fn a_feed_with_the_name_of_a_built_in_source_takes_over_when_it_has_content() {
    let (script, url) = start().await;
    let settings = FeedSettings {
        feeds: vec![url_feed("vpn-ipv4", FeedKind::Vpn, FeedFormat::CidrList, &url)],
        ..FeedSettings::default()
    };
    let (feeds, warnings) = Feeds::load(settings, clock(NOW));
    assert_eq!(warnings, []);
    let row = || feeds.status().into_iter().find(|status| status.name == "vpn-ipv4").unwrap();
    assert_eq!((row().from.as_str(), row().entries), ("built in", Some(10_862)));
    assert_eq!(kind(&feeds, "2.26.157.1"), Some(AnonymizerKind::Vpn));
    script.say(list("5.45.38.0/24\n"));
    feeds.update(Some("vpn-ipv4")).await;
    assert_eq!((row().from, row().entries), (url, Some(1)));
    assert_eq!(kind(&feeds, "2.26.157.1"), None);
}

#[tokio::test]
async fn feeds_are_due_by_their_clock_and_sooner_after_a_failure() {
    let (script, url) = start().await;
    let clock = clock(NOW);
    let (feeds, _) = vpn(&url, None, &clock);
    assert!(feeds.next_due().unwrap() < at(NOW), "never fetched");
    script.say(list("2.26.157.0/24\n"));
    assert_eq!(feeds.update_due().await.len(), 1);
    assert_eq!(feeds.next_due(), Some(at("2026-11-23T11:00:00Z")));
    assert_eq!(feeds.update_due().await, []);
    clock.set(at("2026-11-23T11:00:00Z"));
    script.say(Answer { status: 500, ..list("") });
    assert_eq!(feeds.update_due().await.len(), 1);
    assert_eq!(feeds.next_due(), Some(at("2026-11-23T11:15:00Z")));
}
