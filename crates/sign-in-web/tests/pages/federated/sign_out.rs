//! Signing out here and there.

use riskgate_directory::Actor;
use riskgate_store::records::{IdentityProvider, Session, SignOutTarget};
use serde_json::{Value as Json, json};

use super::upstream::{CLIENT, Upstream};
use super::visit::{Asked, sign_in};
use crate::browser::{Browser, Page};
use crate::world::{BASE_URL, MINUTE, World};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
const SIGNED_OUT: (u16, &str) = (200, "You are signed out");

async fn world() -> (World, Upstream, String) {
    let (world, upstream) = (World::new().await, Upstream::start().await);
    upstream.metadata("end_session_endpoint", json!(format!("{}/logout?tenant=1", upstream.issuer)));
    let provider = upstream.register(&world, |_| {}).await;
    let alice = world.person("alice").await;
    let record = world.load::<IdentityProvider>(&provider).await.unwrap().provider;
    world.federation.link(&Actor::command_line(), &record, "sub-1", &alice).await.unwrap();
    (world, upstream, provider)
}

/// A browser in which the person came through the provider, where the session has this name.
async fn signed_in<'a>(world: &'a World, upstream: &Upstream, provider: &str, sid: &str) -> Browser<'a> {
    let mut browser = Browser::new(world);
    let answer = sign_in(&mut browser, world, upstream, provider, |claims| claims["sid"] = json!(sid)).await;
    assert_eq!(answer.location(), "/security-info", "{answer:?}");
    browser
}

#[tokio::test]
async fn rp_initiated_logout_2_who_came_through_a_provider_signs_out_there_too() {
    let (world, upstream, provider) = world().await;
    let mut browser = signed_in(&world, &upstream, &provider, "sid-1").await;
    let page = browser.get("/signin/logout").await;
    assert!(page.header("content-security-policy").contains(&upstream.issuer), "the form may lead there");
    let leaving = browser.submit("/signin/logout", &page, &[]).await;
    assert!(world.all::<Session>().await.is_empty(), "nothing is left here, whatever happens there");
    assert!(leaving.location().starts_with(&format!("{}/logout?tenant=1&", upstream.issuer)), "{leaving:?}");
    let asked = Asked::of(leaving.location());
    assert_eq!(asked.get("client_id"), CLIENT);
    let back = asked.get("post_logout_redirect_uri").strip_prefix(BASE_URL).unwrap().to_owned();
    assert_eq!(back, format!("/signin/federated/{provider}"));
    let end = browser.get(&format!("{back}?state={}", asked.get("state"))).await;
    assert_eq!(end.heading(), SIGNED_OUT);
}

#[tokio::test]
async fn rp_initiated_logout_3_the_browser_goes_on_to_where_the_application_wanted() {
    let (world, upstream, provider) = world().await;
    let mut browser = signed_in(&world, &upstream, &provider, "sid-1").await;
    let session_id = world.all::<Session>().await[0].session_id.clone();
    let wanted = "https://app.contoso.com/signed-out?state=s";
    let target = SignOutTarget { return_to: Some(wanted.to_owned()), session_id: Some(session_id) };
    let sealed = world.forms.sealed().seal(SignOutTarget::PURPOSE, &target, MINUTE).unwrap();
    let leaving = browser.get(&format!("/signin/logout?ctx={sealed}")).await;
    let asked = Asked::of(leaving.location());
    let end = browser.get(&format!("/signin/federated/{provider}?state={}", asked.get("state"))).await;
    // By a page: the provider's form may lead here and no further.
    assert_eq!((end.status.as_u16(), end.header("refresh")), (200, &*format!("0;url={wanted}")), "{end:?}");
    let forged = browser.get(&format!("/signin/federated/{provider}?state={sealed}")).await;
    assert_eq!(forged.status.as_u16(), 403, "what was sealed for something else leads nowhere: {forged:?}");
}

#[tokio::test]
async fn a_provider_without_a_way_to_sign_out_or_switched_off_keeps_nobody_signed_in() {
    let (world, upstream, provider) = world().await;
    upstream.metadata("end_session_endpoint", Json::Null);
    let mut browser = signed_in(&world, &upstream, &provider, "sid-1").await;
    let page = browser.get("/signin/logout").await;
    assert_eq!(browser.submit("/signin/logout", &page, &[]).await.heading(), SIGNED_OUT);
    assert!(world.all::<Session>().await.is_empty());
}

/// Claims of a good logout token.
fn ended(world: &World, upstream: &Upstream, id: &str) -> Json {
    let now = riskgate_core::Clock::now(&*world.clock).as_seconds();
    json!({
        "iss": upstream.issuer, "aud": CLIENT, "sub": "sub-1", "sid": "sid-1", "iat": now, "exp": now + 120,
        "jti": id, "events": { EVENT: {} },
    })
}

async fn tell(world: &World, upstream: &Upstream, provider: &str, claims: &Json) -> Page {
    let token = upstream.sign(claims);
    let path = format!("/signin/federated/{provider}/logout");
    Browser::new(world).post(&path, &[("logout_token", &token)]).await
}

#[tokio::test]
async fn back_channel_logout_2_7_the_session_that_ended_there_ends_here_and_no_other() {
    let (world, upstream, provider) = world().await;
    let mut first = signed_in(&world, &upstream, &provider, "sid-1").await;
    let mut second = signed_in(&world, &upstream, &provider, "sid-2").await;
    let mut own = Browser::signed_in(&world, "alice").await;
    let answer = tell(&world, &upstream, &provider, &ended(&world, &upstream, "logout-1")).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"), "{answer:?}");
    assert_eq!(first.get("/security-info").await.status, 303);
    assert_eq!(second.get("/security-info").await.status, 200);
    let mut all = ended(&world, &upstream, "logout-2");
    all.as_object_mut().unwrap().remove("sid");
    assert_eq!(tell(&world, &upstream, &provider, &all).await.status, 200);
    assert_eq!(second.get("/security-info").await.status, 303);
    assert_eq!(own.get("/security-info").await.status, 200, "he did not come through the provider");
}

#[tokio::test]
async fn back_channel_logout_2_6_a_token_that_is_not_as_it_must_be_ends_nothing() {
    let (world, upstream, provider) = world().await;
    let mut browser = signed_in(&world, &upstream, &provider, "sid-1").await;
    let now = riskgate_core::Clock::now(&*world.clock).as_seconds();
    for (name, value) in [
        ("iss", json!("https://evil.example")),
        ("aud", json!("somebody else")),
        ("iat", json!(now - 3_600)),
        ("iat", json!(now + 3_600)),
        ("exp", json!(now - 3_600)),
        ("jti", Json::Null),
        ("sub", Json::Null),
        ("nonce", json!("n-1")),
        ("events", json!({})),
        ("events", json!({ EVENT: true })),
        ("events", Json::Null),
    ] {
        let mut claims = ended(&world, &upstream, "logout-1");
        claims[name] = value;
        let answer = tell(&world, &upstream, &provider, &claims).await;
        assert_eq!(answer.status.as_u16(), 400, "{name} {claims} {answer:?}");
        assert!(answer.text.contains("invalid_request"), "{answer:?}");
    }
    let path = format!("/signin/federated/{provider}/logout");
    for token in ["", "x", "a.b.c"] {
        assert_eq!(Browser::new(&world).post(&path, &[("logout_token", token)]).await.status.as_u16(), 400);
    }
    upstream.rotate("two", false);
    let forged = ended(&world, &upstream, "logout-1");
    assert_eq!(tell(&world, &upstream, &provider, &forged).await.status.as_u16(), 400, "an unknown key");
    assert_eq!(browser.get("/security-info").await.status, 200);
}

#[tokio::test]
async fn back_channel_logout_2_6_a_token_counts_once() {
    let (world, upstream, provider) = world().await;
    let claims = ended(&world, &upstream, "logout-1");
    assert_eq!(tell(&world, &upstream, &provider, &claims).await.status, 200);
    let mut browser = signed_in(&world, &upstream, &provider, "sid-1").await;
    assert_eq!(tell(&world, &upstream, &provider, &claims).await.status, 400);
    assert_eq!(browser.get("/security-info").await.status, 200);
}
