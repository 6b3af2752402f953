//! Sign-ins that are approved on a phone, and the attacks on that.

use riskgate_model::{AuthenticationMethodKind, RiskDetection, RiskLevel, RiskyUser, User};
use riskgate_store::records::{ApprovalRequests, Interaction};
use riskgate_testkit::SoftwarePhone;
use serde_json::{Value as Json, json};

use crate::browser::{Browser, Page, SESSION, between};
use crate::world::{HOME, MINUTE, TOR, World};

const APPROVE: (u16, &str) = (200, "Approve on your phone");
const PATH: &str = "/signin/approval";

/// The number a page shows.
fn number(page: &Page) -> String {
    between(&page.text, "<p class=\"number\">", "</p>").unwrap_or_else(|| panic!("{page:?}")).to_owned()
}

/// What waits for a phone.
async fn listed(browser: &mut Browser<'_>, phone: &SoftwarePhone) -> Page {
    let challenge = browser.post_json("/approve/challenge", &json!({})).await.json();
    let challenge = challenge["challenge"].as_str().unwrap();
    let proof = json!({ "phone": phone.id, "challenge": challenge, "signature": phone.sign_list(challenge) });
    browser.post_json("/approve/requests", &proof).await
}

/// The one request that waits for a phone.
async fn request(browser: &mut Browser<'_>, phone: &SoftwarePhone) -> Json {
    let listed = listed(browser, phone).await.json();
    assert_eq!(listed["requests"].as_array().unwrap().len(), 1, "{listed}");
    listed["requests"][0].clone()
}

async fn answer(browser: &mut Browser<'_>, phone: &SoftwarePhone, decision: &str, number: &str) -> Page {
    let request = request(browser, phone).await;
    let id = request["id"].as_str().unwrap();
    let signature = phone.sign_answer(id, number, decision);
    let body = json!({ "phone": phone.id, "request": id, "decision": decision, "number": number, "signature": signature });
    browser.post_json("/approve/answer", &body).await
}

fn other_number(number: &str) -> String {
    (10..100).map(|other| other.to_string()).find(|other| other != number).unwrap()
}

/// Ada, who has registered a phone and must prove more than a password.
async fn ada_with_a_phone() -> (World, User, SoftwarePhone) {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let phone = world.phone(&ada).await;
    world.policy("mfa", &[]).await;
    (world, ada, phone)
}

#[tokio::test]
async fn the_number_on_the_page_entered_on_the_phone_signs_in() {
    let (world, ada, phone) = ada_with_a_phone().await;
    let (mut browser, mut pocket) = (Browser::new(&world), Browser::new(&world));
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), APPROVE);
    let shown = request(&mut pocket, &phone).await;
    assert_eq!((&shown["application"], &shown["address"]), (&json!("Your account"), &json!(HOME)));
    assert_eq!(shown["time"], "2026-11-23 10:01 UTC");
    assert!(
        !shown.to_string().contains(&format!("\"{}\"", number(&page))),
        "the number is on the page alone"
    );
    // Without script its button asks; nothing counts as wrong meanwhile, and nobody is rung again.
    let page = browser.submit(PATH, &page, &[]).await;
    assert_eq!((page.heading(), page.problem()), (APPROVE, Some("Your phone has not answered yet.")));
    assert_eq!(world.all::<Interaction>().await[0].failures, 0);
    let answered = answer(&mut pocket, &phone, "approve", &number(&page)).await;
    assert_eq!(answered.json()["state"], "approved");
    assert_eq!(browser.submit(PATH, &page, &[]).await.location(), "/security-info");
    let facts = world.sign_ins(&ada).await.remove(0).evidence.facts.authentication;
    let mut amr = facts.amr();
    amr.sort_unstable();
    assert_eq!(amr, ["mfa", "pwd", "swk"]);
    assert!(
        facts.methods.iter().any(|used| used.method == AuthenticationMethodKind::MicrosoftAuthenticatorPush)
    );
}

#[tokio::test]
async fn the_page_learns_that_there_is_an_answer() {
    let (world, _, phone) = ada_with_a_phone().await;
    let (mut browser, mut pocket) = (Browser::new(&world), Browser::new(&world));
    let page = browser.sign_in("/signin", "ada").await;
    let (flow, token) = (page.field("flow").unwrap(), page.field("anti_forgery").unwrap());
    let form = [("flow", flow.as_str()), ("anti_forgery", token.as_str())];
    let path = "/signin/approval/status";
    assert_eq!(browser.post(path, &form).await.json(), json!({ "waiting": true }));
    answer(&mut pocket, &phone, "approve", &number(&page)).await;
    assert_eq!(browser.post(path, &form).await.json(), json!({ "waiting": false }));
    assert_eq!(Browser::new(&world).post(path, &form).await.status.as_u16(), 403, "elsewhere");
    assert_eq!(browser.submit(PATH, &page, &[]).await.location(), "/security-info", "asking used nothing up");
}

#[tokio::test]
async fn one_wrong_number_ends_the_request_and_numbers_cannot_be_tried() {
    let (world, _, phone) = ada_with_a_phone().await;
    let (mut browser, mut pocket) = (Browser::new(&world), Browser::new(&world));
    let mut page = browser.sign_in("/signin", "ada").await;
    for tried in 1..=3 {
        let right = number(&page);
        let answered = answer(&mut pocket, &phone, "approve", &other_number(&right)).await;
        assert_eq!(answered.json()["state"], "wrongNumber");
        assert_eq!(listed(&mut pocket, &phone).await.json(), json!({ "requests": [] }));
        page = browser.submit(PATH, &page, &[]).await;
        assert!(page.problem().unwrap().starts_with("Another number was entered"), "{page:?}");
        assert!(!page.text.contains("class=\"number\""));
        page = browser.submit(PATH, &page, &[("again", "yes")]).await;
        if tried < 3 {
            assert_eq!(page.heading(), APPROVE);
        }
    }
    assert!(page.problem().unwrap().contains("too often for this sign-in"), "{page:?}");
    assert!(!browser.cookies.contains_key(SESSION));
}

#[tokio::test]
async fn what_the_phone_turned_down_does_not_go_on_and_it_is_not_rung_again() {
    let (world, _, phone) = ada_with_a_phone().await;
    let (mut browser, mut pocket) = (Browser::new(&world), Browser::new(&world));
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(answer(&mut pocket, &phone, "deny", "").await.json()["state"], "denied");
    let mut page = browser.submit(PATH, &page, &[]).await;
    assert!(page.problem().unwrap().contains("turned down on the phone"), "{page:?}");
    page = browser.submit(PATH, &page, &[("again", "yes")]).await;
    assert!(page.problem().unwrap().contains("turned down on your phone a short while ago"), "{page:?}");
    // Nor for a new sign-in.
    let page = Browser::new(&world).sign_in("/signin", "ada").await;
    assert!(page.problem().unwrap().contains("turned down on your phone a short while ago"), "{page:?}");
    assert_eq!(listed(&mut pocket, &phone).await.json(), json!({ "requests": [] }));
}

#[tokio::test]
async fn a_report_on_the_phone_ends_the_sign_in_and_raises_the_detection() {
    let (world, ada, phone) = ada_with_a_phone().await;
    let (mut browser, mut pocket) = (Browser::new(&world), Browser::new(&world));
    browser.address = TOR;
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(request(&mut pocket, &phone).await["address"], TOR);
    let answered = answer(&mut pocket, &phone, "report", "").await.json();
    assert_eq!(answered["state"], "reported");
    let sign_in = world.sign_ins(&ada).await.remove(0).sign_in;
    assert_eq!(answered["signIn"], sign_in.id.as_str(), "what the page to secure the account needs");
    let detections = world.all::<RiskDetection>().await;
    let reported: Vec<_> = detections
        .iter()
        .filter(|found| found.risk_event_type.as_deref() == Some("userReportedSuspiciousActivity"))
        .collect();
    assert_eq!(reported.len(), 1, "{detections:?}");
    assert_eq!(reported[0].request_id.as_deref(), Some(sign_in.id.as_str()));
    assert_eq!(world.load::<RiskyUser>(&ada.id).await.unwrap().risk_level, Some(RiskLevel::High));
    assert_eq!(browser.submit(PATH, &page, &[]).await.refusal().1, "500121");
    assert!(world.all::<Interaction>().await.is_empty(), "nothing waits any more");
    assert_eq!(world.logged_code(&sign_in.id).await, Some(500_121));
}

#[tokio::test]
async fn another_persons_phone_a_late_and_a_replayed_answer_do_nothing() {
    let world = World::new().await;
    let (ada, bob) = (world.person("ada").await, world.person("bob").await);
    let (phone, of_bob) = (world.phone(&ada).await, world.phone(&bob).await);
    world.policy("mfa", &[]).await;
    let (mut browser, mut pocket) = (Browser::new(&world), Browser::new(&world));
    let page = browser.sign_in("/signin", "ada").await;
    let right = number(&page);
    let id = request(&mut pocket, &phone).await["id"].as_str().unwrap().to_owned();
    let body = |phone: &SoftwarePhone, signer: &SoftwarePhone| {
        json!({ "phone": phone.id, "request": id, "decision": "approve", "number": right,
            "signature": signer.sign_answer(&id, &right, "approve") })
    };
    let foreign = pocket.post_json("/approve/answer", &body(&of_bob, &of_bob)).await;
    assert_eq!((foreign.status.as_u16(), foreign.json()), (409, json!({ "error": "over" })));
    let forged = pocket.post_json("/approve/answer", &body(&phone, &of_bob)).await;
    assert_eq!((forged.status.as_u16(), forged.json()), (400, json!({ "error": "wrong" })));
    assert_eq!(browser.submit(PATH, &page, &[]).await.heading(), APPROVE);
    world.clock.advance(2 * MINUTE);
    let late = pocket.post_json("/approve/answer", &body(&phone, &phone)).await;
    assert_eq!((late.status.as_u16(), late.json()), (409, json!({ "error": "over" })));
    let page = browser.submit(PATH, &page, &[]).await;
    assert_eq!(page.problem(), Some("Nobody answered on the phone in time."));
    let page = browser.submit(PATH, &page, &[("again", "yes")]).await;
    answer(&mut pocket, &phone, "approve", &number(&page)).await;
    assert_eq!(browser.submit(PATH, &page, &[]).await.location(), "/security-info");
    let mut second = Browser::new(&world);
    let page = second.sign_in("/signin", "ada").await;
    let replayed = pocket.post_json("/approve/answer", &body(&phone, &phone)).await;
    assert_eq!(replayed.status.as_u16(), 409);
    assert_eq!(second.submit(PATH, &page, &[]).await.heading(), APPROVE);
    assert!(!second.cookies.contains_key(SESSION));
}

#[tokio::test]
async fn before_the_password_is_right_an_account_with_a_phone_is_like_any_other() {
    let world = World::new().await;
    let (ada, _bob) = (world.person("ada").await, world.person("bob").await);
    let phone = world.phone(&ada).await;
    world.policy("mfa", &[]).await;
    let mut pages = Vec::new();
    for name in ["ada", "bob", "nobody"] {
        let mut browser = Browser::new(&world);
        let page = browser.sign_in_with("/signin", name, "wrong").await;
        let mut text = page.text.replace(name, "NAME");
        for secret in ["ctx", "anti_forgery", "pending"] {
            text = text.replace(&page.field(secret).unwrap(), "SECRET");
        }
        let challenge = page.options();
        text = text.replace(&challenge.replace('"', "&#34;"), "OPTIONS");
        pages.push((page.status, text));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
    assert!(world.all::<ApprovalRequests>().await.is_empty(), "and nobody is rung");
    assert_eq!(listed(&mut Browser::new(&world), &phone).await.json(), json!({ "requests": [] }));
}

#[tokio::test]
async fn a_cookie_of_the_person_answers_nothing() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut thief = Browser::signed_in(&world, "ada").await;
    let phone = world.phone(&ada).await;
    world.policy("mfa", &[]).await;
    let page = Browser::new(&world).sign_in("/signin", "ada").await;
    let right = number(&page);
    let id = request(&mut Browser::new(&world), &phone).await["id"].as_str().unwrap().to_owned();
    let form = [
        ("phone", phone.id.as_str()),
        ("request", id.as_str()),
        ("decision", "approve"),
        ("number", right.as_str()),
        ("signature", ""),
    ];
    // A form of another site carries the cookies, and is not even read.
    let sent = thief.post("/approve/answer", &form).await;
    assert_eq!((sent.status.as_u16(), sent.json()), (400, json!({ "error": "wrong" })));
    assert_eq!(
        listed(&mut thief, &SoftwarePhone::new(crate::world::BASE_URL)).await.json(),
        json!({ "error": "unknown" })
    );
    // And a new phone needs a proof the stolen session does not have.
    assert!(thief.get("/security-info/phone").await.location().starts_with("/signin?ctx="));
}

#[tokio::test]
async fn only_where_the_strength_admits_it() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.phone(&ada).await;
    let secret = world.register(&ada).await;
    world.policy("mfa", &[]).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), APPROVE);
    let token = browser.token("other-ways");
    let flow = page.field("flow").unwrap();
    let form = [("flow", flow.as_str()), ("anti_forgery", token.as_str()), ("method", "code")];
    let page = browser.post("/signin/other-ways", &form).await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let code = world.code(&secret);
    assert_eq!(browser.submit("/signin/code", &page, &[("code", &code)]).await.location(), "/security-info");
    world.remove_policies().await;
    let strength = json!({ "operator": "OR", "authenticationStrength": { "id": "00000000-0000-0000-0000-000000000004" } });
    world.enforce(json!({}), strength, Json::Null).await;
    let refused = Browser::new(&world).sign_in("/signin", "ada").await;
    assert_eq!(refused.refusal().0, 403, "it does not resist phishing");
}

#[tokio::test]
async fn a_phone_that_the_policy_permits_nobody_is_not_asked_and_none_is_added() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.phone(&ada).await;
    let secret = world.register(&ada).await;
    world.policy("mfa", &[]).await;
    world.disable_method("MicrosoftAuthenticator").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    assert!(world.all::<ApprovalRequests>().await.is_empty());
    let code = world.code(&secret);
    assert_eq!(browser.submit("/signin/code", &page, &[("code", &code)]).await.location(), "/security-info");
    assert_eq!(browser.get("/security-info/phone").await.refusal().1, "53010");
    assert!(!browser.get("/security-info").await.text.contains("Add a phone"));
}
