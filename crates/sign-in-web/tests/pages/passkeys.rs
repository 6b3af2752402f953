//! Signing in with a passkey, alone and after a password, and the choice between methods.

use riskgate_model::{AuthenticationMethodKind, PHISHING_RESISTANT_STRENGTH_ID, RiskState};
use riskgate_store::records::Session;
use serde_json::{Value as Json, json};

use crate::browser::{Browser, Page, SESSION, between};
use crate::world::{TOR, World};
use riskgate_testkit::SoftwarePasskey;

const PATH: &str = "/signin/with-passkey";
const EXPIRED: (u16, &str) = (400, "This page has expired");
const USE_PASSKEY: (u16, &str) = (200, "Use your passkey");

async fn sign_in(browser: &mut Browser<'_>, passkey: &mut SoftwarePasskey) -> Page {
    let page = browser.get("/signin").await;
    let answer = passkey.answer(&page.options());
    browser.submit(PATH, &page, &[("answer", &answer)]).await
}

async fn phishing_resistant(world: &World) {
    let strength = json!({ "id": PHISHING_RESISTANT_STRENGTH_ID });
    world
        .enforce(json!({}), json!({ "operator": "OR", "authenticationStrength": strength }), Json::Null)
        .await;
}

#[tokio::test]
async fn a_passkey_signs_in_without_a_name_and_is_multifactor_authentication() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut passkey = world.passkey(&ada).await;
    world.require("mfa").await;
    phishing_resistant(&world).await;
    let mut browser = Browser::new(&world);
    assert_eq!(sign_in(&mut browser, &mut passkey).await.location(), "/security-info");
    assert!(browser.cookies.contains_key(SESSION));
    let session = world.all::<Session>().await.remove(0);
    assert_eq!(session.user_id, ada.id);
    assert_eq!(session.authentication.amr(), ["fido", "mfa"]);
    let logged = world.sign_ins(&ada).await.remove(0);
    assert_eq!(logged.sign_in.status.and_then(|status| status.error_code), Some(0));
    assert_eq!(logged.evidence.facts.authentication.methods[0].method, AuthenticationMethodKind::Fido2);
}

#[tokio::test]
async fn an_answer_is_good_once_in_the_browser_it_was_asked_for_in() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut passkey = world.passkey(&ada).await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin").await;
    let answer = passkey.answer(&page.options());
    let mut other = Browser::new(&world);
    let own = other.get("/signin").await;
    let pending = page.field("pending").unwrap();
    let form = [
        ("ctx", own.field("ctx").unwrap()),
        ("anti_forgery", own.field("anti_forgery").unwrap()),
        ("pending", pending),
        ("answer", answer.clone()),
    ];
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = other.post(PATH, &form).await;
    assert!(refused.text.contains("That did not work."), "{refused:?}");
    assert_eq!(browser.submit(PATH, &page, &[("answer", &answer)]).await.location(), "/security-info");
    let replayed = browser.submit(PATH, &page, &[("answer", &answer)]).await;
    assert_eq!(replayed.heading(), (200, "Sign in"));
    assert!(!other.cookies.contains_key(SESSION));
}

#[tokio::test]
async fn who_is_disabled_or_copied_does_not_get_in_and_that_is_recorded() {
    let world = World::new().await;
    let (ada, bob) = (world.person("ada").await, world.person("bob").await);
    let (mut of_ada, mut of_bob) = (world.passkey(&ada).await, world.passkey(&bob).await);
    let mut browser = Browser::new(&world);
    of_ada.counter = 0;
    let copied = sign_in(&mut browser, &mut of_ada).await;
    assert!(copied.text.contains("there may be a copy of it"), "{copied:?}");
    world.disable(&bob).await;
    assert_eq!(sign_in(&mut browser, &mut of_bob).await.refusal().1, "50057");
    for (user, code) in [(&ada, 500_121), (&bob, 50_057)] {
        let logged = world.sign_ins(user).await.remove(0);
        assert_eq!(logged.sign_in.status.and_then(|status| status.error_code), Some(code));
    }
    let rows = world.rows().await;
    let page = browser.get("/signin").await;
    let unknown = SoftwarePasskey::new(crate::world::BASE_URL, REGISTRATION).answer(&page.options());
    let answer = browser.submit(PATH, &page, &[("answer", &unknown)]).await;
    assert!(answer.text.contains("That passkey is not registered here."));
    assert_eq!(world.rows().await, rows, "whoever shows nothing leaves nothing");
    assert!(!browser.cookies.contains_key(SESSION));
}

/// Options of a registration elsewhere.
const REGISTRATION: &str = r#"{"rp":{"id":"login.contoso.com"},"user":{"id":"AAAAAAAAAAAAAAAAAAAAAA"}}"#;

#[tokio::test]
async fn the_passkey_comes_first_and_another_way_can_be_chosen() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut passkey = world.passkey(&ada).await;
    let secret = world.register(&ada).await;
    world.policy("mfa", &[]).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), USE_PASSKEY);
    let answer = passkey.answer(&page.options());
    assert_eq!(
        browser.submit("/signin/passkey", &page, &[("answer", &answer)]).await.location(),
        "/security-info"
    );

    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    let token = browser.token("other-ways");
    let flow = page.field("flow").unwrap();
    let form = [("flow", flow.as_str()), ("anti_forgery", token.as_str())];
    let list = browser.post("/signin/other-ways", &form).await;
    assert_eq!(list.heading(), (200, "Choose how to prove it is you"));
    assert!(list.text.contains("value=\"passkey\"") && list.text.contains("value=\"code\""), "{list:?}");
    let page = browser.submit("/signin/other-ways", &list, &[("method", "code")]).await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let code = world.code(&secret);
    assert_eq!(browser.submit("/signin/code", &page, &[("code", &code)]).await.location(), "/security-info");
}

#[tokio::test]
async fn only_what_the_strength_admits_is_offered_and_accepted() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut passkey = world.passkey(&ada).await;
    let secret = world.register(&ada).await;
    phishing_resistant(&world).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), USE_PASSKEY);
    assert!(!page.text.contains("Use another way"), "{page:?}");
    let (flow, token, code) = (page.field("flow").unwrap(), browser.token("code"), world.code(&secret));
    let form = [("flow", flow.as_str()), ("anti_forgery", token.as_str()), ("code", code.as_str())];
    assert_eq!(browser.post("/signin/code", &form).await.heading(), EXPIRED);
    let answer = passkey.answer(&page.options());
    let answer = browser.submit("/signin/passkey", &page, &[("answer", &answer)]).await;
    assert_eq!(answer.location(), "/security-info");
}

#[tokio::test]
async fn a_passkey_of_somebody_else_does_not_pass_and_five_of_them_end_the_sign_in() {
    let world = World::new().await;
    let (ada, bob) = (world.person("ada").await, world.person("bob").await);
    world.passkey(&ada).await;
    let mut of_bob = world.passkey(&bob).await;
    world.policy("mfa", &[]).await;
    let mut browser = Browser::new(&world);
    let mut page = browser.sign_in("/signin", "ada").await;
    for _ in 1..5 {
        let answer = of_bob.answer(&page.options());
        page = browser.submit("/signin/passkey", &page, &[("answer", &answer)]).await;
        assert_eq!(page.heading(), USE_PASSKEY);
    }
    let answer = of_bob.answer(&page.options());
    let over = browser.submit("/signin/passkey", &page, &[("answer", &answer)]).await;
    assert_eq!(over.refusal().1, "500121");
    assert!(!browser.cookies.contains_key(SESSION));
}

#[tokio::test]
async fn a_passkey_closes_the_risk_of_the_sign_in_it_began() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut passkey = world.passkey(&ada).await;
    world.policy("mfa", &["low", "medium", "high"]).await;
    let mut browser = Browser::new(&world);
    browser.address = TOR;
    assert_eq!(sign_in(&mut browser, &mut passkey).await.location(), "/security-info");
    let logged = world.sign_ins(&ada).await.remove(0).sign_in;
    assert_eq!(logged.risk_state, Some(RiskState::Remediated), "{logged:?}");
}

#[tokio::test]
async fn without_script_the_pages_say_what_to_do() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin").await;
    let script = between(&page.text, "<noscript>", "</noscript>").unwrap();
    assert!(script.contains("To sign in with a passkey, switch on JavaScript"), "{page:?}");
    let asset = browser.get("/signin/assets/passkey.js").await;
    assert_eq!(asset.header("content-type"), "text/javascript; charset=utf-8");
}
