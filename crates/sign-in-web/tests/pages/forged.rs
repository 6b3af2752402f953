//! Forms that come from elsewhere, and sealed state that is not ours.

use std::time::Duration;

use riskgate_store::records::SignInTarget;

use crate::browser::{BROWSER, Browser};
use crate::world::{MINUTE, PASSWORD, World};

const FORGED: (u16, &str) = (400, "Please try again");
const EXPIRED: (u16, &str) = (400, "This page has expired");

#[tokio::test]
async fn attack_a_form_without_the_token_of_its_page_and_browser_changes_nothing() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin").await;
    let ctx = page.field("ctx").unwrap();
    let genuine = page.field("anti_forgery").unwrap();
    let mut other = Browser::new(&world);
    let of_other = other.get("/signin").await.field("anti_forgery").unwrap();
    let of_other_form = browser.token("code");
    let before = world.rows().await;
    for token in ["", "x", &genuine[1..], &of_other, &of_other_form] {
        let form = [
            ("ctx", ctx.as_str()),
            ("anti_forgery", token),
            ("username", "ada@contoso.com"),
            ("password", PASSWORD),
        ];
        assert_eq!(browser.post("/signin", &form).await.heading(), FORGED, "{token}");
    }
    let cookie = browser.cookies.remove(BROWSER).unwrap();
    for cookie in [None, Some("x".to_owned()), Some(cookie.to_uppercase())] {
        browser.cookies = cookie.map(|cookie| (BROWSER.to_owned(), cookie)).into_iter().collect();
        let answer = browser.first_factor(&page, "ada@contoso.com", PASSWORD).await;
        assert_eq!(answer.heading(), FORGED);
    }
    assert_eq!(world.rows().await, before);
}

#[tokio::test]
async fn attack_every_form_of_a_signed_in_person_needs_its_own_token() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let wrong = browser.token("sign-in");
    let before = world.rows().await;
    for path in [
        "/signin/code",
        "/signin/register",
        "/signin/new-password",
        "/signin/consent",
        "/signin/logout",
        "/security-info/totp",
        "/security-info/remove",
    ] {
        let form = [
            ("anti_forgery", wrong.as_str()),
            ("flow", "x"),
            ("code", "123456"),
            ("pending", "x"),
            ("newPassword", "Fabrikam1234"),
            ("confirmPassword", "Fabrikam1234"),
            ("decision", "accept"),
            ("method", "x"),
            ("target", ""),
        ];
        assert_eq!(browser.post(path, &form).await.heading(), FORGED, "{path}");
    }
    assert_eq!(world.rows().await, before);
    assert_eq!(browser.get("/security-info").await.heading(), (200, "Security info"), "{}", ada.id);
}

#[tokio::test]
async fn attack_a_sealed_target_that_was_changed_is_too_old_or_for_something_else_is_refused() {
    let world = World::new().await;
    world.person("ada").await;
    let request = world.request("openid").await;
    let good = world.sealed(&request);
    let (head, tail) = good.split_at(good.len() / 2);
    let changed = format!("{head}{}{}", if tail.starts_with('A') { 'B' } else { 'A' }, &tail[1..]);
    let target = SignInTarget::Page("/security-info".to_owned());
    let elsewhere = world.forms.sealed().seal("sign-out-target", &target, MINUTE).unwrap();
    let mut browser = Browser::new(&world);
    assert_eq!(browser.get(&format!("/signin?ctx={good}")).await.heading(), (200, "Sign in"));
    let before = world.rows().await;
    let refuse = async |browser: &mut Browser<'_>, ctx: &str| {
        assert_eq!(browser.get(&format!("/signin?ctx={ctx}")).await.heading(), EXPIRED, "{ctx}");
        let token = browser.token("sign-in");
        let form = [
            ("ctx", ctx),
            ("anti_forgery", token.as_str()),
            ("username", "ada@contoso.com"),
            ("password", PASSWORD),
        ];
        assert_eq!(browser.post("/signin", &form).await.heading(), EXPIRED, "{ctx}");
    };
    for ctx in [changed.as_str(), head, "AAAA", &elsewhere] {
        refuse(&mut browser, ctx).await;
    }
    world.clock.advance(Duration::from_secs(61 * 60));
    refuse(&mut browser, &good).await;
    assert_eq!(world.rows().await, before);
}

#[tokio::test]
async fn a_form_larger_than_any_page_sends_is_refused() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin").await;
    let before = world.rows().await;
    let answer = browser.first_factor(&page, "ada@contoso.com", &"x".repeat(65 * 1024)).await;
    assert_eq!(answer.status.as_u16(), 413);
    assert_eq!(world.rows().await, before);
}
