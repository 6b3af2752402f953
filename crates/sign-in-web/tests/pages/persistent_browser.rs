//! Whether a browser stays signed in when it is closed.

use serde_json::{Value as Json, json};

use crate::browser::{Browser, Page, SESSION};
use crate::world::{MINUTE, World};
use riskgate_testkit::authenticator_app::from_groups;

async fn persist(world: &World, mode: &str) {
    let session = json!({ "persistentBrowser": { "isEnabled": true, "mode": mode } });
    world.enforce(json!({}), Json::Null, session).await;
}

/// `Max-Age` of the session cookie a page sets; `None` if it ends with the browser.
fn max_age(page: &Page) -> Option<&str> {
    let prefix = format!("{SESSION}=");
    let cookie = page.cookies().into_iter().find(|cookie| cookie.starts_with(&prefix)).expect("it is set");
    cookie.split("; ").find_map(|attribute| attribute.strip_prefix("Max-Age="))
}

#[tokio::test]
async fn a_policy_keeps_the_browser_signed_in_until_the_session_ends() {
    let world = World::new().await;
    world.person("ada").await;
    let request = world.request("openid").await;
    let mut browser = Browser::new(&world);
    let answer = browser.sign_in("/signin", "ada").await;
    assert_eq!(max_age(&answer), None, "without a policy it ends with the browser");
    persist(&world, "always").await;
    world.clock.advance(60 * MINUTE);
    // A session that is there already becomes one that lasts, as long as it would have lasted on the server.
    assert_eq!(max_age(&browser.get(&world.sign_in_path(&request)).await), Some("25200"));
    let mut fresh = Browser::new(&world);
    assert_eq!(max_age(&fresh.sign_in("/signin", "ada").await), Some("28800"));
}

#[tokio::test]
async fn never_outweighs_always_and_ends_it_with_the_browser() {
    let world = World::new().await;
    world.person("ada").await;
    persist(&world, "always").await;
    let request = world.request("openid").await;
    let mut browser = Browser::new(&world);
    assert_eq!(max_age(&browser.sign_in("/signin", "ada").await), Some("28800"));
    persist(&world, "never").await;
    let token = browser.cookies[SESSION].clone();
    assert_eq!(max_age(&browser.get(&world.sign_in_path(&request)).await), None);
    assert_eq!(browser.cookies[SESSION], token, "the session itself goes on");
}

#[tokio::test]
async fn adding_an_app_does_not_change_it() {
    let world = World::new().await;
    world.person("ada").await;
    persist(&world, "always").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let page = browser.get("/security-info/totp").await;
    let secret = from_groups(crate::browser::between(&page.text, "class=\"secret\">", "</code>").unwrap());
    let code = world.code(&secret);
    let answer = browser.submit("/security-info/totp", &page, &[("code", &code)]).await;
    assert_eq!(answer.location(), "/security-info?done=added");
    assert_eq!(max_age(&answer), Some("28800"));
}
