//! A push service of the test's own: what it gets over HTTP, and what the browser behind it reads.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use riskgate_core::{Clock, ManualClock, SystemRng};
use riskgate_outbound::OutboundSettings;
use riskgate_ports::{Push, PushMessage, PushOutcome, PushSubscription};
use riskgate_push::{PushSettings, WebPush};
use riskgate_testkit::push::{Browser, PushService, coordinates};
use serde_json::Value as Json;

const CONTACT: &str = "mailto:security@contoso.com";

fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::new("2026-11-23T09:00:00Z".parse().unwrap()))
}

fn web_push(secret: u8, private_networks: &[&str]) -> WebPush {
    let outbound = OutboundSettings {
        private_networks: private_networks.iter().map(|network| network.parse().unwrap()).collect(),
        allow_plain_http: true,
        authorities: None,
        timeout: Duration::from_millis(500),
    };
    let settings = PushSettings { contact: CONTACT.to_owned(), outbound };
    WebPush::new(settings, &[secret; 32], clock(), Arc::new(SystemRng)).unwrap()
}

fn message() -> PushMessage {
    PushMessage { text: br#"{"request":"r1"}"#.to_vec(), lifetime: Duration::from_secs(60) }
}

#[tokio::test]
async fn rfc_8291_only_the_browser_that_subscribed_reads_what_is_sent() {
    let (mut service, browser) = (PushService::start(StatusCode::CREATED).await, Browser::new());
    let push = web_push(7, &["127.0.0.0/8"]);
    let subscription = browser.subscription(&service.address("/send/abc"));
    assert!(push.takes(&subscription));
    assert_eq!(push.send(&subscription, &message()).await, PushOutcome::Accepted);
    let got = service.next().await;
    assert_eq!(browser.read(&got.body).as_deref(), Some(&*message().text));
    assert!(!got.body.windows(7).any(|window| window == b"request"), "nobody on the way reads it");
    assert_eq!(Browser::new().read(&got.body), None, "nor does another browser");
    assert_eq!((got.path.as_str(), got.header("content-encoding")), ("/send/abc", "aes128gcm"));
    assert_eq!((got.header("ttl"), got.header("urgency")), ("60", "high"));
    assert_eq!(push.send(&subscription, &message()).await, PushOutcome::Accepted);
    assert_ne!(service.next().await.body, got.body, "salt and key are fresh");
}

#[tokio::test]
async fn rfc_8292_the_push_service_learns_who_sends() {
    let (mut service, browser) = (PushService::start(StatusCode::CREATED).await, Browser::new());
    let push = web_push(7, &["127.0.0.0/8"]);
    push.send(&browser.subscription(&service.address("/send")), &message()).await;
    let authorization = service.next().await.header("authorization").to_owned();
    let (token, key) = authorization.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    assert_eq!(key, push.public_key());
    let mut rules = Validation::new(Algorithm::ES256);
    rules.set_audience(&[service.address("")]);
    rules.validate_exp = false;
    let (x, y) = coordinates(key);
    let claims =
        decode::<Json>(token, &DecodingKey::from_ec_components(&x, &y).unwrap(), &rules).unwrap().claims;
    assert_eq!(claims["sub"], CONTACT);
    let seconds = claims["exp"].as_i64().unwrap() - clock().now().as_seconds();
    assert!((1..=24 * 60 * 60).contains(&seconds), "{seconds}");
    assert_eq!(web_push(7, &[]).public_key(), key, "the key stays the same");
    assert_ne!(web_push(8, &[]).public_key(), key);
}

#[tokio::test]
async fn rfc_8030_7_3_a_subscription_that_has_ended_is_told_from_a_failure() {
    let browser = Browser::new();
    let push = web_push(7, &["127.0.0.0/8"]);
    for (status, is_gone) in [
        (StatusCode::GONE, true),
        (StatusCode::NOT_FOUND, true),
        (StatusCode::TOO_MANY_REQUESTS, false),
        (StatusCode::INTERNAL_SERVER_ERROR, false),
    ] {
        let service = PushService::start(status).await;
        let outcome = push.send(&browser.subscription(&service.address("/send")), &message()).await;
        assert_eq!(outcome == PushOutcome::Gone, is_gone, "{status} {outcome:?}");
        assert!(matches!(outcome, PushOutcome::Gone | PushOutcome::Failed(_)));
    }
}

#[tokio::test]
async fn an_address_of_the_own_network_is_never_spoken_to() {
    let (service, browser) = (PushService::start(StatusCode::CREATED).await, Browser::new());
    let push = web_push(7, &[]);
    let port = service.port();
    for address in [
        service.address("/send"),
        format!("https://127.0.0.1:{port}/send"),
        format!("https://[::ffff:127.0.0.1]:{port}/send"),
        "https://169.254.169.254/latest".to_owned(),
        "https://user:secret@push.example.net/send".to_owned(),
        "ftp://push.example.net/send".to_owned(),
    ] {
        let subscription = browser.subscription(&address);
        assert!(!push.takes(&subscription), "{address}");
        assert_eq!(push.send(&subscription, &message()).await, PushOutcome::Gone);
    }
    // A name is looked up when it is connected to, so that it cannot lead elsewhere afterwards.
    let named = browser.subscription(&format!("https://localhost:{port}/send"));
    assert!(matches!(push.send(&named, &message()).await, PushOutcome::Failed(_)));
    assert!(service.is_idle());
}

#[tokio::test]
async fn redirects_floods_and_silence_end_in_a_failure() {
    let (inside, browser) = (PushService::start(StatusCode::CREATED).await, Browser::new());
    let push = web_push(7, &["127.0.0.0/8"]);
    let service = PushService::start(StatusCode::CREATED).await;
    for path in
        [format!("/redirect?to={}", inside.address("/send")), "/flood".to_owned(), "/silence".to_owned()]
    {
        let outcome = push.send(&browser.subscription(&service.address(&path)), &message()).await;
        assert!(matches!(outcome, PushOutcome::Failed(_)), "{path} {outcome:?}");
    }
    assert!(inside.is_idle());
}

#[tokio::test]
async fn what_is_no_subscription_is_not_taken() {
    let browser = Browser::new();
    let push = web_push(7, &[]);
    let good = browser.subscription("https://push.example.net/send");
    assert!(push.takes(&good));
    let mut without_key: PushSubscription = good.clone();
    without_key.keys.p256dh = "AAAA".to_owned();
    let mut without_secret = good;
    without_secret.keys.auth = String::new();
    assert!(!push.takes(&without_key) && !push.takes(&without_secret));
}
