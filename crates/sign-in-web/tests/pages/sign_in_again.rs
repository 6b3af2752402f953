//! Sign-ins that are older than a sign-in frequency allows.

use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::browser::{Browser, SESSION};
use crate::world::{MINUTE, PASSWORD, POLICY_NAME, World};

const AGAIN: &str = "/signin/again";
const EXPIRED: (u16, &str) = (400, "This page has expired");
const TWO_HOURS: Duration = Duration::from_secs(2 * 60 * 60);

/// The first and second factor count for an hour.
async fn hourly(world: &World) {
    let frequency =
        json!({ "isEnabled": true, "value": 1, "type": "hours", "frequencyInterval": "timeBased" });
    world.enforce(json!({}), Json::Null, json!({ "signInFrequency": frequency })).await;
}

#[tokio::test]
async fn an_old_sign_in_is_asked_for_the_password_again_and_goes_on_to_the_application() {
    let world = World::new().await;
    world.person("ada").await;
    hourly(&world).await;
    let request = world.request("openid").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let early = browser.get(&world.sign_in_path(&request)).await;
    assert!(early.parameter("code").is_some(), "not old yet");
    world.clock.advance(TWO_HOURS);
    let path = world.sign_in_path(&request);
    let old = browser.cookies[SESSION].clone();
    let page = browser.get(&path).await;
    assert_eq!(page.heading(), (200, "Sign in again"));
    assert!(page.text.contains("ada@contoso.com") && page.text.contains("Expenses"));
    assert!(!page.text.contains(POLICY_NAME));
    let wrong = browser.submit(AGAIN, &page, &[("password", "Wrong-4711")]).await;
    assert_eq!(wrong.heading(), (200, "Sign in again"));
    assert!(wrong.problem().unwrap().starts_with("The password is wrong"));
    let answer = browser.submit(AGAIN, &wrong, &[("password", PASSWORD)]).await;
    assert!(answer.parameter("code").is_some(), "{answer:?}");
    assert_ne!(browser.cookies[SESSION], old, "more was proven, so the token is another");
    assert!(browser.get(&path).await.parameter("code").is_some(), "fresh again");
}

#[tokio::test]
async fn the_name_is_that_of_the_session_whatever_the_form_says() {
    let world = World::new().await;
    world.person("ada").await;
    let eve = world.person_with_password("eve", "Fabrikam-4711").await;
    hourly(&world).await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    world.clock.advance(TWO_HOURS);
    let page = browser.get("/signin").await;
    let typed = [("username", "eve@contoso.com"), ("password", "Fabrikam-4711")];
    let answer = browser.submit(AGAIN, &page, &typed).await;
    assert_eq!(answer.heading(), (200, "Sign in again"));
    assert!(answer.problem().is_some());
    assert!(world.sign_ins(&eve).await.is_empty());
}

#[tokio::test]
async fn five_wrong_passwords_end_it() {
    let world = World::new().await;
    world.person("ada").await;
    hourly(&world).await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    world.clock.advance(TWO_HOURS);
    let page = browser.get("/signin").await;
    for number in 1..5 {
        let wrong = format!("Wrong-{number}");
        let again = browser.submit(AGAIN, &page, &[("password", &wrong)]).await;
        assert_eq!(again.heading(), (200, "Sign in again"), "{number}");
    }
    let over = browser.submit(AGAIN, &page, &[("password", "Wrong-5")]).await;
    let (status, code, id) = over.refusal();
    assert_eq!((status, code), (403, "50126"));
    assert_eq!(world.logged_code(&id).await, Some(50_126));
    assert_eq!(browser.submit(AGAIN, &page, &[("password", PASSWORD)]).await.heading(), EXPIRED);
}

#[tokio::test]
async fn a_silent_request_is_told_that_the_user_must_sign_in_again() {
    let world = World::new().await;
    world.person("ada").await;
    hourly(&world).await;
    let mut request = world.request("openid").await;
    request.prompt = vec!["none".to_owned()];
    let mut browser = Browser::signed_in(&world, "ada").await;
    world.clock.advance(TWO_HOURS);
    let answer = browser.get(&world.sign_in_path(&request)).await;
    assert_eq!(answer.parameter("error").as_deref(), Some("interaction_required"), "{answer:?}");
    assert!(answer.parameter("error_description").unwrap().starts_with("AADSTS70043: "));
}

#[tokio::test]
async fn first_the_password_then_the_code_each_once() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    hourly(&world).await;
    world.require("mfa").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    let code = world.code(&secret);
    assert_eq!(browser.submit("/signin/code", &page, &[("code", &code)]).await.location(), "/security-info");
    world.clock.advance(TWO_HOURS);
    let page = browser.get("/signin").await;
    assert_eq!(page.heading(), (200, "Sign in again"));
    // The form of the page that comes later is not taken before its time.
    let (flow, token, code) = (page.field("flow").unwrap(), browser.token("code"), world.code(&secret));
    let form = [("flow", flow.as_str()), ("anti_forgery", token.as_str()), ("code", code.as_str())];
    assert_eq!(browser.post("/signin/code", &form).await.heading(), EXPIRED);
    let page = browser.submit(AGAIN, &page, &[("password", PASSWORD)]).await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let code = world.code(&secret);
    let answer = browser.submit("/signin/code", &page, &[("code", &code)]).await;
    assert_eq!(answer.location(), "/security-info");
    world.clock.advance(MINUTE);
    assert_eq!(browser.get("/security-info").await.heading(), (200, "Security info"));
}

#[tokio::test]
async fn the_token_of_another_person_or_browser_is_worth_nothing() {
    let world = World::new().await;
    world.person("ada").await;
    hourly(&world).await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    world.clock.advance(TWO_HOURS);
    let page = browser.get("/signin").await;
    let mut thief = Browser::new(&world);
    thief.get("/signin").await;
    let stolen = thief.submit(AGAIN, &page, &[("password", PASSWORD)]).await;
    assert_eq!(stolen.heading(), (400, "Please try again"), "the form was shown to another browser");
    assert!(!thief.cookies.contains_key(SESSION));
    let answer = browser.submit(AGAIN, &page, &[("password", PASSWORD)]).await;
    assert_eq!(answer.location(), "/security-info");
    assert_eq!(browser.submit(AGAIN, &page, &[("password", PASSWORD)]).await.heading(), EXPIRED, "once");
}
