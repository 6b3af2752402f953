//! Phones are registered on the page of another browser, and live among the other methods.

use riskgate_ports::MailContent;
use riskgate_store::records::AuthenticationMethod;
use riskgate_testkit::SoftwarePhone;
use serde_json::json;

use crate::browser::{Browser, Page, between};
use crate::world::{BASE_URL, MINUTE, TOR, World};

const PATH: &str = "/security-info/phone";

async fn register(browser: &mut Browser<'_>, phone: &SoftwarePhone, code: &str, name: &str) -> Page {
    let body = json!({ "code": code, "publicKey": phone.public_key(), "signature": phone.sign_registration(code),
        "name": name });
    browser.post_json("/approve/register", &body).await
}

#[tokio::test]
async fn a_phone_opens_the_address_and_is_registered_named_and_removed() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world
        .change(&ada.id, |user: &mut riskgate_model::User| user.mail = Some("ada@contoso.com".to_owned()))
        .await;
    let (mut browser, mut pocket) = (Browser::signed_in(&world, "ada").await, Browser::new(&world));
    world.post.taken();
    let page = browser.get(PATH).await;
    assert_eq!(page.heading(), (200, "Add a phone"));
    let code = page.field("code").unwrap();
    let address = format!("{BASE_URL}/approve/#{code}");
    assert!(page.text.contains(&format!("<a href=\"{address}\">")) && page.text.contains("<svg"), "{page:?}");
    let form = [("anti_forgery", page.field("anti_forgery").unwrap()), ("code", code.clone())];
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(browser.post("/security-info/phone/status", &form).await.json(), json!({ "waiting": true }));
    assert_eq!(browser.post(PATH, &form).await.location(), "/security-info?done=phone-open");
    let answer = register(&mut pocket, &SoftwarePhone::new(BASE_URL), &code, " Pocket ").await;
    assert_eq!(answer.json()["username"], "ada@contoso.com", "{answer:?}");
    let mail = world.post.taken();
    assert!(
        matches!(&mail[..], [mail] if matches!(&mail.content, MailContent::SecurityInfoAdded(it) if it.what == "Phone"))
    );
    assert_eq!(browser.post("/security-info/phone/status", &form).await.json(), json!({ "waiting": false }));
    assert_eq!(browser.post(PATH, &form).await.location(), "/security-info?done=phone-added");
    let again = register(&mut pocket, &SoftwarePhone::new(BASE_URL), &code, "Second").await;
    assert_eq!((again.status.as_u16(), again.json()), (401, json!({ "error": "expired" })));
    let kept = world.all::<AuthenticationMethod>().await;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].display_name.as_deref(), Some("Pocket"));
    // From now on a change needs a proof with it.
    assert!(browser.get(PATH).await.location().starts_with("/signin?ctx="));
}

#[tokio::test]
async fn no_code_is_shown_from_a_risky_place_or_to_nobody() {
    let world = World::new().await;
    world.person("ada").await;
    assert!(Browser::new(&world).get(PATH).await.location().starts_with("/signin?ctx="));
    let mut browser = Browser::signed_in(&world, "ada").await;
    browser.address = TOR;
    assert_eq!(browser.get(PATH).await.refusal().1, "53004");
}

#[tokio::test]
async fn a_fresh_proof_by_phone_opens_the_page_for_a_quarter_of_an_hour() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let phone = world.phone(&ada).await;
    let (mut browser, mut pocket) = (Browser::signed_in(&world, "ada").await, Browser::new(&world));
    let first = browser.get(PATH).await.location().to_owned();
    let page = browser.get(&first).await;
    assert_eq!(page.heading(), (200, "Approve on your phone"));
    let number = between(&page.text, "<p class=\"number\">", "</p>").unwrap();
    let challenge = pocket.post_json("/approve/challenge", &json!({})).await.json();
    let challenge = challenge["challenge"].as_str().unwrap();
    let proof = json!({ "phone": phone.id, "challenge": challenge, "signature": phone.sign_list(challenge) });
    let listed = pocket.post_json("/approve/requests", &proof).await.json();
    let id = listed["requests"][0]["id"].as_str().unwrap();
    let signature = phone.sign_answer(id, number, "approve");
    let body = json!({ "phone": phone.id, "request": id, "decision": "approve", "number": number, "signature": signature });
    pocket.post_json("/approve/answer", &body).await;
    assert_eq!(browser.submit("/signin/approval", &page, &[]).await.location(), PATH);
    let list = browser.get("/security-info").await;
    assert!(list.text.contains("<strong>Phone</strong> · Pocket"), "{list:?}");
    let method = list.field("method").unwrap();
    let renamed =
        browser.submit("/security-info/rename", &list, &[("method", &method), ("name", "Blue")]).await;
    assert_eq!(renamed.location(), "/security-info?done=renamed");
    assert_eq!(browser.get(PATH).await.heading(), (200, "Add a phone"));
    world.clock.advance(16 * MINUTE);
    assert!(browser.get(PATH).await.location().starts_with("/signin?ctx="));
}

#[tokio::test]
async fn the_page_of_the_phone_is_installable_and_speaks_german() {
    let world = World::new().await;
    let mut pocket = Browser::new(&world);
    assert_eq!(pocket.get("/approve").await.location(), "/approve/");
    let page = pocket.get("/approve/").await;
    assert_eq!(page.heading(), (200, "Approve sign-ins"));
    assert!(page.header("content-security-policy").contains("manifest-src 'self'"));
    let manifest = pocket.get("/approve/manifest.webmanifest").await;
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    let manifest = manifest.json();
    assert_eq!((&manifest["scope"], &manifest["display"]), (&json!("/approve/"), &json!("standalone")));
    let worker = pocket.get("/approve/worker.js").await;
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    assert!(worker.text.contains("Is somebody signing in?"));
    pocket.languages = "de";
    assert!(pocket.get("/approve/worker.js").await.text.contains("Meldet sich jemand an?"));
    assert_eq!(pocket.get("/approve/").await.heading(), (200, "Anmeldungen bestätigen"));
    let body = json!({ "code": 7 });
    assert_eq!(pocket.post_json("/approve/register", &body).await.json(), json!({ "error": "wrong" }));
}
