//! Signing in and out.

use std::time::Duration;

use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use riskgate_store::records::{LogoutNotice, Session, SignOutTarget};

use crate::browser::{BROWSER, Browser, Page, SESSION};
use crate::world::{MINUTE, World};

/// Value and attributes of a cookie a page sets.
fn set_cookie<'p>(page: &'p Page, name: &str) -> Option<(&'p str, &'p str)> {
    let prefix = format!("{name}=");
    page.cookies().into_iter().find_map(|cookie| cookie.strip_prefix(prefix.as_str())?.split_once("; "))
}

/// Whether the browser gets to its account without a password.
async fn is_signed_in(browser: &mut Browser<'_>) -> bool {
    browser.get("/security-info").await.status.is_success()
}

#[tokio::test]
async fn both_cookies_are_for_this_host_over_tls_hidden_from_scripts() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin").await;
    let (id, attributes) = set_cookie(&page, BROWSER).unwrap();
    assert_eq!((id.len(), attributes), (43, "Path=/; Secure; HttpOnly; SameSite=Lax"));
    assert_eq!(set_cookie(&page, SESSION), None);
    let answer = browser.first_factor(&page, "ada@contoso.com", crate::world::PASSWORD).await;
    let (token, attributes) = set_cookie(&answer, SESSION).unwrap();
    assert_eq!((token.len(), attributes), (43, "Path=/; Secure; HttpOnly; SameSite=Lax"));
}

#[tokio::test]
async fn attack_a_token_planted_before_a_sign_in_is_worth_nothing_after_it() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let old = browser.cookies[SESSION].clone();
    let request = {
        let mut request = world.request("openid").await;
        request.prompt = vec!["login".to_owned()];
        request
    };
    browser.sign_in(&world.sign_in_path(&request), "ada").await;
    assert_ne!(browser.cookies[SESSION], old);
    assert!(is_signed_in(&mut browser).await);
    let mut thief = Browser::new(&world);
    thief.cookies.insert(SESSION.to_owned(), old);
    assert!(!is_signed_in(&mut thief).await);
}

#[tokio::test]
async fn a_session_ends_when_its_time_is_over_or_the_account_is_disabled() {
    let world = World::new().await;
    world.person("ada").await;
    let bob = world.person("bob").await;
    let mut ada = Browser::signed_in(&world, "ada").await;
    let mut browser = Browser::signed_in(&world, "bob").await;
    world.disable(&bob).await;
    assert!(!is_signed_in(&mut browser).await);
    assert!(is_signed_in(&mut ada).await);
    world.clock.advance(Duration::from_secs(8 * 60 * 60));
    assert!(!is_signed_in(&mut ada).await);
}

#[tokio::test]
async fn using_a_session_does_not_make_it_last_longer() {
    let world = World::new().await;
    world.person("ada").await;
    let request = world.request("openid").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    for hour in 1..8 {
        world.clock.advance(Duration::from_secs(60 * 60));
        let answer = browser.get(&world.sign_in_path(&request)).await;
        assert!(answer.parameter("code").is_some(), "hour {hour}");
    }
    world.clock.advance(Duration::from_secs(60 * 60));
    assert_eq!(browser.get(&world.sign_in_path(&request)).await.heading(), (200, "Sign in"));
}

#[tokio::test]
async fn oidc_rp_initiated_6_signing_out_asks_first_and_ends_the_session_on_the_server() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let token = browser.cookies[SESSION].clone();
    let page = browser.get("/signin/logout").await;
    assert_eq!(page.heading(), (200, "Sign out"));
    assert!(page.text.contains("ada@contoso.com"));
    assert!(is_signed_in(&mut browser).await, "a picture on a strange page signs nobody out");
    let answer = browser.submit("/signin/logout", &page, &[]).await;
    assert_eq!(answer.heading(), (200, "You are signed out"));
    let (value, attributes) = set_cookie(&answer, SESSION).unwrap();
    assert_eq!((value, attributes), ("", "Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"));
    browser.cookies.insert(SESSION.to_owned(), token);
    assert!(!is_signed_in(&mut browser).await);
    assert_eq!(browser.get("/signin/logout").await.heading(), (200, "You are signed out"));
}

/// The address of the sign-out page, asked for this.
fn sign_out_path(world: &World, return_to: Option<&str>, session_id: Option<&str>) -> String {
    let text = |text: &str| text.to_owned();
    let target = SignOutTarget { return_to: return_to.map(text), session_id: session_id.map(text) };
    let ctx = world.forms.sealed().seal(SignOutTarget::PURPOSE, &target, MINUTE).unwrap();
    format!("/signin/logout?ctx={ctx}")
}

/// `sid` of the only session.
async fn sid(world: &World) -> String {
    let found = world.store.find_all::<Session>(world.tenant, Filter::Constant(true)).await.unwrap();
    assert_eq!(found.len(), 1);
    found[0].record.session_id.clone()
}

#[tokio::test]
async fn oidc_rp_initiated_2_an_application_that_proves_the_session_gets_the_browser_back() {
    let world = World::new().await;
    world.person("ada").await;
    let address = "https://app.contoso.com/bye?x=1";
    let mut browser = Browser::signed_in(&world, "ada").await;
    let path = sign_out_path(&world, Some(address), Some(&sid(&world).await));
    assert_eq!(browser.get(&path).await.location(), address);
    assert!(!is_signed_in(&mut browser).await);
    assert_eq!(browser.get(&path).await.location(), address, "who is signed out already goes there too");
}

#[tokio::test]
async fn oidc_rp_initiated_2_whoever_is_not_of_the_session_has_the_person_asked() {
    let world = World::new().await;
    world.person("ada").await;
    let address = "https://app.contoso.com/bye";
    let mut browser = Browser::signed_in(&world, "ada").await;
    for session in [None, Some("another session")] {
        let page = browser.get(&sign_out_path(&world, Some(address), session)).await;
        assert_eq!(page.heading(), (200, "Sign out"));
        assert!(page.text.contains("ada@contoso.com"));
        let policy = page.header("content-security-policy");
        assert!(policy.contains("form-action 'self' https://app.contoso.com"), "{policy}");
        assert!(is_signed_in(&mut browser).await, "asking ends nothing");
    }
    let page = browser.get(&sign_out_path(&world, Some(address), None)).await;
    assert_eq!(browser.submit("/signin/logout", &page, &[]).await.location(), address);
    assert!(!is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn attack_an_address_that_is_not_ours_signs_nobody_out() {
    let world = World::new().await;
    world.person("ada").await;
    let strange = world.sealed(&world.request("openid").await);
    let mut browser = Browser::signed_in(&world, "ada").await;
    for wrong in ["https%3A%2F%2Fevil.example", &strange] {
        let answer = browser.get(&format!("/signin/logout?ctx={wrong}")).await;
        assert_eq!(answer.heading(), (400, "This page has expired"), "{wrong}");
        assert!(is_signed_in(&mut browser).await);
    }
}

#[tokio::test]
async fn oidc_back_channel_2_5_the_applications_of_a_session_are_noted_when_it_ends() {
    let world = World::new().await;
    world.person("ada").await;
    let request = world.request("openid").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    for _ in 0..2 {
        assert!(browser.get(&world.sign_in_path(&request)).await.parameter("code").is_some());
    }
    let sid = sid(&world).await;
    let notices = async || {
        let found = world.store.find_all::<LogoutNotice>(world.tenant, Filter::Constant(true)).await.unwrap();
        found.into_iter().map(|found| found.record).collect::<Vec<_>>()
    };
    assert!(notices().await.is_empty());
    let page = browser.get("/signin/logout").await;
    browser.submit("/signin/logout", &page, &[]).await;
    let notices = notices().await;
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert_eq!((&notices[0].client_id, &notices[0].session_id), (&request.client_id, &sid));
}
