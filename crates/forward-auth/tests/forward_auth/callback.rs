//! What comes back from the sign-in pages, and what only looks like it.

use std::time::Duration;

use crate::browser::{Browser, SESSION, START, Via, parameter};
use crate::world::{BASE_URL, WIKI, World};

const PAGE: &str = "https://wiki.contoso.com/page";
const EXPIRED: (u16, &str) = (400, "This sign-in has expired");
const NOT_FINISHED: (u16, &str) = (400, "You are not signed in");

/// Signs in up to the redirect to the callback, which is not followed; its address.
async fn callback_of(browser: &mut Browser<'_>, url: &str) -> String {
    browser.sign_in(&format!("{BASE_URL}/signin"), "ada").await;
    let mut answer = browser.get(url).await;
    while !answer.location().contains("/.riskgate/callback?") {
        answer = browser.get(&answer.location()).await;
    }
    answer.location()
}

async fn world() -> (World, String) {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI, "https://wiki2.contoso.com"]).await;
    (world, app_id)
}

#[tokio::test]
async fn a_callback_is_good_in_the_browser_it_was_begun_in_and_no_other() {
    let (world, app_id) = world().await;
    let mut attacker = Browser::new(&world, Via::Nginx, &app_id);
    let callback = callback_of(&mut attacker, PAGE).await;
    let mut victim = Browser::new(&world, Via::Nginx, &app_id);
    assert_eq!(victim.get(&callback).await.heading(), EXPIRED, "without a cookie");
    victim.get(&victim_start(&app_id)).await;
    assert_eq!(victim.get(&callback).await.heading(), EXPIRED, "with a cookie of its own");
    assert_eq!(victim.cookie(WIKI, SESSION), None);
    assert_eq!(attacker.walk(&callback).await.url, PAGE);
}

fn victim_start(app_id: &str) -> String {
    format!("{WIKI}/.riskgate/start?app={app_id}&to=/")
}

#[tokio::test]
async fn a_callback_is_good_once() {
    let (world, app_id) = world().await;
    let mut browser = Browser::new(&world, Via::Nginx, &app_id);
    let callback = callback_of(&mut browser, PAGE).await;
    assert_eq!(browser.walk(&callback).await.url, PAGE);
    assert_eq!(browser.get(&callback).await.heading(), NOT_FINISHED);
    assert_eq!(browser.get(PAGE).await.status, 200, "which harms nobody who is signed in");
}

#[tokio::test]
async fn a_callback_is_good_on_the_host_it_was_begun_on_for_an_hour() {
    let (world, app_id) = world().await;
    let mut browser = Browser::new(&world, Via::Nginx, &app_id);
    let callback = callback_of(&mut browser, PAGE).await;
    let elsewhere = callback.replace("wiki.", "wiki2.");
    let id = browser.cookie(WIKI, START).unwrap();
    browser.plant("https://wiki2.contoso.com", START, &id);
    assert_eq!(browser.get(&elsewhere).await.heading(), EXPIRED);
    world.clock.advance(Duration::from_secs(60 * 60));
    assert_eq!(browser.get(&callback).await.heading(), EXPIRED);
}

#[tokio::test]
async fn what_was_changed_or_left_out_is_refused() {
    let (world, app_id) = world().await;
    let mut browser = Browser::new(&world, Via::Nginx, &app_id);
    let callback = callback_of(&mut browser, PAGE).await;
    let (state, code) = (parameter(&callback, "state"), parameter(&callback, "code"));
    let mut changed = state.clone();
    changed.replace_range(20..21, if &state[20..21] == "A" { "B" } else { "A" });
    let at = |query: String| format!("{WIKI}/.riskgate/callback?{query}");
    for (query, expected) in [
        (String::new(), EXPIRED),
        (format!("code={code}"), EXPIRED),
        (format!("code={code}&state="), EXPIRED),
        (format!("code={code}&state={changed}"), EXPIRED),
        (format!("code={code}&state={state}&state={state}"), EXPIRED),
        (format!("code={code}&state={}", "A".repeat(30_000)), EXPIRED),
        (format!("state={state}"), NOT_FINISHED),
        (format!("state={state}&error=access_denied&error_description=%3Cscript%3E"), NOT_FINISHED),
        (format!("code={}&state={state}", "A".repeat(43)), NOT_FINISHED),
    ] {
        let answer = browser.get(&at(query.clone())).await;
        assert_eq!(answer.heading(), expected, "{query:.60}");
        assert!(!answer.text.contains("<script") && browser.cookie(WIKI, SESSION).is_none());
    }
    assert_eq!(browser.walk(&callback).await.url, PAGE, "none of which used it up");
}

#[tokio::test]
async fn a_code_of_another_sign_in_or_application_is_refused() {
    let (world, app_id) = world().await;
    let chat = world.application("Chat", &["https://chat.contoso.com"]).await;
    let mut browser = Browser::new(&world, Via::Nginx, &app_id);
    let first = callback_of(&mut browser, PAGE).await;
    let second = {
        let mut answer = browser.get(PAGE).await;
        while !answer.location().contains("/.riskgate/callback?") {
            answer = browser.get(&answer.location()).await;
        }
        answer.location()
    };
    let injected = first.replace(&parameter(&first, "code"), &parameter(&second, "code"));
    assert_eq!(browser.get(&injected).await.heading(), NOT_FINISHED, "its verifier is another one");
    let mut other = Browser::new(&world, Via::Nginx, &chat);
    let of_chat = callback_of(&mut other, "https://chat.contoso.com/").await;
    let injected = first.replace(&parameter(&first, "code"), &parameter(&of_chat, "code"));
    assert_eq!(browser.get(&injected).await.heading(), NOT_FINISHED);
    assert_eq!(browser.cookie(WIKI, SESSION), None);
}

#[tokio::test]
async fn a_path_to_come_back_to_stays_on_the_host() {
    let (world, app_id) = world().await;
    for (to, expected) in [
        ("/a?b=c", "https://wiki.contoso.com/a?b=c"),
        ("//evil.example/", "https://wiki.contoso.com//evil.example/"),
        ("https://evil.example/", "https://wiki.contoso.com/"),
        ("/\\evil.example", "https://wiki.contoso.com/"),
        ("@evil.example", "https://wiki.contoso.com/"),
        (".evil.example", "https://wiki.contoso.com/"),
        ("/a%0d%0aset-cookie:%20x=y", "https://wiki.contoso.com/"),
        ("/.riskgate/start", "https://wiki.contoso.com/"),
        ("", "https://wiki.contoso.com/"),
    ] {
        let mut browser = Browser::new(&world, Via::Nginx, &app_id);
        let start = format!("{WIKI}/.riskgate/start?app={app_id}&to={}", to.replace('?', "%3F"));
        let callback = callback_of(&mut browser, &start).await;
        assert_eq!(browser.get(&callback).await.location(), expected, "{to}");
    }
}

#[tokio::test]
async fn an_application_that_is_disabled_meanwhile_signs_nobody_in() {
    let (world, app_id) = world().await;
    let mut browser = Browser::new(&world, Via::Nginx, &app_id);
    let callback = callback_of(&mut browser, PAGE).await;
    world.disable(&app_id).await;
    assert_eq!(browser.get(&callback).await.heading(), (403, "This application is disabled"));
    assert_eq!(browser.cookie(WIKI, SESSION), None);
}

#[tokio::test]
async fn somebody_who_signed_out_meanwhile_is_not_signed_in() {
    let (world, app_id) = world().await;
    let mut browser = Browser::new(&world, Via::Nginx, &app_id);
    let callback = callback_of(&mut browser, PAGE).await;
    let page = browser.get(&format!("{BASE_URL}/signin/logout")).await;
    let form = [("anti_forgery", page.field("anti_forgery"))];
    browser.post(&format!("{BASE_URL}/signin/logout"), &form).await;
    assert_eq!(browser.get(&callback).await.heading(), NOT_FINISHED);
}
