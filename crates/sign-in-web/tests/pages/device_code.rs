//! Signing another device in.

use std::net::IpAddr;

use riskgate_directory::{Actor, NewApplication};
use riskgate_model::TransferMethod;
use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use riskgate_store::records::{RequestedClaims, Session};
use riskgate_tokens::{DeviceCodes, DeviceError, DeviceRequest};
use serde_json::json;

use crate::browser::{Browser, Page, SESSION};
use crate::world::{MINUTE, World};

const ENTER: (u16, &str) = (200, "Enter the code of your device");
const CONFIRM: (u16, &str) = (200, "Sign in on another device?");
/// Where the device is.
const DEVICE: &str = "198.51.100.7";

/// An application on a device, and the codes it got.
async fn device(world: &World, scopes: &str) -> (String, DeviceCodes) {
    device_with(world, scopes, RequestedClaims::default()).await
}

async fn device_with(world: &World, scopes: &str, claims: RequestedClaims) -> (String, DeviceCodes) {
    let new = NewApplication {
        display_name: "Meter reader".to_owned(),
        application_permissions: Vec::new(),
        delegated_permissions: Vec::new(),
        redirect_uris: Vec::new(),
        logout_url: None,
        public: true,
        credential: None,
    };
    let created = world.directory.create_application(&Actor::command_line(), &new).await.unwrap();
    let client_id = created.application.app_id.unwrap();
    let request = DeviceRequest {
        client_id: client_id.clone(),
        scopes: scopes.split(' ').map(str::to_owned).collect(),
        claims,
        address: DEVICE.parse::<IpAddr>().unwrap(),
        place: Some("Winden, DE".to_owned()),
        correlation_id: "8b1a2c34-1111-4222-8333-444455556666".to_owned(),
    };
    (client_id, world.tokens.begin_device_authorization(&request).await.unwrap())
}

/// Types a code; what follows.
async fn enter(browser: &mut Browser<'_>, code: &str) -> Page {
    let page = browser.get("/deviceauth").await;
    assert_eq!(page.heading(), ENTER);
    browser.submit("/deviceauth", &page, &[("user_code", code)]).await
}

#[tokio::test]
async fn rfc8628_3_3_who_enters_the_code_signs_in_and_confirms_signs_the_device_in() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let (app, codes) = device(&world, "openid offline_access").await;
    let mut browser = Browser::new(&world);
    assert_eq!(browser.get("/devicelogin").await.location(), "/deviceauth");
    let typed = format!(" {} ", codes.user_code.to_lowercase().replace('-', " "));
    let answer = enter(&mut browser, &typed).await;
    let sign_in = answer.location().to_owned();
    assert!(sign_in.starts_with("/signin?ctx="), "{sign_in}");
    let page = browser.sign_in(&sign_in, "ada").await;
    assert_eq!(page.heading(), CONFIRM);
    for shown in [
        "Meter reader",
        "Winden, DE",
        DEVICE,
        "ada@contoso.com",
        "Continue only if you started this yourself",
    ] {
        assert!(page.text.contains(shown), "{shown}: {page:?}");
    }
    let poll = || world.tokens.poll_device_authorization(&codes.device_code, &app);
    assert_eq!(poll().await, Err(DeviceError::Pending), "nothing was confirmed yet");
    let done = browser.submit("/deviceauth/confirm", &page, &[("decision", "accept")]).await;
    assert_eq!(done.heading(), (200, "You have signed in on your device"));
    let grant = poll().await.unwrap();
    assert_eq!((&grant.user_id, &grant.client_id), (&ada.id, &app));
    assert_eq!(grant.authentication.transfer_method, Some(TransferMethod::DeviceCodeFlow));

    // The sign-in was judged as one by device code; the browser's own session did not come by it.
    let evidence = world.sign_ins(&ada).await.pop().unwrap().evidence;
    assert_eq!(evidence.facts.authentication.transfer_method, Some(TransferMethod::DeviceCodeFlow));
    let filter = Filter::equals("sessionId", &grant.session_id);
    let session = world.store.find_one::<Session>(world.tenant, filter).await.unwrap().unwrap();
    assert_eq!(session.record.authentication.transfer_method, None);
    let twice = browser.submit("/deviceauth/confirm", &page, &[("decision", "accept")]).await;
    assert_eq!(twice.heading(), (400, "This page has expired"));
}

#[tokio::test]
async fn rfc8628_5_4_a_link_to_the_sign_in_page_still_asks_whoever_is_signed_in_already() {
    let world = World::new().await;
    world.person("ada").await;
    world.person("eve").await;
    let (app, codes) = device(&world, "openid").await;
    let mut eve = Browser::new(&world);
    let link = enter(&mut eve, &codes.user_code).await.location().to_owned();
    let mut ada = Browser::signed_in(&world, "ada").await;
    let page = ada.get(&link).await;
    assert_eq!(page.heading(), CONFIRM);
    // Eve cannot say yes for Ada, neither with her session nor without one.
    let flow = page.field("flow").unwrap();
    eve.sign_in("/signin", "eve").await;
    let token = eve.token("device-confirm");
    let form = [("flow", flow.as_str()), ("anti_forgery", token.as_str()), ("decision", "accept")];
    assert_eq!(eve.post("/deviceauth/confirm", &form).await.heading(), (400, "This page has expired"));
    eve.cookies.remove(SESSION);
    assert_eq!(eve.post("/deviceauth/confirm", &form).await.heading(), (400, "This page has expired"));
    let declined = ada.submit("/deviceauth/confirm", &page, &[("decision", "decline")]).await;
    assert_eq!(declined.heading(), (200, "Nothing was signed in"));
    let poll = world.tokens.poll_device_authorization(&codes.device_code, &app).await;
    assert_eq!(poll, Err(DeviceError::Declined));
}

#[tokio::test]
async fn permissions_are_asked_for_before_the_device_is_confirmed() {
    let world = World::new().await;
    world.person("ada").await;
    let (app, codes) = device(&world, "openid User.Read").await;
    let mut browser = Browser::new(&world);
    let sign_in = enter(&mut browser, &codes.user_code).await.location().to_owned();
    let page = browser.sign_in(&sign_in, "ada").await;
    assert_eq!(page.heading(), (200, "Permissions requested"));
    assert!(page.header("content-security-policy").ends_with("form-action 'self'"));
    let page = browser.submit("/signin/consent", &page, &[("decision", "accept")]).await;
    assert_eq!(page.heading(), CONFIRM);
    browser.submit("/deviceauth/confirm", &page, &[("decision", "accept")]).await;
    assert!(world.tokens.poll_device_authorization(&codes.device_code, &app).await.is_ok());

    let (app, codes) = device(&world, "openid User.Read").await;
    let sign_in = enter(&mut browser, &codes.user_code).await.location().to_owned();
    let page = browser.get(&sign_in).await;
    let declined = browser.submit("/signin/consent", &page, &[("decision", "decline")]).await;
    assert_eq!(declined.heading(), (200, "Nothing was signed in"));
    let poll = world.tokens.poll_device_authorization(&codes.device_code, &app).await;
    assert_eq!(poll, Err(DeviceError::Declined));
}

#[tokio::test]
async fn a_second_factor_on_the_way_keeps_that_it_is_a_device() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    world.policy("mfa", &[]).await;
    let (app, codes) = device(&world, "openid").await;
    let mut browser = Browser::new(&world);
    let sign_in = enter(&mut browser, &codes.user_code).await.location().to_owned();
    let page = browser.sign_in(&sign_in, "ada").await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let page = browser.submit("/signin/code", &page, &[("code", &world.code(&secret))]).await;
    assert_eq!(page.heading(), CONFIRM);
    browser.submit("/deviceauth/confirm", &page, &[("decision", "accept")]).await;
    let grant = world.tokens.poll_device_authorization(&codes.device_code, &app).await.unwrap();
    assert!(grant.authentication.mfa_at().is_some());
    assert_eq!(grant.authentication.transfer_method, Some(TransferMethod::DeviceCodeFlow));
    let evidence = world.sign_ins(&ada).await.pop().unwrap().evidence;
    assert_eq!(evidence.facts.authentication.transfer_method, Some(TransferMethod::DeviceCodeFlow));
}

#[tokio::test]
async fn rfc8628_5_1_guesses_are_counted_and_then_nothing_is_looked_at_for_a_while() {
    let world = World::new().await;
    let (_, codes) = device(&world, "openid").await;
    let mut browser = Browser::new(&world);
    for typed in ["", "BCDF-GHJK", "<script>", "1234-5678"] {
        let page = enter(&mut browser, typed).await;
        assert_eq!(page.heading(), ENTER);
        assert!(page.problem().unwrap().starts_with("That code is not right"), "{page:?}");
        assert!(!page.text.contains("<script>"));
    }
    for _ in 4..20 {
        enter(&mut browser, "BCDF-GHJK").await;
    }
    let page = enter(&mut browser, &codes.user_code).await;
    assert!(page.problem().unwrap().starts_with("Too many wrong codes"), "{page:?}");
    let mut elsewhere = Browser::new(&world);
    elsewhere.address = "198.51.100.20";
    assert!(enter(&mut elsewhere, &codes.user_code).await.location().starts_with("/signin?ctx="));
    world.clock.advance(MINUTE);
    assert!(enter(&mut browser, &codes.user_code).await.location().starts_with("/signin?ctx="));
}

#[tokio::test]
async fn rfc8628_3_3_a_code_that_ran_out_or_a_forged_form_leads_nowhere() {
    let world = World::new().await;
    world.person("ada").await;
    let (_, codes) = device(&world, "openid").await;
    let mut browser = Browser::new(&world);
    let sign_in = enter(&mut browser, &codes.user_code).await.location().to_owned();
    let form = [("user_code", codes.user_code.as_str()), ("anti_forgery", "forged")];
    assert_eq!(browser.post("/deviceauth", &form).await.heading(), (400, "Please try again"));
    let page = browser.sign_in(&sign_in, "ada").await;
    world.clock.advance(MINUTE * 8);
    let again = browser.get(&sign_in).await;
    assert_eq!(again.heading(), CONFIRM);
    world.clock.advance(MINUTE * 8);
    let late = browser.submit("/deviceauth/confirm", &again, &[("decision", "accept")]).await;
    assert_eq!(late.heading(), (200, "The code has expired"));
    let late = browser.get(&sign_in).await;
    assert_eq!(late.heading(), (200, "The code has expired"));
    let late = browser.submit("/deviceauth/confirm", &page, &[("decision", "accept")]).await;
    assert_eq!(late.heading(), (400, "This page has expired"));
    assert!(enter(&mut browser, &codes.user_code).await.problem().is_some());
}

#[tokio::test]
async fn a_policy_on_the_flow_blocks_it_and_nothing_else() {
    let world = World::new().await;
    world.person("ada").await;
    let flow = json!({ "authenticationFlows": { "transferMethods": "deviceCodeFlow" } });
    world.policy_with(flow, "block").await;
    let (app, codes) = device(&world, "openid").await;
    let mut browser = Browser::new(&world);
    let sign_in = enter(&mut browser, &codes.user_code).await.location().to_owned();
    let answer = browser.sign_in(&sign_in, "ada").await;
    let (status, code, _) = answer.refusal();
    assert_eq!((status, code), (403, "53003"));
    // Nor does a session help that did not come by it.
    let mut browser = Browser::signed_in(&world, "ada").await;
    assert_eq!(browser.get(&sign_in).await.refusal().1, "53003");
    let poll = world.tokens.poll_device_authorization(&codes.device_code, &app).await;
    assert_eq!(poll, Err(DeviceError::Pending));
}

#[tokio::test]
async fn the_longest_request_there_can_be_fits_into_the_address() {
    let world = World::new().await;
    // 4,096 bytes of scope and of claims are the most that is read.
    let scopes: Vec<String> = (0..128).map(|number| format!("{number:030}")).collect();
    let contexts = || (1..100).map(|number| format!("c{number}")).collect();
    let claims = RequestedClaims {
        access_token_contexts: contexts(),
        id_token_contexts: contexts(),
        acr_values: ["urn:riskgate:aal1".to_owned(), "urn:riskgate:aal2".to_owned()].into(),
        subject: Some("\"".repeat(255)),
        ..RequestedClaims::default()
    };
    let (_, codes) = device_with(&world, &scopes.join(" "), claims).await;
    let mut browser = Browser::new(&world);
    let answer = enter(&mut browser, &codes.user_code).await;
    let page = browser.get(answer.location()).await;
    assert_eq!(page.heading(), (200, "Sign in"));
}
