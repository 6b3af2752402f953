//! Refreshing.

use std::time::Duration;

use crate::common::{NATIVE, SPA, VERIFIER, WEB, World, app_id, claims};
use http::StatusCode;
use riskgate_core::Clock;
use riskgate_directory::{Actor, Platform};
use riskgate_model::{
    AuthenticationMethodKind, ClientAppType, MethodUse, RiskDetection, RiskLevel, RiskyUser,
};
use riskgate_odata::Filter;
use riskgate_protection::{Attempt, SignInApplication, SignInKind};
use riskgate_store::records::{RefreshTokenFamily, TokenGrant};
use riskgate_store::{StoreExt, tables};
use serde_json::{Value as Json, json};

const SCOPES: &str = "openid profile offline_access User.Read";

/// Redeems a code for the grant.
async fn redeem(world: &World, grant: TokenGrant, uri: &str, secret: Option<&str>) -> Json {
    let app = grant.client_id.clone();
    let code = world.code(grant, uri).await;
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("client_id", &*app),
        ("code", &*code),
        ("redirect_uri", uri),
        ("code_verifier", VERIFIER),
    ];
    form.extend(secret.map(|secret| ("client_secret", secret)));
    let answer = world.token(&form).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.json()
}

async fn refresh(world: &World, app: &str, tokens: &Json, extra: &[(&str, &str)]) -> crate::common::Answer {
    let token = tokens["refresh_token"].as_str().unwrap();
    let mut form = vec![("grant_type", "refresh_token"), ("client_id", app), ("refresh_token", token)];
    form.extend(extra);
    world.token(&form).await
}

#[tokio::test]
async fn rfc9700_4_14_2_each_refresh_gives_new_tokens_and_an_old_one_ends_them_all() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let first = redeem(&world, world.grant(app_id(&app), &user, SCOPES), NATIVE, None).await;
    let second = refresh(&world, app_id(&app), &first, &[]).await.json();
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    assert_eq!(second["scope"], SCOPES);
    assert_eq!(claims(&second["id_token"]).get("nonce"), None);
    assert_eq!(claims(&second["id_token"])["sub"], user.id.as_str());
    let third = refresh(&world, app_id(&app), &second, &[]).await.json();
    let reused = refresh(&world, app_id(&app), &first, &[]).await;
    assert_eq!(reused.refusal(), (400, "invalid_grant".to_owned(), 50_173));
    let newest = refresh(&world, app_id(&app), &third, &[]).await;
    assert_eq!(newest.refusal(), (400, "invalid_grant".to_owned(), 50_173));
}

#[tokio::test]
async fn a_token_used_twice_raises_the_sign_in_it_came_from_once() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let grant = world.grant(app_id(&app), &user, SCOPES);
    let attempt = Attempt {
        kind: SignInKind::Interactive,
        user: user.clone(),
        application: SignInApplication {
            client_app_id: app_id(&app).to_owned(),
            client_display_name: None,
            resources: Vec::new(),
            client_app_type: ClientAppType::Browser,
            user_action: None,
            authentication_contexts: Default::default(),
        },
        address: "203.0.113.9".parse().unwrap(),
        user_agent: None,
        session: None,
        device_cookie_id: None,
        password_tag: None,
        request_id: grant.sign_in_id.clone(),
        correlation_id: grant.sign_in_id.clone(),
        authentication: grant.authentication.clone(),
    };
    let judged = world.protection.judge(&attempt).await.unwrap();
    let first = redeem(&world, grant, NATIVE, None).await;
    let families = world.store.find_all::<RefreshTokenFamily>(world.tenant, Filter::Constant(true)).await;
    let issued_to = families.unwrap().remove(0).record.issued_to.unwrap();
    assert_eq!(issued_to.at, world.clock.now());
    let second = refresh(&world, app_id(&app), &first, &[]).await.json();
    let detections =
        async || world.store.find_all::<RiskDetection>(world.tenant, Filter::Constant(true)).await.unwrap();
    assert!(detections().await.is_empty());
    for _ in 0..2 {
        refresh(&world, app_id(&app), &first, &[]).await.refusal();
        refresh(&world, app_id(&app), &second, &[]).await.refusal();
    }
    let found = detections().await;
    assert_eq!(found.len(), 1);
    let found = &found[0].record;
    assert_eq!(found.request_id.as_ref(), Some(&judged.sign_in_id));
    assert_eq!(found.risk_event_type.as_deref(), Some("anomalousToken"));
    assert_eq!(found.risk_level, Some(RiskLevel::High));
    let risky = world.store.load::<RiskyUser>(world.tenant, &user.id).await.unwrap().unwrap().record;
    assert_eq!(risky.risk_level, Some(RiskLevel::High));
}

#[tokio::test]
async fn rfc6749_6_a_refresh_may_narrow_and_switch_but_not_widen() {
    let world = World::new().await;
    let app = world.application(&["User.Read", "Group.Read.All"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let granted = "openid offline_access User.Read Group.Read.All";
    let tokens = redeem(&world, world.grant(app_id(&app), &user, granted), NATIVE, None).await;
    let narrow =
        refresh(&world, app_id(&app), &tokens, &[("scope", "https://login.contoso.com/User.Read")]).await;
    let narrow = narrow.json();
    assert_eq!(narrow["scope"], "https://login.contoso.com/User.Read");
    assert_eq!(claims(&narrow["access_token"])["scp"], "User.Read");
    assert_eq!(narrow.get("id_token"), None);
    let again = refresh(&world, app_id(&app), &narrow, &[]).await.json();
    assert_eq!(again["scope"], granted, "narrowing is for one answer");
    for scope in ["AuditLog.Read.All", "User.Read AuditLog.Read.All"] {
        let wide = refresh(&world, app_id(&app), &again, &[("scope", scope)]).await;
        assert_eq!(wide.refusal(), (400, "invalid_grant".to_owned(), 65_001), "{scope}");
    }
    let good = refresh(&world, app_id(&app), &again, &[]).await;
    assert_eq!(good.status, StatusCode::OK, "a refusal uses nothing up");
}

#[tokio::test]
async fn rfc6749_6_consent_taken_back_is_gone_at_the_next_refresh() {
    let world = World::new().await;
    let app = world.application(&[], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let actor = Actor::user(&user.id, "ada@contoso.com");
    let consent = riskgate_directory::ConsentType::Principal(user.id.clone());
    let client = &app.service_principal.id;
    world.directory.grant_consent(&actor, client, &consent, &["User.Read".to_owned()]).await.unwrap();
    let tokens = redeem(&world, world.grant(app_id(&app), &user, SCOPES), NATIVE, None).await;
    world.directory.revoke_consent(&actor, client, &user.id).await.unwrap();
    let answer = refresh(&world, app_id(&app), &tokens, &[]).await;
    assert_eq!(answer.refusal(), (400, "invalid_grant".to_owned(), 65_001));
}

#[tokio::test]
async fn rfc9470_3_conditional_access_is_asked_and_says_what_to_do() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    crate::common::register_oath(&world, &user).await;
    let grant = world.grant(app_id(&app), &user, SCOPES);
    let tokens = redeem(&world, grant.clone(), NATIVE, None).await;
    let id = crate::common::policy(&world, "mfa").await;
    let answer = refresh(&world, app_id(&app), &tokens, &[]).await;
    assert_eq!(answer.refusal(), (400, "interaction_required".to_owned(), 50_076));
    let body = answer.json();
    assert_eq!(body["suberror"], "basic_action");
    let claims: Json = serde_json::from_str(body["claims"].as_str().unwrap()).unwrap();
    assert_eq!(claims, json!({ "access_token": { "capolids": { "essential": true, "values": [id] } } }));
    assert!(!answer.text.contains("A name nobody is told"));

    // The refusal is in the log under the identifier the client was told.
    let found =
        world.store.get(world.tenant, &tables::SIGN_INS, body["trace_id"].as_str().unwrap()).await.unwrap();
    assert_eq!(found.unwrap().document["status"]["errorCode"], 50_076);

    let mut stronger = grant;
    let method = AuthenticationMethodKind::SoftwareOath;
    stronger.authentication.methods.push(MethodUse { method, at: world.clock.now() });
    let strong = redeem(&world, stronger, NATIVE, None).await;
    let before = world.store.count(world.tenant, &tables::SIGN_INS, &Filter::Constant(true)).await.unwrap();
    assert_eq!(refresh(&world, app_id(&app), &strong, &[]).await.status, StatusCode::OK);
    let after = world.store.count(world.tenant, &tables::SIGN_INS, &Filter::Constant(true)).await.unwrap();
    assert_eq!(before, after, "a refresh that finds nothing leaves no sign-in");
}

#[tokio::test]
async fn a_session_too_old_for_the_sign_in_frequency_is_told_to_sign_in_again() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let tokens = redeem(&world, world.grant(app_id(&app), &user, SCOPES), NATIVE, None).await;
    let frequency = json!({ "isEnabled": true, "value": 1, "type": "hours", "frequencyInterval": "timeBased",
        "authenticationType": "primaryAndSecondaryAuthentication" });
    let controls = json!({ "sessionControls": { "signInFrequency": frequency } });
    let id = crate::common::policy_with(&world, json!({}), controls).await;
    assert_eq!(refresh(&world, app_id(&app), &tokens, &[]).await.status, StatusCode::OK);
    let tokens = redeem(&world, world.grant(app_id(&app), &user, SCOPES), NATIVE, None).await;
    world.clock.advance(Duration::from_secs(3601));
    let answer = refresh(&world, app_id(&app), &tokens, &[]).await;
    assert_eq!(answer.refusal(), (400, "interaction_required".to_owned(), 70_043));
    assert_eq!(answer.json()["suberror"], "token_expired");
    assert!(answer.json()["claims"].as_str().unwrap().contains(&id));
}

#[tokio::test]
async fn a_device_that_policies_ask_for_is_named_in_the_refusal() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let tokens = redeem(&world, world.grant(app_id(&app), &user, SCOPES), NATIVE, None).await;
    for (control, code) in [("compliantDevice", 53_000), ("domainJoinedDevice", 53_001)] {
        crate::common::policy_with(
            &world,
            json!({}),
            json!({ "grantControls": { "operator": "OR", "builtInControls": [control] } }),
        )
        .await;
        let answer = refresh(&world, app_id(&app), &tokens, &[]).await;
        assert_eq!(answer.refusal(), (400, "interaction_required".to_owned(), code), "{control}");
        assert_eq!(answer.json()["suberror"], "message_only");
    }
}

#[tokio::test]
async fn a_blocked_user_is_told_so() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let tokens = redeem(&world, world.grant(app_id(&app), &user, SCOPES), NATIVE, None).await;
    crate::common::policy(&world, "block").await;
    let answer = refresh(&world, app_id(&app), &tokens, &[]).await;
    assert_eq!(answer.refusal(), (400, "interaction_required".to_owned(), 53_003));
    assert_eq!(answer.json()["suberror"], "message_only");
}

#[tokio::test]
async fn a_policy_for_the_client_counts_where_there_is_an_id_token() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let tokens = redeem(&world, world.grant(app_id(&app), &user, SCOPES), NATIVE, None).await;
    crate::common::policy_for(&world, app_id(&app), "block").await;
    for scope in ["openid User.Read", "profile"] {
        let answer = refresh(&world, app_id(&app), &tokens, &[("scope", scope)]).await;
        assert_eq!(answer.refusal(), (400, "interaction_required".to_owned(), 53_003), "{scope}");
    }
    let answer = refresh(&world, app_id(&app), &tokens, &[("scope", "User.Read")]).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

#[tokio::test]
async fn rfc6749_1_5_revoked_sessions_end_refreshing() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let tokens = redeem(&world, world.grant(app_id(&app), &user, SCOPES), NATIVE, None).await;
    world.clock.advance(Duration::from_secs(1));
    world.directory.revoke_sign_in_sessions(&Actor::command_line(), &user.id).await.unwrap();
    let answer = refresh(&world, app_id(&app), &tokens, &[]).await;
    assert_eq!(answer.refusal(), (400, "invalid_grant".to_owned(), 50_173));
}

#[tokio::test]
async fn rfc6749_6_a_server_proves_itself_also_where_the_application_has_a_single_page() {
    let world = World::new().await;
    let uris = [(Platform::Web, WEB), (Platform::Spa, SPA), (Platform::PublicClient, NATIVE)];
    let app = world.application(&["User.Read"], &uris).await;
    let (user, secret) = (world.user().await, world.secret(app_id(&app)).await);
    let grant = || world.grant(app_id(&app), &user, SCOPES);
    let web = redeem(&world, grant(), WEB, Some(&secret)).await;
    let answer = refresh(&world, app_id(&app), &web, &[]).await;
    assert_eq!(answer.refusal(), (401, "invalid_client".to_owned(), 7_000_218));
    let answer = refresh(&world, app_id(&app), &web, &[("client_secret", &secret)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");

    let page = redeem(&world, grant(), SPA, None).await;
    world.clock.advance(Duration::from_secs(23 * 3600));
    let page = refresh(&world, app_id(&app), &page, &[]).await.json();
    world.clock.advance(Duration::from_secs(2 * 3600));
    let answer = refresh(&world, app_id(&app), &page, &[]).await;
    assert_eq!(answer.refusal(), (400, "invalid_grant".to_owned(), 700_084));
}

#[tokio::test]
async fn rfc6749_10_4_refresh_tokens_of_others_and_nonsense_are_refused() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let other = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let server = world.application(&["User.Read"], &[(Platform::Web, WEB)]).await;
    let user = world.user().await;
    let tokens = redeem(&world, world.grant(app_id(&app), &user, SCOPES), NATIVE, None).await;
    let answer = refresh(&world, app_id(&other), &tokens, &[]).await;
    assert_eq!(answer.refusal(), (400, "invalid_grant".to_owned(), 70_000));
    let answer = refresh(&world, app_id(&server), &tokens, &[]).await;
    assert_eq!(answer.refusal(), (401, "invalid_client".to_owned(), 7_000_218));
    let answer = refresh(&world, app_id(&app), &json!({ "refresh_token": "nonsense" }), &[]).await;
    assert_eq!(answer.refusal(), (400, "invalid_grant".to_owned(), 70_000));
    let answer = refresh(&world, app_id(&app), &json!({ "refresh_token": "" }), &[]).await;
    assert_eq!(answer.refusal(), (400, "invalid_request".to_owned(), 900_144));
    assert_eq!(refresh(&world, app_id(&app), &tokens, &[]).await.status, StatusCode::OK);
}
