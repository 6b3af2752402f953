//! Redeeming authorization codes.

use std::time::Duration;

use crate::common::{NATIVE, SPA, VERIFIER, WEB, World, app_id, claims};
use axum::body::Body;
use http::{Request, StatusCode, header};
use riskgate_directory::{Actor, GLOBAL_ADMINISTRATOR, Platform, UserChange};
use serde_json::json;

const SCOPES: &str = "openid profile email offline_access https://graph.microsoft.com/User.Read";

fn form<'a>(app: &'a str, code: &'a str, uri: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("grant_type", "authorization_code"),
        ("client_id", app),
        ("code", code),
        ("redirect_uri", uri),
        ("code_verifier", VERIFIER),
        ("client_info", "1"),
    ]
}

#[tokio::test]
async fn oidc_core_3_1_3_3_a_code_gets_every_field_the_libraries_need() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let actor = Actor::command_line();
    world.directory.add_role_assignment(&actor, &user.id, GLOBAL_ADMINISTRATOR, "/").await.unwrap();
    let uri = "http://localhost:53721";
    let code = world.code(world.grant(app_id(&app), &user, SCOPES), uri).await;
    let mut form = form(app_id(&app), &code, uri);
    form.push(("scope", SCOPES));
    let answer = world.token(&form).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let body = answer.json();
    assert_eq!((&body["token_type"], &body["scope"]), (&json!("Bearer"), &json!(SCOPES)));
    assert_eq!((&body["expires_in"], &body["ext_expires_in"]), (&json!(3600), &json!(3600)));
    assert_eq!(body["client_info"], world.tokens.client_info(&user.id));
    assert!(body["refresh_token"].is_string());

    let access = claims(&body["access_token"]);
    assert_eq!(access["aud"], "https://graph.microsoft.com");
    assert_eq!(access["scp"], "openid profile email User.Read");
    assert_eq!(access["wids"], json!([GLOBAL_ADMINISTRATOR]));
    assert_eq!((&access["oid"], &access["upn"]), (&json!(user.id), &json!("ada@contoso.com")));

    let id = claims(&body["id_token"]);
    for (claim, value) in [
        ("aud", json!(app_id(&app))),
        ("iss", json!(world.tokens.issuer())),
        ("sub", json!(user.id)),
        ("oid", json!(user.id)),
        ("tid", json!(world.tenant)),
        ("name", json!("Ada Lovelace")),
        ("preferred_username", json!("ada@contoso.com")),
        ("email", json!("ada@mail.contoso.com")),
        ("ver", json!("2.0")),
        ("nonce", json!("n-1")),
    ] {
        assert_eq!(id[claim], value, "{claim}");
    }
    for claim in ["iat", "nbf", "exp"] {
        assert!(id[claim].is_i64(), "{claim}");
    }
}

#[tokio::test]
async fn oidc_core_11_without_openid_and_offline_access_there_is_neither_id_token_nor_refresh_token() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let code = world.code(world.grant(app_id(&app), &user, "User.Read"), NATIVE).await;
    let mut form = form(app_id(&app), &code, NATIVE);
    form.push(("scope", "openid offline_access User.Read"));
    let body = world.token(&form).await.json();
    assert_eq!(body["scope"], "User.Read", "a token request widens nothing");
    assert_eq!((body.get("id_token"), body.get("refresh_token")), (None, None));
    assert_eq!(claims(&body["access_token"])["scp"], "User.Read");
}

#[tokio::test]
async fn oidc_core_5_3_openid_alone_is_a_token_for_userinfo() {
    let world = World::new().await;
    let app = world.application(&[], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let code = world.code(world.grant(app_id(&app), &user, "openid profile"), NATIVE).await;
    let body = world.token(&form(app_id(&app), &code, NATIVE)).await.json();
    assert_eq!(claims(&body["access_token"])["scp"], "openid profile");
    assert!(body["id_token"].is_string());
}

#[tokio::test]
async fn rfc6749_3_3_default_is_everything_consented_to_and_named_in_the_answer() {
    let world = World::new().await;
    let app = world.application(&["User.Read", "Group.Read.All"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let code =
        world.code(world.grant(app_id(&app), &user, "https://graph.microsoft.com/.default"), NATIVE).await;
    let body = world.token(&form(app_id(&app), &code, NATIVE)).await.json();
    assert_eq!(claims(&body["access_token"])["scp"], "Group.Read.All User.Read");
    let texts: Vec<_> = body["scope"].as_str().unwrap().split(' ').collect();
    assert_eq!(
        texts,
        [
            "https://graph.microsoft.com/.default",
            "https://graph.microsoft.com/Group.Read.All",
            "https://graph.microsoft.com/User.Read"
        ]
    );
}

#[tokio::test]
async fn rfc6749_4_1_2_a_second_redemption_is_refused_and_revokes_what_the_first_gave() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let code = world.code(world.grant(app_id(&app), &user, SCOPES), NATIVE).await;
    let first = world.token(&form(app_id(&app), &code, NATIVE)).await.json();
    let second = world.token(&form(app_id(&app), &code, NATIVE)).await;
    assert_eq!(second.refusal(), (400, "invalid_grant".to_owned(), 54_005));
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", app_id(&app)),
        ("refresh_token", first["refresh_token"].as_str().unwrap()),
    ];
    assert_eq!(world.token(&refresh).await.refusal(), (400, "invalid_grant".to_owned(), 50_173));
    let bearer = format!("Bearer {}", first["access_token"].as_str().unwrap());
    let request = Request::get("/oidc/userinfo").header(header::AUTHORIZATION, bearer);
    let answer = world.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "the access token was stolen with the code");
}

#[tokio::test]
async fn rfc6749_4_1_3_what_is_not_that_of_the_request_redeems_nothing() {
    let world = World::new().await;
    let uris = [(Platform::PublicClient, NATIVE), (Platform::PublicClient, "com.contoso.app://auth")];
    let app = world.application(&["User.Read"], &uris).await;
    let other = world.application(&["User.Read"], &uris).await;
    let user = world.user().await;
    let code = world.code(world.grant(app_id(&app), &user, SCOPES), NATIVE).await;
    for (name, value, status, error, code_number) in [
        ("code", "", 400, "invalid_request", 900_144),
        ("code", "nonsense", 400, "invalid_grant", 70_000),
        ("redirect_uri", "", 400, "invalid_request", 900_144),
        ("redirect_uri", "com.contoso.app://auth", 400, "invalid_grant", 500_112),
        ("redirect_uri", "https://evil.example", 401, "invalid_client", 7_000_218),
        ("code_verifier", "", 400, "invalid_grant", 501_481),
        ("code_verifier", "aBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", 400, "invalid_grant", 501_481),
        ("client_id", app_id(&other), 400, "invalid_grant", 70_000),
    ] {
        let mut form = form(app_id(&app), &code, NATIVE);
        form.retain(|(known, _)| *known != name);
        form.push((name, value));
        let refusal = world.token(&form).await.refusal();
        assert_eq!(refusal, (status, error.to_owned(), code_number), "{name}={value}");
    }
    assert_eq!(world.token(&form(app_id(&app), &code, NATIVE)).await.status, StatusCode::OK);
    let late = world.code(world.grant(app_id(&app), &user, SCOPES), NATIVE).await;
    world.clock.advance(Duration::from_secs(301));
    let refusal = world.token(&form(app_id(&app), &late, NATIVE)).await.refusal();
    assert_eq!(refusal, (400, "invalid_grant".to_owned(), 70_008));
}

#[tokio::test]
async fn rfc6749_3_2_1_a_web_application_proves_itself_and_a_single_page_need_not() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::Web, WEB), (Platform::Spa, SPA)]).await;
    let (user, secret) = (world.user().await, world.secret(app_id(&app)).await);
    let code = world.code(world.grant(app_id(&app), &user, SCOPES), WEB).await;
    let mut with_secret = form(app_id(&app), &code, WEB);
    let refusal = world.token(&with_secret).await.refusal();
    assert_eq!(refusal, (401, "invalid_client".to_owned(), 7_000_218));
    with_secret.push(("client_secret", &secret));
    assert_eq!(world.token(&with_secret).await.status, StatusCode::OK);
    let code = world.code(world.grant(app_id(&app), &user, SCOPES), SPA).await;
    let answer = world.token(&form(app_id(&app), &code, SPA)).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn rfc6749_5_2_scopes_nobody_consented_to_are_refused() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let api = world.application(&[], &[]).await;
    let user = world.user().await;
    let at_api = format!("api://{}/Read", app_id(&api));
    let two = format!("User.Read {at_api}");
    for (scope, error, number) in [
        ("Group.Read.All", "invalid_grant", 65_001),
        ("User.Read Group.Read.All", "invalid_grant", 65_001),
        (&*at_api, "invalid_grant", 65_001),
        (&*two, "invalid_scope", 28_000),
        ("https://api.fabrikam.com/Read", "invalid_resource", 500_011),
        ("a\"b", "invalid_scope", 70_011),
    ] {
        let code = world.code(world.grant(app_id(&app), &user, SCOPES), NATIVE).await;
        let mut form = form(app_id(&app), &code, NATIVE);
        form.push(("scope", scope));
        let answer = world.token(&form).await;
        assert_eq!(answer.refusal(), (400, error.to_owned(), number), "{scope}");
        let suberror = if number == 65_001 { json!("consent_required") } else { json!(null) };
        assert_eq!(answer.json()["suberror"], suberror);
    }
}

#[tokio::test]
async fn rfc6749_5_2_a_disabled_deleted_or_revoked_account_gets_nothing() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let (user, actor) = (world.user().await, Actor::command_line());
    let redeem = async || {
        let code = world.code(world.grant(app_id(&app), &user, SCOPES), NATIVE).await;
        world.clock.advance(Duration::from_secs(1));
        code
    };
    let code = redeem().await;
    world.directory.revoke_sign_in_sessions(&actor, &user.id).await.unwrap();
    let refusal = world.token(&form(app_id(&app), &code, NATIVE)).await.refusal();
    assert_eq!(refusal, (400, "invalid_grant".to_owned(), 50_173));

    let code = redeem().await;
    let mut change = UserChange::default();
    change.properties.insert("accountEnabled".to_owned(), json!(false));
    world.directory.update_user(&actor, &user.id, &change).await.unwrap();
    let refusal = world.token(&form(app_id(&app), &code, NATIVE)).await.refusal();
    assert_eq!(refusal, (400, "invalid_grant".to_owned(), 50_057));

    let code = redeem().await;
    world.directory.delete_user(&actor, &user.id).await.unwrap();
    let refusal = world.token(&form(app_id(&app), &code, NATIVE)).await.refusal();
    assert_eq!(refusal, (400, "invalid_grant".to_owned(), 500_341));
}

#[tokio::test]
async fn a_resource_the_sign_in_was_not_judged_for_is_judged_now() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let api = world.application(&[], &[]).await;
    let user = world.user().await;
    crate::common::policy(&world, "block").await;
    let at_api = format!("api://{}/Read", app_id(&api));
    for (scopes, status) in [
        ("User.Read", StatusCode::OK),
        (&*at_api, StatusCode::BAD_REQUEST),
        ("openid", StatusCode::BAD_REQUEST),
    ] {
        let code = world.code(world.grant(app_id(&app), &user, scopes), NATIVE).await;
        let mut form = form(app_id(&app), &code, NATIVE);
        form.push(("scope", "User.Read"));
        let answer = world.token(&form).await;
        assert_eq!(answer.status, status, "{scopes} {answer:?}");
    }
}
