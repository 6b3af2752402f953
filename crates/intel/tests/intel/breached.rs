//! Passwords that are known from breaches: the filter built from the published corpus, and the service for ranges.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::common::{at, clock};
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response};
use riskgate_intel::{
    Breached, BreachedFilter, BreachedSettings, BuildBreachedError, BuiltFilter, build_breached_filter,
};
use riskgate_ports::BreachedPasswords;
use tokio::net::TcpListener;

const NOW: &str = "2026-11-23T10:00:00Z";

fn sha1(password: &str) -> String {
    let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes());
    hash.as_ref().iter().map(|byte| format!("{byte:02X}")).collect()
}

/// Passwords `secret-0` and so on as the published corpus has them; each was seen as often as its number says.
fn corpus(passwords: usize) -> String {
    let mut lines: Vec<_> =
        (0..passwords).map(|n| format!("{}:{n}\r\n", sha1(&format!("secret-{n}")))).collect();
    lines.sort();
    lines.concat()
}

fn build(corpus: &str, to: &Path, min_count: u64) -> Result<BuiltFilter, BuildBreachedError> {
    build_breached_filter(corpus.as_bytes(), to, min_count, at("2026-10-01T00:00:00Z"))
}

fn looked_up(filter_file: Option<&Path>, range_url: Option<&str>) -> Breached {
    let settings = BreachedSettings {
        filter_file: filter_file.map(Path::to_owned),
        range_url: range_url.map(|url| url.parse().unwrap()),
        timeout: Duration::from_secs(5),
    };
    Breached::load(settings, clock(NOW)).unwrap()
}

#[tokio::test]
async fn every_password_of_the_corpus_is_found_and_no_other() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("filter");
    let built = build(&corpus(5_000), &path, 1).unwrap();
    // `secret-0` was never seen.
    assert_eq!((built.lines, built.entries), (5_000, 4_999));
    assert_eq!(built.bytes, std::fs::metadata(&path).unwrap().len());
    let breached = looked_up(Some(&path), None);
    for n in 1..5_000 {
        assert!(breached.is_breached(&format!("secret-{n}").into()).await, "{n}");
    }
    for n in (0..1).chain(5_000..15_000) {
        assert!(!breached.is_breached(&format!("secret-{n}").into()).await, "{n}");
    }
    let status = breached.status(at(NOW)).remove(0);
    assert_eq!((status.entries, status.is_stale), (Some(4_999), false));
    assert_eq!(status.as_of, Some(at("2026-10-01T00:00:00Z")));
    assert!(breached.status(at("2027-10-02T00:00:00Z"))[0].is_stale);
}

#[test]
fn rare_passwords_can_be_left_out_and_a_new_filter_replaces_the_old_one_whole() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("filter");
    build(&corpus(100), &path, 1).unwrap();
    assert_eq!(build(&corpus(100), &path, 90).unwrap().entries, 10);
    assert_eq!(BreachedFilter::open(&path).unwrap().len(), 10);
    let damaged = format!("{}x\n", corpus(100));
    assert!(build(&damaged, &path, 1).is_err());
    assert_eq!(BreachedFilter::open(&path).unwrap().len(), 10, "the old one stays");
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1, "nothing is left behind");
}

#[test]
fn what_is_no_sorted_corpus_is_refused_with_its_line() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("filter");
    let one = "0000000000000000000000000000000000000001:3";
    for (text, reason) in [
        (String::new(), "there is no password in the file"),
        (format!("{one}\nshort:1\n"), "line 2 ('short:1'): shorter than a SHA-1"),
        (format!("{one}\n{}:1\n", "g".repeat(40)), "not 40 hexadecimal characters"),
        (format!("{one}\n{}:1\n", "8846F7EAEE8FB117AD06BDD830B7586C"), "shorter than a SHA-1"),
        (format!("{one}\n{}1\n", "F".repeat(40)), "there is no ':'"),
        (format!("{one}\n{}:many\n", "F".repeat(40)), "there is no number"),
        (format!("{one}\n{}:-1\n", "F".repeat(40)), "there is no number"),
        (
            format!("{}:1\n{one}\n", "F".repeat(40)),
            "line 2 ('0000000000000000000000000000000000000001:3'): it is less",
        ),
        ("\u{1b}[31m".repeat(1_000), "line 1 ('\\u{1b}[31m"),
        (format!("{}:0\n", "F".repeat(40)), "that was seen so often"),
    ] {
        let error = build(&text, &path, 1).unwrap_err().to_string();
        assert!(error.contains(reason), "{text:.60}: {error}");
        assert!(!path.exists());
    }
    let alike: String = (0..70_000).map(|n| format!("00000{n:08x}{}:1\n", "0".repeat(27))).collect();
    assert!(build(&alike, &path, 1).unwrap_err().to_string().contains("no list of SHA-1"));
}

#[test]
fn hashes_that_begin_alike_are_kept_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("filter");
    let alike: String = (0..5).map(|n| format!("{}{n}:1\n", "A".repeat(39))).collect();
    assert_eq!(build(&alike, &path, 1).unwrap().entries, 1);
}

#[tokio::test]
async fn a_file_that_is_no_sound_filter_is_shown_and_done_without() {
    let directory = tempfile::tempdir().unwrap();
    let good = directory.path().join("good");
    build(&corpus(100), &good, 1).unwrap();
    let bytes = std::fs::read(&good).unwrap();
    let path = directory.path().join("bad");
    let changed = |place: usize, value: u8| {
        let mut bytes = bytes.clone();
        bytes[place] = value;
        bytes
    };
    for (content, reason) in [
        (b"riskgate-breach1".to_vec(), "not a filter"),
        (changed(0, b'x'), "not a filter"),
        (changed(15, b'2'), "not a filter"),
        (changed(16, 77), "its index is not in order"),
        (changed(64, 1), "its index is not in order"),
        (changed(64 + 4_000_000, 0xFF), "its index is not in order"),
        (bytes[..bytes.len() - 1].to_vec(), "not as long as its index says"),
        ([bytes.clone(), vec![0; 4]].concat(), "not as long as its index says"),
    ] {
        std::fs::write(&path, content).unwrap();
        let breached = looked_up(Some(&path), None);
        assert!(!breached.is_breached(&"secret-7".into()).await);
        let status = breached.status(at(NOW)).remove(0);
        assert!(status.is_stale);
        let error = status.last_error.unwrap();
        assert!(error.contains(reason), "{reason}: {error}");
    }
    let missing = looked_up(Some(&directory.path().join("none")), None);
    assert!(missing.status(at(NOW))[0].last_error.as_ref().unwrap().contains("cannot be read"));
    assert!(looked_up(Some(directory.path()), None).status(at(NOW))[0].last_error.is_some());
}

/// A service that lists `secret-1`, pads with `secret-2`, and notes what it was asked.
#[derive(Clone, Default)]
struct Service {
    asked: Arc<Mutex<Vec<(String, bool)>>>,
    answer: Arc<Mutex<Option<(u16, String)>>>,
}

async fn serve(State(service): State<Service>, request: Request<Body>) -> Response<Body> {
    let is_padded = request.headers().get("add-padding").is_some_and(|value| value == "true");
    service.asked.lock().unwrap().push((request.uri().to_string(), is_padded));
    if let Some((status, body)) = service.answer.lock().unwrap().clone() {
        return Response::builder().status(status).body(Body::from(body)).unwrap();
    }
    let range = request.uri().path().rsplit('/').next().unwrap().to_owned();
    let mut lines = format!("{}:7\r\n", "0".repeat(35));
    for (password, count) in [("secret-1", 42), ("secret-2", 0)] {
        if let Some(rest) = sha1(password).strip_prefix(&range) {
            lines.push_str(&format!("{rest}:{count}\r\n"));
        }
    }
    Response::new(Body::from(lines))
}

async fn start() -> (Service, String) {
    let service = Service::default();
    let app = axum::Router::new().fallback(serve).with_state(service.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (service, format!("http://{address}/range/"))
}

#[tokio::test]
async fn the_service_learns_five_characters_and_padding_is_no_hit() {
    let (service, url) = start().await;
    let breached = looked_up(None, Some(&url));
    assert!(breached.is_breached(&"secret-1".into()).await);
    assert!(!breached.is_breached(&"secret-2".into()).await);
    assert!(!breached.is_breached(&"secret-3".into()).await);
    let expected: Vec<_> = ["secret-1", "secret-2", "secret-3"]
        .iter()
        .map(|password| (format!("/range/{}", &sha1(password)[..5]), true))
        .collect();
    assert_eq!(*service.asked.lock().unwrap(), expected);
    let status = breached.status(at(NOW)).remove(0);
    assert_eq!((status.name, status.from), ("breached-passwords-online", url));
}

#[tokio::test]
async fn what_is_in_the_file_is_not_asked_for() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("filter");
    build(&corpus(10), &path, 1).unwrap();
    let (service, url) = start().await;
    let breached = looked_up(Some(&path), Some(&url));
    assert!(breached.is_breached(&"secret-9".into()).await);
    assert_eq!(service.asked.lock().unwrap().len(), 0);
    assert!(!breached.is_breached(&"secret-10".into()).await);
    assert_eq!(service.asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_service_that_fails_is_left_alone_for_a_minute() {
    let (service, url) = start().await;
    for (status, body) in [
        (500, String::new()),
        (200, "<html>".to_owned()),
        (200, String::new()),
        (200, "0".repeat(600 << 10)),
        (302, String::new()),
    ] {
        let settings = BreachedSettings {
            filter_file: None,
            range_url: Some(url.parse().unwrap()),
            timeout: Duration::from_secs(5),
        };
        let clock = clock(NOW);
        let breached = Breached::load(settings, clock.clone()).unwrap();
        service.asked.lock().unwrap().clear();
        *service.answer.lock().unwrap() = Some((status, body));
        assert!(!breached.is_breached(&"secret-1".into()).await);
        *service.answer.lock().unwrap() = None;
        clock.advance(Duration::from_secs(59));
        assert!(!breached.is_breached(&"secret-1".into()).await);
        assert_eq!(service.asked.lock().unwrap().len(), 1, "{status}");
        clock.advance(Duration::from_secs(1));
        assert!(breached.is_breached(&"secret-1".into()).await);
    }
}

#[tokio::test]
async fn a_service_that_does_not_answer_costs_its_timeout_and_no_more() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/range/", listener.local_addr().unwrap());
    let settings = BreachedSettings {
        filter_file: None,
        range_url: Some(url.parse().unwrap()),
        timeout: Duration::from_millis(100),
    };
    let breached = Breached::load(settings, clock(NOW)).unwrap();
    // Connections are taken in by the system and never answered.
    assert!(!breached.is_breached(&"secret-1".into()).await);
    assert!(!breached.is_breached(&"secret-1".into()).await);
    let taken = tokio::time::timeout(Duration::from_secs(5), listener.accept()).await;
    assert!(taken.is_ok(), "it was asked once");
}

#[test]
fn nothing_is_looked_up_unless_it_is_configured() {
    let settings = BreachedSettings { filter_file: None, range_url: None, timeout: Duration::from_secs(1) };
    assert!(Breached::load(settings, clock(NOW)).is_none());
}
