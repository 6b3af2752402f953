//! Userinfo and signing out.

use std::time::Duration;

use crate::common::{NATIVE, VERIFIER, World, app_id};
use axum::body::Body;
use http::{Request, StatusCode};
use riskgate_directory::{Actor, Platform};
use serde_json::{Value as Json, json};

/// Tokens of a user with these scopes.
async fn tokens(world: &World, app: &str, user: &riskgate_model::User, scopes: &str) -> Json {
    let code = world.code(world.grant(app, user, scopes), NATIVE).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", app),
        ("code", &code),
        ("redirect_uri", NATIVE),
        ("code_verifier", VERIFIER),
    ];
    world.token(&form).await.json()
}

async fn user_info(world: &World, method: &str, authorization: &str) -> crate::common::Answer {
    let request =
        Request::builder().method(method).uri("/oidc/userinfo").header("authorization", authorization);
    world.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn oidc_core_5_4_userinfo_tells_what_the_scopes_allow() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    for (scopes, expected) in [
        ("openid", json!({ "sub": user.id })),
        ("openid email", json!({ "sub": user.id, "email": "ada@mail.contoso.com" })),
        (
            "openid profile User.Read",
            json!({
                "sub": user.id, "name": "Ada Lovelace", "given_name": "Ada", "family_name": "Lovelace",
                "preferred_username": "ada@contoso.com",
            }),
        ),
    ] {
        let token = tokens(&world, app_id(&app), &user, scopes).await;
        let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
        for method in ["GET", "POST"] {
            let answer = user_info(&world, method, &bearer).await;
            assert_eq!(answer.json(), expected, "{scopes}");
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
}

#[tokio::test]
async fn rfc6750_3_1_userinfo_refuses_tokens_that_are_not_good_for_it() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let good = tokens(&world, app_id(&app), &user, "openid profile").await;
    let good = format!("Bearer {}", good["access_token"].as_str().unwrap());
    let other = tokens(&world, app_id(&app), &user, "User.Read").await;
    let other = format!("Bearer {}", other["access_token"].as_str().unwrap());
    for bad in ["", "Bearer", "Bearer x", "Basic eDp4", &format!("{good}x")] {
        let answer = user_info(&world, "GET", bad).await;
        assert_eq!(answer.refusal(), (401, "invalid_token".to_owned(), 50_013), "{bad:.20}");
        assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    }
    let answer = user_info(&world, "GET", &other).await;
    assert_eq!(answer.refusal(), (403, "insufficient_scope".to_owned(), 65_001));
    assert!(answer.header("www-authenticate").contains("insufficient_scope"));
    world.clock.advance(Duration::from_secs(1));
    world.directory.revoke_sign_in_sessions(&Actor::command_line(), &user.id).await.unwrap();
    assert_eq!(user_info(&world, "GET", &good).await.status, StatusCode::UNAUTHORIZED);
}
