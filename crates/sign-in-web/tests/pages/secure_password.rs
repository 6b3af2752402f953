//! A new password for an account at risk.

use riskgate_model::{RiskDetail, RiskState, RiskyUser, User};
use serde_json::{Value as Json, json};

use crate::browser::{Browser, SESSION};
use crate::world::{HOME, MINUTE, PASSWORD, TOR, World};

const NEW: [(&str, &str); 2] = [("newPassword", "Fabrikam-4711"), ("confirmPassword", "Fabrikam-4711")];
const EXPIRED: (u16, &str) = (400, "This page has expired");
const CHOOSE: (u16, &str) = (200, "Choose a new password");
const PAGE: &str = "/signin/new-password";

/// Ada signed in through Tor once, so her account is at risk; a policy asks for a new password then.
async fn at_risk(world: &World) -> User {
    let ada = world.person("ada").await;
    let mut browser = Browser::new(world);
    browser.address = TOR;
    browser.sign_in("/signin", "ada").await;
    world.clock.advance(MINUTE);
    let grant = json!({ "operator": "AND", "builtInControls": ["mfa", "passwordChange"] });
    world.enforce(json!({ "userRiskLevels": ["medium", "high"] }), grant, Json::Null).await;
    ada
}

#[tokio::test]
async fn after_the_code_a_new_password_closes_the_risk_and_ends_everything_else() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    let mut elsewhere = Browser::signed_in(&world, "ada").await;
    let mut tor = Browser::new(&world);
    tor.address = TOR;
    tor.sign_in("/signin", "ada").await;
    let grant = json!({ "operator": "AND", "builtInControls": ["mfa", "passwordChange"] });
    world.enforce(json!({ "userRiskLevels": ["medium"] }), grant, Json::Null).await;
    let before = world.password_hash(&ada).await;
    world.clock.advance(MINUTE);

    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let code = world.code(&secret);
    let page = browser.submit("/signin/code", &page, &[("code", &code)]).await;
    assert_eq!(page.heading(), CHOOSE);
    assert!(page.text.contains("Somebody else may know your password"));
    for (first, second) in [(PASSWORD, PASSWORD), ("Fabrikam-4711", "Fabrikam-4712"), ("short", "short")] {
        let typed = [("newPassword", first), ("confirmPassword", second)];
        let again = browser.submit(PAGE, &page, &typed).await;
        assert_eq!(again.heading(), CHOOSE, "{first} {second}");
        assert!(again.problem().is_some() && again.text.contains("Somebody else may know"));
    }
    assert_eq!(world.password_hash(&ada).await, before);
    world.clock.advance(MINUTE);
    let answer = browser.submit(PAGE, &page, &NEW).await;
    assert_eq!(answer.location(), "/security-info");
    assert_eq!(browser.submit(PAGE, &page, &NEW).await.heading(), EXPIRED, "once");
    assert_ne!(world.password_hash(&ada).await, before);

    let risky = world.load::<RiskyUser>(&ada.id).await.unwrap();
    let closed = (risky.risk_state, risky.risk_detail);
    let wanted = (Some(RiskState::Remediated), Some(RiskDetail::UserPerformedSecuredPasswordChange));
    assert_eq!(closed, wanted);
    assert_eq!(browser.get("/security-info").await.heading(), (200, "Security info"), "he stays signed in");
    for other in [&mut elsewhere, &mut tor] {
        other.address = HOME;
        assert!(other.get("/security-info").await.location().starts_with("/signin?"), "the others do not");
    }
    let mut next = Browser::new(&world);
    let page = next.get("/signin").await;
    let old = next.first_factor(&page, "ada@contoso.com", PASSWORD).await;
    assert!(old.problem().is_some(), "the old password is worth nothing");
    let new = next.first_factor(&old, "ada@contoso.com", "Fabrikam-4711").await;
    assert_eq!(new.location(), "/security-info", "and nothing more is asked for");
}

#[tokio::test]
async fn no_password_is_chosen_before_the_code_was_passed() {
    let world = World::new().await;
    let ada = at_risk(&world).await;
    world.register(&ada).await;
    let before = world.password_hash(&ada).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let (flow, token) = (page.field("flow").unwrap(), browser.token("new-password"));
    let mut form = vec![("flow", flow.as_str()), ("anti_forgery", token.as_str())];
    form.extend(NEW);
    assert_eq!(browser.post(PAGE, &form).await.heading(), EXPIRED);
    assert_eq!(world.password_hash(&ada).await, before);
    let risky = world.load::<RiskyUser>(&ada.id).await.unwrap();
    assert_eq!(risky.risk_state, Some(RiskState::AtRisk));
}

#[tokio::test]
async fn who_has_no_second_factor_is_refused_and_registers_none() {
    let world = World::new().await;
    let ada = at_risk(&world).await;
    let mut browser = Browser::new(&world);
    let answer = browser.sign_in("/signin", "ada").await;
    let (status, code, id) = answer.refusal();
    assert_eq!((status, code), (403, "53004"));
    assert_eq!(world.logged_code(&id).await, Some(53_004));
    assert_eq!(world.apps(&ada).await, 0);
    assert!(!browser.cookies.contains_key(SESSION));
}

#[tokio::test]
async fn a_code_of_before_does_not_count_for_choosing_a_password() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    world.require("mfa").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    let code = world.code(&secret);
    browser.submit("/signin/code", &page, &[("code", &code)]).await;
    world.clock.advance(MINUTE);
    let mut tor = Browser::new(&world);
    tor.address = TOR;
    tor.sign_in("/signin", "ada").await;
    let grant = json!({ "operator": "AND", "builtInControls": ["mfa", "passwordChange"] });
    world.enforce(json!({ "userRiskLevels": ["medium"] }), grant, Json::Null).await;
    // The session has passed multifactor authentication, but whoever holds its cookie may not be Ada.
    let page = browser.get("/signin").await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let code = world.code(&secret);
    let page = browser.submit("/signin/code", &page, &[("code", &code)]).await;
    assert_eq!(page.heading(), CHOOSE);
    let answer = browser.submit(PAGE, &page, &NEW).await;
    assert_eq!(answer.location(), "/security-info");
    assert_eq!(browser.get("/security-info").await.heading(), (200, "Security info"));
}

#[tokio::test]
async fn a_silent_request_is_told_that_the_password_must_be_changed() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    world.require("mfa").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    let code = world.code(&secret);
    browser.submit("/signin/code", &page, &[("code", &code)]).await;
    let mut tor = Browser::new(&world);
    tor.address = TOR;
    tor.sign_in("/signin", "ada").await;
    let grant = json!({ "operator": "AND", "builtInControls": ["mfa", "passwordChange"] });
    world.enforce(json!({ "userRiskLevels": ["medium"] }), grant, Json::Null).await;
    let mut request = world.request("openid").await;
    request.prompt = vec!["none".to_owned()];
    let answer = browser.get(&world.sign_in_path(&request)).await;
    assert_eq!(answer.parameter("error").as_deref(), Some("interaction_required"), "{answer:?}");
    assert!(answer.parameter("error_description").unwrap().starts_with("AADSTS50135: "), "{answer:?}");
}
