//! The device authorization grant (RFC 8628), from the device's side.

use std::time::Duration;

use crate::common::{Answer, NATIVE, WEB, World, app_id, claims};
use http::StatusCode;
use riskgate_directory::Platform;
use riskgate_model::{TransferMethod, User};
use riskgate_store::Batch;
use riskgate_store::records::{DeviceDecision, DeviceRegistration, DeviceRelation, TokenGrant};
use serde_json::{Value as Json, json};

const SCOPES: &str = "openid profile offline_access User.Read";
const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

async fn begin(world: &World, form: &[(&str, &str)]) -> Answer {
    world.post(&format!("/{}/oauth2/v2.0/devicecode", world.tenant), form).await
}

async fn codes(world: &World, app: &str) -> Json {
    let answer = begin(world, &[("client_id", app), ("scope", SCOPES)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.json()
}

/// Polls as MSAL for Python does, which sends the code under both names.
async fn poll(world: &World, app: &str, codes: &Json, extra: &[(&str, &str)]) -> Answer {
    let code = codes["device_code"].as_str().unwrap();
    let mut form = vec![("grant_type", GRANT), ("client_id", app), ("code", code), ("device_code", code)];
    form.extend(extra);
    world.token(&form).await
}

/// What the page does once the person has signed in and confirmed.
async fn decide(world: &World, codes: &Json, decision: &DeviceDecision) {
    let code = codes["user_code"].as_str().unwrap();
    let device = world.tokens.find_device_authorization(code).await.unwrap().unwrap();
    assert!(world.tokens.decide_device_authorization(&device.id, decision).await.unwrap());
}

/// What a person approves.
fn approved(world: &World, app: &str, user: &User) -> TokenGrant {
    let mut grant = TokenGrant { nonce: None, ..world.grant(app, user, SCOPES) };
    grant.authentication.transfer_method = Some(TransferMethod::DeviceCodeFlow);
    grant
}

fn refused(error: &str, code: u64) -> (u16, String, u64) {
    (400, error.to_owned(), code)
}

#[tokio::test]
async fn rfc8628_3_4_a_device_waits_until_somebody_approves_and_then_gets_tokens_once() {
    let world = World::new().await;
    let app = world.device_application(&["User.Read"]).await;
    let app = app_id(&app);
    let user = world.user().await;
    let codes = codes(&world, app).await;
    assert_eq!((&codes["expires_in"], &codes["interval"]), (&json!(900), &json!(5)));
    assert_eq!(codes["verification_uri"], "https://login.contoso.com:8443/deviceauth");
    assert_eq!(codes.get("verification_uri_complete"), None, "no link that somebody who phishes could send");
    let message = codes["message"].as_str().unwrap();
    assert!(message.contains(codes["user_code"].as_str().unwrap()) && message.contains("/deviceauth"));

    assert_eq!(poll(&world, app, &codes, &[]).await.refusal(), refused("authorization_pending", 70_016));
    world.clock.advance(Duration::from_secs(5));
    assert_eq!(poll(&world, app, &codes, &[]).await.refusal(), refused("authorization_pending", 70_016));
    decide(&world, &codes, &DeviceDecision::Approved(Box::new(approved(&world, app, &user)))).await;
    let answer = poll(&world, app, &codes, &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let tokens = answer.json();
    assert_eq!(tokens["scope"], SCOPES, "the scope of the first request, since the poll names none");
    assert_eq!(claims(&tokens["access_token"])["scp"], "openid profile User.Read");
    assert_eq!(claims(&tokens["id_token"])["sub"], user.id.as_str());
    assert!(tokens["client_info"].is_string());
    let token = tokens["refresh_token"].as_str().unwrap();
    let form = [("grant_type", "refresh_token"), ("client_id", app), ("refresh_token", token)];
    assert_eq!(world.token(&form).await.status, StatusCode::OK);
    assert_eq!(poll(&world, app, &codes, &[]).await.refusal(), refused("bad_verification_code", 70_018));
}

#[tokio::test]
async fn rfc8628_3_5_a_device_that_polls_too_fast_is_slowed_down() {
    let world = World::new().await;
    let app = world.device_application(&["User.Read"]).await;
    let app = app_id(&app);
    let codes = codes(&world, app).await;
    let pending = refused("authorization_pending", 70_016);
    assert_eq!(poll(&world, app, &codes, &[]).await.refusal(), pending);
    world.clock.advance(Duration::from_secs(2));
    assert_eq!(poll(&world, app, &codes, &[]).await.refusal(), refused("slow_down", 70_016));
    // The interval is ten seconds now.
    world.clock.advance(Duration::from_secs(8));
    assert_eq!(poll(&world, app, &codes, &[]).await.refusal(), refused("slow_down", 70_016));
    world.clock.advance(Duration::from_secs(15));
    assert_eq!(poll(&world, app, &codes, &[]).await.refusal(), pending);
}

#[tokio::test]
async fn rfc8628_3_5_a_declined_an_old_and_an_unknown_code_are_told_apart() {
    let world = World::new().await;
    let app = world.device_application(&["User.Read"]).await;
    let other = world.device_application(&["User.Read"]).await;
    let app = app_id(&app);
    let declined = codes(&world, app).await;
    decide(&world, &declined, &DeviceDecision::Declined).await;
    assert_eq!(poll(&world, app, &declined, &[]).await.refusal(), refused("authorization_declined", 70_017));

    let codes = codes(&world, app).await;
    let answer = poll(&world, app_id(&other), &codes, &[]).await;
    assert_eq!(answer.refusal(), refused("bad_verification_code", 70_018));
    let nonsense = json!({ "device_code": "nonsense" });
    assert_eq!(poll(&world, app, &nonsense, &[]).await.refusal(), refused("bad_verification_code", 70_018));
    let answer = world.token(&[("grant_type", GRANT), ("client_id", app)]).await;
    assert_eq!(answer.refusal(), refused("invalid_request", 900_144));
    world.clock.advance(Duration::from_secs(900));
    assert_eq!(poll(&world, app, &codes, &[]).await.refusal(), refused("expired_token", 70_019));
    let typed = codes["user_code"].as_str().unwrap();
    assert_eq!(world.tokens.find_device_authorization(typed).await.unwrap(), None, "nobody can approve it");
}

#[tokio::test]
async fn rfc8628_5_4_an_account_disabled_after_the_approval_gets_nothing() {
    let world = World::new().await;
    let app = world.device_application(&["User.Read"]).await;
    let app = app_id(&app);
    let user = world.user().await;
    let codes = codes(&world, app).await;
    decide(&world, &codes, &DeviceDecision::Approved(Box::new(approved(&world, app, &user)))).await;
    world.clock.advance(Duration::from_secs(1));
    world
        .directory
        .revoke_sign_in_sessions(&riskgate_directory::Actor::command_line(), &user.id)
        .await
        .unwrap();
    assert_eq!(poll(&world, app, &codes, &[]).await.refusal(), refused("invalid_grant", 50_173));
}

#[tokio::test]
async fn rfc8628_3_1_a_client_that_is_not_registered_as_public_proves_itself() {
    let world = World::new().await;
    let uris = [(Platform::PublicClient, NATIVE), (Platform::Web, WEB)];
    let app = world.application(&["User.Read"], &uris).await;
    let (app, user) = (app_id(&app), world.user().await);
    let secret = world.secret(app).await;
    let answer = begin(&world, &[("client_id", app), ("scope", SCOPES)]).await;
    assert_eq!(answer.refusal(), (401, "invalid_client".to_owned(), 7_000_218));
    let form = [("client_id", app), ("scope", SCOPES), ("client_secret", secret.as_str())];
    let codes = begin(&world, &form).await.json();
    decide(&world, &codes, &DeviceDecision::Approved(Box::new(approved(&world, app, &user)))).await;
    let answer = poll(&world, app, &codes, &[]).await;
    assert_eq!(answer.refusal(), (401, "invalid_client".to_owned(), 7_000_218));
    let tokens = poll(&world, app, &codes, &[("client_secret", &secret)]).await.json();
    let token = tokens["refresh_token"].as_str().unwrap();
    let form = [("grant_type", "refresh_token"), ("client_id", app), ("refresh_token", token)];
    assert_eq!(world.token(&form).await.refusal(), (401, "invalid_client".to_owned(), 7_000_218));
}

#[tokio::test]
async fn rfc8628_3_1_requests_for_codes_are_checked_and_bounded() {
    let world = World::new().await;
    let app = world.device_application(&["User.Read"]).await;
    let app = app_id(&app);
    for (form, error, code) in [
        (&[("scope", SCOPES)][..], "invalid_request", 900_144),
        (&[("client_id", app)], "invalid_request", 900_144),
        (&[("client_id", app), ("scope", "Nonsense.Read")], "invalid_scope", 650_053),
        (&[("client_id", app), ("scope", "api://nobody/.default")], "invalid_resource", 500_011),
        (&[("client_id", "nobody"), ("scope", SCOPES)], "unauthorized_client", 700_016),
        (&[("client_id", app), ("scope", SCOPES), ("scope", SCOPES)], "invalid_request", 9_000_411),
    ] {
        assert_eq!(begin(&world, form).await.refusal(), refused(error, code), "{form:?}");
    }
    for _ in 0..10 {
        codes(&world, app).await;
    }
    let answer = begin(&world, &[("client_id", app), ("scope", SCOPES)]).await;
    assert_eq!(answer.refusal(), (429, "temporarily_unavailable".to_owned(), 90_055));
    assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
    world.clock.advance(Duration::from_secs(10));
    codes(&world, app).await;
}

#[tokio::test]
async fn claims_asked_for_with_the_codes_hold_when_they_are_redeemed() {
    let world = World::new().await;
    let app = world.device_application(&["User.Read"]).await;
    let (app, user) = (app_id(&app), world.user().await);
    let wanted = r#"{"access_token":{"xms_cc":{"values":["cp1"]}},
        "id_token":{"acr":{"essential":true,"value":"urn:riskgate:aal2"}}}"#;
    let form = [("client_id", app), ("scope", SCOPES), ("claims", wanted)];
    let codes = begin(&world, &form).await.json();
    let device = world.tokens.find_device_authorization(codes["user_code"].as_str().unwrap()).await.unwrap();
    let grant = TokenGrant { claims: device.unwrap().claims, ..approved(&world, app, &user) };
    decide(&world, &codes, &DeviceDecision::Approved(Box::new(grant))).await;
    let answer = poll(&world, app, &codes, &[]).await;
    assert_eq!(answer.refusal(), refused("unmet_authentication_requirements", 50_076));
}

#[tokio::test]
async fn the_device_is_judged_where_it_is_and_with_what_it_asked_for() {
    let world = World::new().await;
    let app = world.device_application(&["User.Read"]).await;
    let (app, user) = (app_id(&app), world.user().await);
    crate::common::register_oath(&world, &user).await;
    let approve = async |claims: &str| {
        let codes = begin(&world, &[("client_id", app), ("scope", SCOPES), ("claims", claims)]).await.json();
        let typed = codes["user_code"].as_str().unwrap();
        let device = world.tokens.find_device_authorization(typed).await.unwrap().unwrap();
        let grant = TokenGrant { claims: device.claims, ..approved(&world, app, &user) };
        decide(&world, &codes, &DeviceDecision::Approved(Box::new(grant))).await;
        codes
    };
    let c1 = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
    let tokens = poll(&world, app, &approve(c1).await, &[]).await.json();
    assert_eq!(claims(&tokens["access_token"])["acrs"], json!(["c1"]));
    let context = json!({ "applications": { "includeAuthenticationContextClassReferences": ["c1"] } });
    let mfa = json!({ "grantControls": { "operator": "OR", "builtInControls": ["mfa"] } });
    crate::common::policy_with(&world, context, mfa).await;
    let answer = poll(&world, app, &approve(c1).await, &[]).await;
    assert_eq!(answer.refusal(), refused("interaction_required", 50_076));
    // The address the device polls from lies nowhere that is trusted.
    let untrusted =
        json!({ "locations": { "includeLocations": ["All"], "excludeLocations": ["AllTrusted"] } });
    let block = json!({ "grantControls": { "operator": "OR", "builtInControls": ["block"] } });
    crate::common::policy_with(&world, untrusted, block).await;
    let answer = poll(&world, app, &approve("{}").await, &[]).await;
    assert_eq!(answer.refusal(), refused("interaction_required", 53_003));
}

#[tokio::test]
async fn policies_on_the_flow_hold_at_every_refresh_of_what_came_by_it() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let device = world.device_application(&["User.Read"]).await;
    let user = world.user().await;
    let codes = codes(&world, app_id(&device)).await;
    let grant = approved(&world, app_id(&device), &user);
    decide(&world, &codes, &DeviceDecision::Approved(Box::new(grant))).await;
    let by_device = poll(&world, app_id(&device), &codes, &[]).await.json();
    let issue = world.tokens.issue_refresh(
        world.grant(app_id(&app), &user, SCOPES),
        riskgate_tokens::RefreshLifetime::Sliding,
        None,
        None,
    );
    let by_code = json!({ "refresh_token": issue.await.unwrap() });
    let refresh = async |app: &str, tokens: &Json| {
        let token = tokens["refresh_token"].as_str().unwrap().to_owned();
        world.token(&[("grant_type", "refresh_token"), ("client_id", app), ("refresh_token", &token)]).await
    };
    // Once more before there is a policy: the mark is in the family and not only in its first token.
    let by_device = refresh(app_id(&device), &by_device).await.json();
    let flows = json!({ "authenticationFlows": { "transferMethods": "deviceCodeFlow" } });
    let block = json!({ "grantControls": { "operator": "OR", "builtInControls": ["block"] } });
    crate::common::policy_with(&world, flows, block).await;
    let answer = refresh(app_id(&device), &by_device).await;
    assert_eq!(answer.refusal(), refused("interaction_required", 53_003));
    assert_eq!(refresh(app_id(&app), &by_code).await.status, StatusCode::OK, "that one came another way");
}

#[tokio::test]
async fn a_device_control_counts_as_unmet_whatever_device_was_proven() {
    let world = World::new().await;
    let app = world.device_application(&["User.Read"]).await;
    let (app, user) = (app_id(&app), world.user().await);
    let properties = json!({
        "accountEnabled": true, "deviceId": "1f3c0d7a-66b6-4e0c-9a37-2c1f5b0d9e12", "displayName": "Laptop",
        "operatingSystem": "Linux", "operatingSystemVersion": "13", "isCompliant": true,
    });
    let actor = riskgate_directory::Actor::command_line();
    let laptop = world.directory.create_device(&actor, properties.as_object().unwrap()).await.unwrap();
    let mut batch = Batch::new(world.tenant);
    batch.insert(&DeviceRegistration::new(&laptop.id, &user.id, DeviceRelation::Owner)).unwrap();
    world.store.commit(batch).await.unwrap();
    let compliant = json!({ "grantControls": { "operator": "OR", "builtInControls": ["compliantDevice"] } });
    crate::common::policy_with(&world, json!({}), compliant).await;
    let refresh = async |by_device: bool| {
        let mut grant = approved(&world, app, &user);
        grant.authentication.device_id = Some(laptop.id.clone());
        grant.authentication.transfer_method = grant.authentication.transfer_method.filter(|_| by_device);
        let token = world
            .tokens
            .issue_refresh(grant, riskgate_tokens::RefreshLifetime::Sliding, None, None)
            .await
            .unwrap();
        world.token(&[("grant_type", "refresh_token"), ("client_id", app), ("refresh_token", &token)]).await
    };
    assert_eq!(refresh(true).await.refusal(), refused("interaction_required", 53_000));
    assert_eq!(refresh(false).await.status, StatusCode::OK);
}
