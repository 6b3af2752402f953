//! The `claims` parameter at the token endpoint: capabilities, challenges, authentication contexts.

use std::time::Duration;

use crate::common::{Answer, NATIVE, VERIFIER, WEB, World, app_id, claims};
use http::StatusCode;
use riskgate_core::Clock;
use riskgate_directory::Platform;
use riskgate_model::{AuthenticationMethodKind, MethodUse, User};
use riskgate_store::records::TokenGrant;
use serde_json::{Value as Json, json};

const SCOPES: &str = "openid offline_access User.Read";

async fn redeem(world: &World, grant: TokenGrant, extra: &[(&str, &str)]) -> Answer {
    let app = grant.client_id.clone();
    let code = world.code(grant, NATIVE).await;
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("client_id", &*app),
        ("code", &*code),
        ("redirect_uri", NATIVE),
        ("code_verifier", VERIFIER),
    ];
    form.extend(extra);
    world.token(&form).await
}

async fn refresh(world: &World, app: &str, tokens: &Json, extra: &[(&str, &str)]) -> Answer {
    let token = tokens["refresh_token"].as_str().unwrap();
    let mut form = vec![("grant_type", "refresh_token"), ("client_id", app), ("refresh_token", token)];
    form.extend(extra);
    world.token(&form).await
}

async fn world() -> (World, String, User) {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    (world, app_id(&app).to_owned(), user)
}

#[tokio::test]
async fn a_client_that_handles_challenges_is_known_by_its_tokens() {
    let (world, app, user) = world().await;
    let able = r#"{"access_token":{"xms_cc":{"values":["CP1"]}}}"#;
    let first = redeem(&world, world.grant(&app, &user, SCOPES), &[("claims", able)]).await.json();
    assert_eq!(claims(&first["access_token"])["xms_cc"], json!(["cp1"]));
    let plain = redeem(&world, world.grant(&app, &user, SCOPES), &[]).await.json();
    assert_eq!(claims(&plain["access_token"]).get("xms_cc"), None);
    let second = refresh(&world, &app, &plain, &[("claims", able)]).await.json();
    assert_eq!(claims(&second["access_token"])["xms_cc"], json!(["cp1"]));

    let server = world.application(&["User.Read.All"], &[(Platform::Web, WEB)]).await;
    let secret = world.secret(app_id(&server)).await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", app_id(&server)),
        ("client_secret", &*secret),
        ("scope", "https://graph.microsoft.com/.default"),
        ("claims", able),
    ];
    let answer = world.token(&form).await.json();
    assert_eq!(claims(&answer["access_token"])["xms_cc"], json!(["cp1"]));
}

#[tokio::test]
async fn oidc_core_5_5_malformed_claims_are_refused_and_use_nothing_up() {
    let (world, app, user) = world().await;
    let tokens = redeem(&world, world.grant(&app, &user, SCOPES), &[]).await.json();
    for wrong in ["{", "[]", r#"{"access_token":{"acrs":{"value":"high"}}}"#] {
        let answer = refresh(&world, &app, &tokens, &[("claims", wrong)]).await;
        assert_eq!(answer.refusal(), (400, "invalid_request".to_owned(), 90_023), "{wrong}");
    }
    assert_eq!(refresh(&world, &app, &tokens, &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn rfc9470_5_a_challenge_after_a_revocation_needs_a_newer_proof() {
    let (world, app, user) = world().await;
    let tokens = redeem(&world, world.grant(&app, &user, SCOPES), &[]).await.json();
    let proven = world.clock.now().as_seconds();
    world.clock.advance(Duration::from_secs(60));
    let since = |seconds: i64| {
        json!({ "access_token": { "nbf": { "essential": true, "value": seconds.to_string() } } }).to_string()
    };
    let answer = refresh(&world, &app, &tokens, &[("claims", &since(proven + 1))]).await;
    assert_eq!(answer.refusal(), (400, "interaction_required".to_owned(), 50_173));
    let repeated: Json = serde_json::from_str(answer.json()["claims"].as_str().unwrap()).unwrap();
    assert_eq!(repeated.to_string(), since(proven + 1), "for the interactive request");
    let answer = refresh(&world, &app, &tokens, &[("claims", &since(proven))]).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

#[tokio::test]
async fn oidc_core_5_5_1_1_an_essential_acr_or_another_subject_is_not_passed_over() {
    let (world, app, user) = world().await;
    let strong = r#"{"id_token":{"acr":{"essential":true,"values":["urn:riskgate:aal2"]}}}"#;
    let answer = redeem(&world, world.grant(&app, &user, SCOPES), &[("claims", strong)]).await;
    assert_eq!(answer.refusal(), (400, "unmet_authentication_requirements".to_owned(), 50_076));
    let mut grant = world.grant(&app, &user, SCOPES);
    let method = AuthenticationMethodKind::SoftwareOath;
    grant.authentication.methods.push(MethodUse { method, at: world.clock.now() });
    let answer = redeem(&world, grant, &[("claims", strong)]).await.json();
    assert_eq!(claims(&answer["id_token"])["acr"], "urn:riskgate:aal2");

    let other = r#"{"id_token":{"sub":{"value":"somebody-else"}}}"#;
    let answer = redeem(&world, world.grant(&app, &user, SCOPES), &[("claims", other)]).await;
    assert_eq!(answer.refusal(), (400, "invalid_grant".to_owned(), 50_020));
    let own = json!({ "id_token": { "sub": { "value": user.id } } }).to_string();
    let answer = redeem(&world, world.grant(&app, &user, SCOPES), &[("claims", &own)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

#[tokio::test]
async fn contexts_of_the_sign_in_and_of_later_requests_stay_with_the_grant() {
    let (world, app, user) = world().await;
    let mut grant = world.grant(&app, &user, SCOPES);
    grant.claims.access_token_contexts = ["c1".to_owned()].into();
    grant.claims.id_token_contexts = ["c2".to_owned()].into();
    let first = redeem(&world, grant, &[]).await.json();
    assert_eq!(claims(&first["access_token"])["acrs"], json!(["c1"]));
    assert_eq!(claims(&first["id_token"])["acrs"], json!(["c2"]));
    let more = r#"{"access_token":{"acrs":{"essential":true,"value":"c3"}}}"#;
    let second = refresh(&world, &app, &first, &[("claims", more)]).await.json();
    assert_eq!(claims(&second["access_token"])["acrs"], json!(["c1", "c3"]));
    let third = refresh(&world, &app, &second, &[]).await.json();
    assert_eq!(claims(&third["access_token"])["acrs"], json!(["c1", "c3"]));
    assert_eq!(claims(&third["id_token"])["acrs"], json!(["c2"]));
}

/// A policy for an authentication context.
async fn context_policy(world: &World, control: &str) -> String {
    let applications = json!({ "includeAuthenticationContextClassReferences": ["c1"] });
    let controls = json!({ "operator": "OR", "builtInControls": [control] });
    let conditions = json!({ "applications": applications });
    crate::common::policy_with(world, conditions, json!({ "grantControls": controls })).await
}

const C1: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;

#[tokio::test]
async fn a_context_is_granted_to_whoever_meets_its_policies() {
    let (world, app, user) = world().await;
    crate::common::register_oath(&world, &user).await;
    let id = context_policy(&world, "mfa").await;
    let tokens = redeem(&world, world.grant(&app, &user, SCOPES), &[]).await.json();
    let answer = refresh(&world, &app, &tokens, &[("claims", C1)]).await;
    assert_eq!(answer.refusal(), (400, "interaction_required".to_owned(), 50_076));
    let wanted: Json = serde_json::from_str(answer.json()["claims"].as_str().unwrap()).unwrap();
    let expected = json!({ "access_token": {
        "acrs": { "essential": true, "values": ["c1"] },
        "capolids": { "essential": true, "values": [id] },
    } });
    assert_eq!(wanted, expected, "the interactive request asks for the context again");
    let code = redeem(&world, world.grant(&app, &user, SCOPES), &[("claims", C1)]).await;
    assert_eq!(code.refusal(), (400, "interaction_required".to_owned(), 50_076));
    let without = refresh(&world, &app, &tokens, &[]).await;
    assert_eq!(without.status, StatusCode::OK, "nobody asked for the context");

    let mut strong = world.grant(&app, &user, SCOPES);
    let method = AuthenticationMethodKind::SoftwareOath;
    strong.authentication.methods.push(MethodUse { method, at: world.clock.now() });
    let tokens = redeem(&world, strong, &[("claims", C1)]).await.json();
    assert_eq!(claims(&tokens["access_token"])["acrs"], json!(["c1"]));
}

#[tokio::test]
async fn a_context_from_before_is_kept_only_while_it_would_be_granted() {
    let (world, app, user) = world().await;
    let mut grant = world.grant(&app, &user, SCOPES);
    grant.claims.access_token_contexts = ["c1".to_owned(), "c2".to_owned()].into();
    let first = redeem(&world, grant, &[]).await.json();
    context_policy(&world, "block").await;
    let second = refresh(&world, &app, &first, &[]).await.json();
    assert_eq!(claims(&second["access_token"])["acrs"], json!(["c2"]), "c2 has no policy");
    let asked = refresh(&world, &app, &second, &[("claims", C1)]).await;
    assert_eq!(asked.refusal(), (400, "interaction_required".to_owned(), 53_003));
    crate::common::policy_with(&world, json!({}), json!({ "state": "disabled" })).await;
    let third = refresh(&world, &app, &second, &[]).await.json();
    assert_eq!(claims(&third["access_token"])["acrs"], json!(["c1", "c2"]), "the grant still has it");
}
