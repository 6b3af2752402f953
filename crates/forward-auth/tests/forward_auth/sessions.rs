//! What a session is good for, and what ends it.

use riskgate_core::Clock;
use riskgate_model::User;

use crate::browser::{Browser, SESSION, Via};
use crate::world::{BASE_URL, MINUTE, WIKI, World};

const PAGE: &str = "https://wiki.contoso.com/page";

#[tokio::test]
async fn a_revocation_is_in_force_with_the_next_request() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    world.clock.advance(MINUTE);
    let now = world.clock.now();
    world.change::<User>(&ada.id, |user| user.sign_in_sessions_valid_from_date_time = Some(now)).await;
    let answer = browser.walk(PAGE).await;
    assert!(answer.text.contains("name=\"password\""), "{answer:?}");
    assert_eq!(browser.sign_in(PAGE, "ada").await.status, 200);
    world.change::<User>(&ada.id, |user| user.account_enabled = Some(false)).await;
    assert!(browser.get(PAGE).await.status.is_redirection());
}

#[tokio::test]
async fn signing_out_at_riskgate_signs_out_of_every_application() {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    let page = browser.get(&format!("{BASE_URL}/signin/logout")).await;
    let form = [("anti_forgery", page.field("anti_forgery"))];
    browser.post(&format!("{BASE_URL}/signin/logout"), &form).await;
    assert!(browser.get(PAGE).await.status.is_redirection());
}

#[tokio::test]
async fn a_cookie_opens_one_application_on_one_host() {
    let world = World::new().await;
    world.person("ada").await;
    let (second, chat_host) = ("https://wiki2.contoso.com", "https://chat.contoso.com");
    let wiki = world.application("Wiki", &[WIKI, second]).await;
    let chat = world.application("Chat", &[chat_host, WIKI]).await;
    let token = {
        let browser = Browser::signed_in(&world, &wiki, PAGE, "ada").await;
        browser.cookie(WIKI, SESSION).unwrap()
    };
    let mut thief = Browser::new(&world, Via::Traefik, &chat);
    thief.plant(chat_host, SESSION, &token);
    thief.plant(WIKI, SESSION, &token);
    assert!(thief.get("https://chat.contoso.com/").await.status.is_redirection());
    assert!(thief.get(PAGE).await.status.is_redirection(), "the same host for another application");
    thief.app_id = wiki;
    thief.plant(second, SESSION, &token);
    assert!(thief.get("https://wiki2.contoso.com/").await.status.is_redirection());
    assert_eq!(thief.get(PAGE).await.status, 200, "the cookie itself is good");
}

#[tokio::test]
async fn a_cookie_planted_before_a_sign_in_is_worth_nothing_after_it() {
    let world = World::new().await;
    world.person("ada").await;
    world.person("eve").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let eve = Browser::signed_in(&world, &app_id, PAGE, "eve").await;
    let planted = eve.cookie(WIKI, SESSION).unwrap();
    let mut browser = Browser::new(&world, Via::Nginx, &app_id);
    browser.plant(WIKI, SESSION, &planted);
    let answer = browser.sign_in(&format!("{WIKI}/.riskgate/start?app={app_id}&to=/"), "ada").await;
    assert_eq!(answer.header("remote-user"), "ada@contoso.com");
    assert_ne!(browser.cookie(WIKI, SESSION), Some(planted.clone()));
    let mut thief = Browser::new(&world, Via::Nginx, &app_id);
    thief.plant(WIKI, SESSION, &planted);
    assert!(thief.get(PAGE).await.status.is_redirection());
}

#[tokio::test]
async fn two_cookies_of_the_name_are_none() {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    browser.extra = vec![("cookie", format!("{SESSION}={}", "A".repeat(43)))];
    assert!(browser.get(PAGE).await.status.is_redirection());
}
