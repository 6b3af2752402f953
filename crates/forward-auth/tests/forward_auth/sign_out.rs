//! Signing out on the application's host.

use crate::browser::{Browser, SESSION, Via};
use crate::world::{BASE_URL, WIKI, World};

const PAGE: &str = "https://wiki.contoso.com/page";
const SIGN_OUT: &str = "https://wiki.contoso.com/.riskgate/sign-out";

#[tokio::test]
async fn asks_first_ends_the_session_and_offers_to_sign_out_everywhere() {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    let token = browser.cookie(WIKI, SESSION).unwrap();
    let page = browser.get(SIGN_OUT).await;
    assert_eq!(page.heading(), (200, "Sign out"));
    assert!(page.text.contains("Wiki") && page.text.contains("ada@contoso.com"));
    let policy = page.header("content-security-policy");
    assert!(policy.contains(&format!("form-action 'self' {BASE_URL}")), "{policy}");
    assert_eq!(browser.get(PAGE).await.status, 200, "a picture on a strange page signs nobody out");
    let answer = browser.post(SIGN_OUT, &[("anti_forgery", page.field("anti_forgery"))]).await;
    assert_eq!(answer.location(), format!("{BASE_URL}/signin/logout"));
    assert_eq!(browser.cookie(WIKI, SESSION), None);
    let mut thief = Browser::new(&world, Via::Nginx, &app_id);
    thief.plant(WIKI, SESSION, &token);
    assert!(thief.get(PAGE).await.status.is_redirection(), "ended on the server");
    assert_eq!(browser.walk(PAGE).await.status, 200, "still signed in at Riskgate");
}

#[tokio::test]
async fn a_form_from_elsewhere_signs_nobody_out() {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    for token in ["", "x", &browser.cookie(WIKI, SESSION).unwrap()] {
        let answer = browser.post(SIGN_OUT, &[("anti_forgery", token.to_owned())]).await;
        assert_eq!(answer.heading(), (400, "This sign-in has expired"), "{token}");
    }
    assert_eq!(browser.post(SIGN_OUT, &[]).await.status, 400);
    assert_eq!(browser.post(SIGN_OUT, &[("anti_forgery", "A".repeat(20_000))]).await.status, 400);
    assert_eq!(browser.get(PAGE).await.status, 200);
}

#[tokio::test]
async fn whoever_is_not_signed_in_goes_to_riskgates_own_page() {
    let world = World::new().await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::new(&world, Via::Nginx, &app_id);
    assert_eq!(browser.get(SIGN_OUT).await.location(), format!("{BASE_URL}/signin/logout"));
    browser.plant(WIKI, SESSION, &"A".repeat(43));
    assert_eq!(browser.get(SIGN_OUT).await.location(), format!("{BASE_URL}/signin/logout"));
}
