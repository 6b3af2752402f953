//! Policies decide about every session, again and again.

use serde_json::json;

use crate::browser::{Browser, Via};
use crate::world::{HOME, KEPT, MINUTE, POLICY_NAME, TOR, WIKI, World};

const PAGE: &str = "https://wiki.contoso.com/page";
const DENIED: (u16, &str) = (403, "You cannot access this right now");

#[tokio::test]
async fn a_policy_that_blocks_the_application_is_in_force_with_the_next_request() {
    for via in [Via::Nginx, Via::Traefik, Via::Caddy, Via::Envoy] {
        let world = World::new().await;
        let ada = world.person("ada").await;
        let app_id = world.application("Wiki", &[WIKI]).await;
        let other = world.application("Chat", &["https://chat.contoso.com"]).await;
        let mut browser = Browser::new(&world, via, &app_id);
        browser.sign_in(PAGE, "ada").await;
        world.policy(&other, "block", json!({})).await;
        assert_eq!(browser.get(PAGE).await.status, 200, "a policy about another application");
        world.no_policy().await;
        world.policy(&app_id, "block", json!({})).await;
        let answer = browser.get(PAGE).await;
        assert_eq!((answer.heading(), answer.code()), (DENIED, Some("53003")), "{via:?}");
        assert!(
            answer.text.contains("Wiki") && answer.text.contains(HOME) && !answer.text.contains(POLICY_NAME)
        );
        assert!(answer.header("remote-user").is_empty());
        let seen = world.sign_ins(&ada).await;
        assert!(seen.contains(&(53_003, app_id.clone())), "{seen:?}");
        world.no_policy().await;
        assert_eq!(browser.get(PAGE).await.status, 200, "and out of force as soon");
    }
}

#[tokio::test]
async fn a_blocked_page_with_many_pictures_leaves_one_sign_in() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    world.policy(&app_id, "block", json!({})).await;
    let first = browser.get(PAGE).await;
    for _ in 0..20 {
        assert_eq!(browser.get(PAGE).await.text, first.text, "the same refusal under the same request id");
    }
    let blocked = world.sign_ins(&ada).await.into_iter().filter(|(code, _)| *code == 53_003).count();
    assert_eq!(blocked, 1);
    world.clock.advance(KEPT);
    browser.get(PAGE).await;
    let blocked = world.sign_ins(&ada).await.into_iter().filter(|(code, _)| *code == 53_003).count();
    assert_eq!(blocked, 2, "judged again");
}

#[tokio::test]
async fn all_that_come_at_once_wait_for_one_verdict() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    world.policy(&app_id, "block", json!({ "signInRiskLevels": ["medium", "high"] })).await;
    let browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    let tab = async || {
        let mut tab = Browser::new(&world, Via::Traefik, &app_id);
        tab.address = TOR;
        tab.cookies.clone_from(&browser.cookies);
        tab.get(PAGE).await.code().map(str::to_owned)
    };
    let (first, second, third, fourth) = tokio::join!(tab(), tab(), tab(), tab());
    for code in [first, second, third, fourth] {
        assert_eq!(code.as_deref(), Some("53003"));
    }
    let blocked = world.sign_ins(&ada).await.into_iter().filter(|(code, _)| *code == 53_003).count();
    assert_eq!(blocked, 1);
}

#[tokio::test]
async fn the_sign_in_itself_is_blocked_on_the_pages() {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    world.policy(&app_id, "block", json!({})).await;
    let mut browser = Browser::new(&world, Via::Nginx, &app_id);
    let answer = browser.sign_in(PAGE, "ada").await;
    assert_eq!((answer.status.as_u16(), answer.code()), (403, Some("53003")));
    assert!(answer.url.ends_with("/signin"), "{}", answer.url);
}

#[tokio::test]
async fn something_to_do_first_leads_back_to_the_pages() {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    world.clock.advance(MINUTE);
    world.policy(&app_id, "mfa", json!({})).await;
    let answer = browser.walk(PAGE).await;
    assert!(answer.text.contains("totp-secret"), "an authenticator is to be registered: {answer:?}");
    assert_eq!(browser.get("https://wiki.contoso.com/other").await.status, 302);
}

#[tokio::test]
async fn whoever_just_signed_in_is_told_instead_of_sent_around() {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    world.policy(&app_id, "mfa", json!({})).await;
    let answer = browser.get(PAGE).await;
    assert_eq!((answer.heading(), answer.code()), (DENIED, Some("50072")));
}

#[tokio::test]
async fn another_address_is_judged_at_once() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    world.policy(&app_id, "block", json!({ "signInRiskLevels": ["medium", "high"] })).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    browser.address = TOR;
    let answer = browser.get(PAGE).await;
    assert_eq!((answer.heading(), answer.code()), (DENIED, Some("53003")), "a stolen cookie");
    let seen = world.sign_ins(&ada).await;
    assert_eq!(seen.iter().filter(|(code, _)| *code == 53_003).count(), 1, "{seen:?}");
    browser.address = HOME;
    assert_eq!(browser.get(PAGE).await.status, 200);
}

#[tokio::test]
async fn new_risk_of_the_user_is_judged_at_once() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let (wiki, chat) = (
        world.application("Wiki", &[WIKI]).await,
        world.application("Chat", &["https://chat.contoso.com"]).await,
    );
    world.policy(&wiki, "block", json!({ "userRiskLevels": ["medium", "high"] })).await;
    let mut at_home = Browser::signed_in(&world, &wiki, PAGE, "ada").await;
    let mut thief = Browser::new(&world, Via::Caddy, &chat);
    thief.address = TOR;
    assert_eq!(thief.sign_in("https://chat.contoso.com/", "ada").await.status, 200);
    let answer = at_home.get(PAGE).await;
    assert_eq!((answer.heading(), answer.code()), (DENIED, Some("53003")));
    let actor = riskgate_directory::Actor::command_line();
    world.protection.dismiss_users(&[ada.id], &actor).await.unwrap();
    assert_eq!(at_home.get(PAGE).await.status, 200, "and so is its end");
}

#[tokio::test]
async fn a_registration_that_is_withdrawn_ends_access_within_the_time() {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    world.disable(&app_id).await;
    world.clock.advance(KEPT);
    assert_eq!(browser.get(PAGE).await.heading(), (403, "This application is disabled"));
}
