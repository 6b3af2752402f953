//! Registering security information, judged by the policies that name it (`registersecurityinfo`).

use riskgate_model::{Agreement, AgreementFileLocalization};
use riskgate_store::records::SignInRecord;
use serde_json::json;

use crate::browser::{Browser, between};
use crate::terms::agreement;
use crate::world::{MINUTE, POLICY_NAME, World};
use riskgate_testkit::authenticator_app::from_groups;

const REGISTER: &str = "urn:user:registersecurityinfo";
const TOTP: &str = "/security-info/totp";

fn block() -> serde_json::Value {
    json!({ "operator": "OR", "builtInControls": ["block"] })
}

#[tokio::test]
async fn a_policy_that_names_it_keeps_people_from_adding_and_removing_but_not_from_looking() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let open = browser.get(TOTP).await;
    let secret = from_groups(between(&open.text, "class=\"secret\">", "</code>").unwrap());
    world.enforce_for_action(REGISTER, block()).await;
    assert_eq!(browser.get("/security-info").await.heading(), (200, "Security info"));
    let page = browser.get(TOTP).await;
    let (status, code, id) = page.refusal();
    assert_eq!((status, code), (403, "53010"));
    assert!(!page.text.contains(POLICY_NAME));
    let record = world.load::<SignInRecord>(&id).await.unwrap();
    let logged = record.sign_in.status.unwrap();
    assert_eq!(logged.error_code, Some(53_010));
    assert_eq!(record.sign_in.resource_id, None, "an action has no resource");
    let code = world.code(&secret);
    let late = browser.submit(TOTP, &open, &[("code", &code)]).await;
    assert_eq!(late.refusal().1, "53010", "a page opened before does not help");
    let list = browser.get("/security-info").await;
    let token = list.field("anti_forgery").unwrap_or_else(|| browser.token("security-info"));
    let form = [("anti_forgery", token.as_str()), ("method", "x")];
    assert_eq!(browser.post("/security-info/remove", &form).await.refusal().1, "53010");
    assert_eq!(world.apps(&ada).await, 0);
}

#[tokio::test]
async fn it_also_keeps_them_from_registering_during_a_sign_in() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.require("mfa").await;
    let mut early = Browser::new(&world);
    let page = early.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Set up an authenticator app"), "nothing names it yet");
    let secret = from_groups(between(&page.text, "class=\"secret\">", "</code>").unwrap());
    world.enforce_for_action(REGISTER, block()).await;
    let mut browser = Browser::new(&world);
    let answer = browser.sign_in("/signin", "ada").await;
    assert_eq!((answer.refusal().0, answer.refusal().1), (403, "53010"));
    world.clock.advance(MINUTE);
    let code = world.code(&secret);
    let late = early.submit("/signin/register", &page, &[("code", &code)]).await;
    assert_eq!(late.refusal().1, "53010", "a page opened before does not help");
    assert_eq!(world.apps(&ada).await, 0);
}

#[tokio::test]
async fn who_has_an_app_proves_it_before_he_adds_another_where_a_policy_says_so() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    world.enforce_for_action(REGISTER, json!({ "operator": "OR", "builtInControls": ["mfa"] })).await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    assert_eq!(browser.get("/security-info").await.heading(), (200, "Security info"));
    let to_sign_in = browser.get(TOTP).await.location().to_owned();
    let page = browser.get(&to_sign_in).await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let code = world.code(&secret);
    assert_eq!(browser.submit("/signin/code", &page, &[("code", &code)]).await.location(), TOTP);
    assert_eq!(browser.get(TOTP).await.heading(), (200, "Set up an authenticator app"));
}

#[tokio::test]
async fn who_has_none_cannot_prove_one_in_order_to_register_it() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.enforce_for_action(REGISTER, json!({ "operator": "OR", "builtInControls": ["mfa"] })).await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    assert_eq!(browser.get(TOTP).await.refusal().1, "53010");
    world.require("mfa").await;
    let mut other = Browser::new(&world);
    assert_eq!(other.sign_in("/signin", "ada").await.refusal().1, "53010");
    assert_eq!(world.apps(&ada).await, 0);
}

#[tokio::test]
async fn terms_a_policy_asks_for_before_registering_are_shown_first() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.require("mfa").await;
    let terms = agreement(&world, Agreement::default(), AgreementFileLocalization::default()).await;
    world.enforce_for_action(REGISTER, json!({ "operator": "OR", "termsOfUse": [terms.id] })).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Terms of use"));
    let page = browser.submit("/signin/terms", &page, &[("decision", "accept")]).await;
    assert_eq!(page.heading(), (200, "Set up an authenticator app"));
    let secret = from_groups(between(&page.text, "class=\"secret\">", "</code>").unwrap());
    let code = world.code(&secret);
    let answer = browser.submit("/signin/register", &page, &[("code", &code)]).await;
    assert_eq!(answer.location(), "/security-info");
    assert_eq!(world.apps(&ada).await, 1);
}
