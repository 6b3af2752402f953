//! The page on which people register browsers, and what such a browser is worth.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use riskgate_core::Clock;
use riskgate_directory::{Actor, DeviceKey};
use riskgate_http::ClientCertificate;
use riskgate_model::{Device, DirectoryAudit, User};
use riskgate_store::records::{DeviceCredential, DeviceRelation, SignInRecord};
use serde_json::{Value, json};

use crate::browser::{Browser, Page, SESSION};
use crate::world::{MINUTE, TOR, World};

const PATH: &str = "/security-info/device";
const DEVICE: &str = "__Host-riskgate-device";

/// Presses the button.
async fn register(browser: &mut Browser<'_>) -> Page {
    let page = browser.get(PATH).await;
    assert_eq!(page.heading(), (200, "Your devices"));
    browser.submit(PATH, &page, &[]).await
}

/// Somebody signed in on a browser that is a registered device.
pub(crate) async fn registered<'a>(world: &'a World, name: &str) -> (Browser<'a>, Device) {
    let mut browser = Browser::signed_in(world, name).await;
    assert_eq!(register(&mut browser).await.location(), "/security-info/device?done=registered");
    (browser, world.all::<Device>().await.remove(0))
}

async fn patch(world: &World, device: &Device, properties: Value) {
    let Value::Object(properties) = properties else { panic!("no object") };
    let key = DeviceKey::Id(&device.id);
    world.directory.update_device(&Actor::system(), key, &properties).await.unwrap();
}

/// Signs in again with the session, and says which device was seen.
async fn device_seen(world: &World, browser: &mut Browser<'_>) -> Option<String> {
    let known: Vec<_> =
        world.all::<SignInRecord>().await.into_iter().map(|record| record.sign_in.id).collect();
    let request = world.request("openid").await;
    let answer = browser.get(&world.sign_in_path(&request)).await;
    assert!(answer.parameter("code").is_some(), "{answer:?}");
    let mut new = world.all::<SignInRecord>().await;
    new.retain(|record| !known.contains(&record.sign_in.id));
    new.remove(0).sign_in.device_detail.unwrap().device_id
}

#[tokio::test]
async fn a_person_registers_his_browser_and_removes_it() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let answer = register(&mut browser).await;
    let cookie = answer.cookies().into_iter().find(|cookie| cookie.starts_with(DEVICE)).unwrap();
    assert!(cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=34560000"), "{cookie}");

    let device = world.all::<Device>().await.remove(0);
    let text = |text: &Option<String>| text.clone().unwrap();
    assert_eq!((&*text(&device.trust_type), &*text(&device.profile_type)), ("Workplace", "RegisteredDevice"));
    assert_eq!(device.registration_date_time, Some(world.clock.now()));
    let key = DeviceKey::Id(&device.id);
    let owners: Vec<User> = world.directory.device_people(key, DeviceRelation::Owner).await.unwrap();
    assert_eq!(owners.iter().map(|owner| &owner.id).collect::<Vec<_>>(), [&ada.id]);
    let audit = world.all::<DirectoryAudit>().await;
    let audit = audit.iter().find(|entry| entry.activity_display_name == "Register device").unwrap();
    assert_eq!(audit.initiated_by.user.as_ref().unwrap().id.as_ref(), Some(&ada.id));

    let list = browser.get("/security-info/device?done=registered").await;
    assert!(list.text.contains("(this browser)") && list.text.contains("This browser is registered."));
    assert!(!list.text.contains("<form method=\"post\" action=\"/security-info/device\">"), "once is enough");
    assert_eq!(device_seen(&world, &mut browser).await, device.device_id);

    let removed = browser.submit("/security-info/device/remove", &list, &[("device", &device.id)]).await;
    assert_eq!(removed.location(), "/security-info/device?done=removed");
    assert!(!browser.cookies.contains_key(DEVICE));
    assert!(world.all::<Device>().await.is_empty());
    let again = browser.submit("/security-info/device/remove", &list, &[("device", &device.id)]).await;
    assert_eq!(again.location(), "/security-info/device?done=gone");
}

#[tokio::test]
async fn a_sign_in_on_the_device_is_seen_as_one_until_it_is_disabled() {
    let world = World::new().await;
    world.person("ada").await;
    let (mut browser, device) = registered(&world, "ada").await;
    browser.cookies.remove(SESSION);
    let old = browser.cookies[DEVICE].clone();
    world.clock.advance(MINUTE);
    browser.sign_in("/signin", "ada").await;
    assert_ne!(browser.cookies[DEVICE], old, "it lasts longer again");
    let newest =
        world.all::<SignInRecord>().await.into_iter().max_by_key(|r| r.sign_in.created_date_time).unwrap();
    assert_eq!(newest.sign_in.device_detail.unwrap().device_id, device.device_id);
    let used = world.all::<Device>().await.remove(0).approximate_last_sign_in_date_time;
    assert_eq!(used, Some(world.clock.now()));

    patch(&world, &device, json!({ "isCompliant": true })).await;
    let list = browser.get(PATH).await;
    assert!(list.text.contains("meets the requirements of your organization"));
    assert_eq!(device_seen(&world, &mut browser).await, device.device_id);
    patch(&world, &device, json!({ "accountEnabled": false })).await;
    assert_eq!(device_seen(&world, &mut browser).await, None);
    assert!(browser.get(PATH).await.text.contains("disabled by an administrator"));
}

#[tokio::test]
async fn a_policy_that_asks_for_a_compliant_device_lets_in_nothing_else() {
    let world = World::new().await;
    world.person("ada").await;
    let (mut browser, device) = registered(&world, "ada").await;
    let request = world.request("openid").await;
    let path = world.sign_in_path(&request);
    world.policy("compliantDevice", &[]).await;
    assert_eq!(browser.get(&path).await.refusal().1, "53000", "registered, and nobody says that it complies");
    patch(&world, &device, json!({ "isCompliant": true })).await;
    assert!(browser.get(&path).await.parameter("code").is_some());
    let genuine = browser.cookies.remove(DEVICE).unwrap();
    assert_eq!(browser.get(&path).await.refusal().1, "53000", "a private window");
    browser.cookies.insert(DEVICE.to_owned(), genuine);
    assert!(browser.get(&path).await.parameter("code").is_some());
    patch(&world, &device, json!({ "isCompliant": false })).await;
    assert_eq!(browser.get(&path).await.refusal().1, "53000");
}

#[tokio::test]
async fn a_device_is_also_proven_by_the_certificate_it_is_known_by() {
    let world = World::new().await;
    world.person("ada").await;
    let thumbprint = digest(&SHA256, b"a certificate");
    let key = STANDARD.encode(thumbprint.as_ref());
    let body = json!({ "accountEnabled": true, "deviceId": "4c299165-6e8f-4b45-a5ba-c5d250a707ff",
        "displayName": "Laptop", "operatingSystem": "Windows", "operatingSystemVersion": "11",
        "alternativeSecurityIds": [{ "type": 2, "key": key }] });
    let Value::Object(body) = body else { unreachable!() };
    let device = world.directory.create_device(&Actor::system(), &body).await.unwrap();
    let mut browser = Browser::signed_in(&world, "ada").await;
    browser.certificate = Some(ClientCertificate::of_der(b"a certificate"));
    assert_eq!(device_seen(&world, &mut browser).await, None, "it is nobody's yet");
    patch(&world, &device, json!({ "trustType": "AzureAD" })).await;
    assert_eq!(device_seen(&world, &mut browser).await, device.device_id);
    browser.certificate = Some(ClientCertificate::of_der(b"another"));
    assert_eq!(device_seen(&world, &mut browser).await, None);
}

#[tokio::test]
async fn registering_is_judged_by_the_policies_that_name_it() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let page = browser.get(PATH).await;
    world.action_policy("urn:user:registerdevice", "block").await;
    assert_eq!(browser.get(PATH).await.status, 200, "looking is allowed");
    let answer = browser.submit(PATH, &page, &[]).await;
    let (status, code, sign_in) = answer.refusal();
    assert_eq!((status, code), (403, "53003"));
    assert_eq!(world.logged_code(&sign_in).await, Some(53_003));
    assert!(world.all::<Device>().await.is_empty());

    world.action_policy("urn:user:registerdevice", "mfa").await;
    let secret = world.register(&ada).await;
    let to_sign_in = browser.submit(PATH, &page, &[]).await;
    let code_page = browser.get(to_sign_in.location()).await;
    assert_eq!(code_page.heading().1, "Enter your code");
    let code = world.code(&secret);
    let back = browser.submit("/signin/code", &code_page, &[("code", &code)]).await;
    assert_eq!(back.location(), PATH);
    assert_eq!(register(&mut browser).await.location(), "/security-info/device?done=registered");
    assert_eq!(world.all::<Device>().await.len(), 1);
}

#[tokio::test]
async fn a_stolen_session_or_a_copied_row_is_no_device() {
    let world = World::new().await;
    world.person("ada").await;
    let (mut browser, device) = registered(&world, "ada").await;
    let mut thief = Browser::new(&world);
    thief.cookies.insert(SESSION.to_owned(), browser.cookies[SESSION].clone());
    assert_eq!(device_seen(&world, &mut thief).await, None);
    let copied = world.all::<DeviceCredential>().await.remove(0).secret_digest;
    for (purpose, secret) in [("device", copied.as_str()), ("device", ""), ("sign-in-target", "x")] {
        let forged = json!({ "device": device.id, "secret": secret });
        let forged = world.forms.sealed().seal(purpose, &forged, MINUTE).unwrap();
        thief.cookies.insert(DEVICE.to_owned(), forged);
        assert_eq!(device_seen(&world, &mut thief).await, None, "{purpose} {secret}");
    }
    let genuine = browser.cookies[DEVICE].clone();
    thief.cookies.insert(DEVICE.to_owned(), genuine[..genuine.len() - 4].to_owned() + "AAAA");
    assert_eq!(device_seen(&world, &mut thief).await, None);
    thief.cookies.insert(DEVICE.to_owned(), genuine);
    assert_eq!(
        device_seen(&world, &mut thief).await,
        device.device_id,
        "whoever has both cookies is the browser"
    );
    assert_eq!(device_seen(&world, &mut browser).await, device.device_id);
}

#[tokio::test]
async fn the_device_of_one_person_says_nothing_of_another_until_he_registers_there_too() {
    let world = World::new().await;
    let (_, bob) = (world.person("ada").await, world.person("bob").await);
    let (mut browser, device) = registered(&world, "ada").await;
    browser.cookies.remove(SESSION);
    browser.sign_in("/signin", "bob").await;
    assert_eq!(device_seen(&world, &mut browser).await, None);
    let page = browser.get(PATH).await;
    assert!(page.text.contains("You have no registered device yet."));
    assert_eq!(browser.submit(PATH, &page, &[]).await.location(), "/security-info/device?done=registered");
    assert_eq!(world.all::<Device>().await.len(), 1, "it is one browser");
    assert_eq!(device_seen(&world, &mut browser).await, device.device_id);

    // He leaves the device; it stays, being another's.
    let list = browser.get(PATH).await;
    let removed = browser.submit("/security-info/device/remove", &list, &[("device", &device.id)]).await;
    assert_eq!(removed.location(), "/security-info/device?done=removed");
    assert_eq!(world.directory.devices_of(&bob.id, DeviceRelation::User).await.unwrap(), []);
    assert_eq!(world.all::<Device>().await.len(), 1);
}

#[tokio::test]
async fn nobody_removes_the_device_of_another() {
    let world = World::new().await;
    world.person("ada").await;
    world.person("bob").await;
    let (_, device) = registered(&world, "ada").await;
    let mut browser = Browser::signed_in(&world, "bob").await;
    let page = browser.get(PATH).await;
    let token = page.field("anti_forgery").unwrap();
    let form = [("anti_forgery", token.as_str()), ("device", device.id.as_str())];
    let answer = browser.post("/security-info/device/remove", &form).await;
    assert_eq!(answer.location(), "/security-info/device?done=gone");
    assert_eq!(world.all::<Device>().await, [device]);
}

#[tokio::test]
async fn who_is_at_risk_or_has_not_proven_what_he_could_registers_nothing() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let page = browser.get(PATH).await;
    browser.address = TOR;
    assert_eq!(browser.submit(PATH, &page, &[]).await.refusal().1, "53004");
    browser.address = crate::world::HOME;
    let secret = world.register(&ada).await;
    let answer = browser.submit(PATH, &page, &[]).await;
    // He is asked for it, and comes back.
    let code = browser.get(answer.location()).await;
    assert_eq!(code.heading(), (200, "Enter your code"));
    assert!(world.all::<Device>().await.is_empty());
    let typed = world.code(&secret);
    let back = browser.submit("/signin/code", &code, &[("code", &typed)]).await;
    assert_eq!(back.location(), PATH);
    assert_eq!(browser.submit(PATH, &page, &[]).await.location(), "/security-info/device?done=registered");
}

#[tokio::test]
async fn the_forms_are_for_this_browser_and_for_who_is_signed_in() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::new(&world);
    assert!(browser.get(PATH).await.location().starts_with("/signin?ctx="));
    browser.get("/signin").await;
    let token = browser.token("device");
    let form = [("anti_forgery", token.as_str()), ("device", "x")];
    for path in [PATH, "/security-info/device/remove"] {
        assert!(browser.post(path, &form).await.location().starts_with("/signin?ctx="), "{path}");
    }
    let mut browser = Browser::signed_in(&world, "ada").await;
    for path in [PATH, "/security-info/device/remove"] {
        let forged = browser.post(path, &[("anti_forgery", "x"), ("device", "x")]).await;
        assert_eq!(forged.heading(), (400, "Please try again"), "{path}");
    }
    assert!(world.all::<Device>().await.is_empty());
}
