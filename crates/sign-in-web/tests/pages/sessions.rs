//! Signing in and out.

use std::time::Duration;

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
async fn a_token_planted_before_a_sign_in_is_worth_nothing_after_it() {
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
async fn signing_out_asks_first_and_ends_the_session_on_the_server() {
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

#[tokio::test]
async fn an_application_that_signs_out_gets_the_browser_back() {
    let world = World::new().await;
    world.person("ada").await;
    let address = "https://app.contoso.com/bye?x=1";
    let ctx = world.forms.sealed().seal("sign-out-target", &address, MINUTE).unwrap();
    let mut browser = Browser::signed_in(&world, "ada").await;
    let strange = world.sealed(&world.request("openid").await);
    for wrong in ["https%3A%2F%2Fevil.example", &strange] {
        let answer = browser.get(&format!("/signin/logout?ctx={wrong}")).await;
        assert_eq!(answer.heading(), (400, "This page has expired"), "{wrong}");
        assert!(is_signed_in(&mut browser).await, "an address that is not ours signs nobody out");
    }
    let path = format!("/signin/logout?ctx={ctx}");
    assert_eq!(browser.get(&path).await.location(), address);
    assert!(!is_signed_in(&mut browser).await);
    assert_eq!(browser.get(&path).await.location(), address, "who is signed out already goes there too");
}
