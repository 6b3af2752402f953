//! Token revocation (RFC 7009).

use crate::common::{NATIVE, WEB, World, app_id, claims};
use http::{Request, StatusCode, header};
use riskgate_directory::{CreatedApplication, Platform};
use riskgate_model::User;
use serde_json::{Value as Json, json};

const SCOPES: &str = "openid offline_access User.Read";

struct Setting {
    world: World,
    app: CreatedApplication,
    user: User,
}

impl Setting {
    async fn new() -> Self {
        let world = World::new().await;
        let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
        let user = world.user().await;
        Self { world, app, user }
    }

    fn id(&self) -> &str {
        app_id(&self.app)
    }

    async fn tokens(&self) -> Json {
        self.world.tokens_of(self.world.grant(self.id(), &self.user, SCOPES), NATIVE, &[]).await
    }

    async fn revoke(&self, client: &str, token: &Json, extra: &[(&str, &str)]) -> crate::common::Answer {
        let mut form = vec![("client_id", client), ("token", token.as_str().unwrap())];
        form.extend(extra);
        self.world.endpoint("revoke", &form).await
    }

    async fn refresh(&self, tokens: &Json) -> crate::common::Answer {
        let token = tokens["refresh_token"].as_str().unwrap();
        let form = [("grant_type", "refresh_token"), ("client_id", self.id()), ("refresh_token", token)];
        self.world.token(&form).await
    }

    async fn user_info(&self, token: &Json) -> StatusCode {
        let bearer = format!("Bearer {}", token.as_str().unwrap());
        let request = Request::get("/oidc/userinfo").header(header::AUTHORIZATION, bearer);
        self.world.send(request.body(axum::body::Body::empty()).unwrap()).await.status
    }
}

#[tokio::test]
async fn rfc7009_2_1_a_refresh_token_is_revoked_with_its_whole_family() {
    let setting = Setting::new().await;
    let first = setting.tokens().await;
    let second = setting.refresh(&first).await.json();
    let other = setting.tokens().await;
    let answer = setting.revoke(setting.id(), &second["refresh_token"], &[]).await;
    assert_eq!((answer.status, answer.json()), (StatusCode::OK, json!({})));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(setting.refresh(&second).await.refusal(), (400, "invalid_grant".to_owned(), 50_173));
    assert_eq!(setting.refresh(&other).await.status, StatusCode::OK, "another grant stays");
}

#[tokio::test]
async fn rfc7009_2_1_a_refresh_token_that_was_used_up_revokes_as_well() {
    let setting = Setting::new().await;
    let first = setting.tokens().await;
    let second = setting.refresh(&first).await.json();
    assert_eq!(setting.revoke(setting.id(), &first["refresh_token"], &[]).await.status, StatusCode::OK);
    assert_eq!(setting.refresh(&second).await.refusal(), (400, "invalid_grant".to_owned(), 50_173));
}

#[tokio::test]
async fn rfc7009_2_1_an_access_token_is_refused_from_then_on_and_no_other_is() {
    let setting = Setting::new().await;
    let (one, other) = (setting.tokens().await, setting.tokens().await);
    assert_eq!(setting.user_info(&one["access_token"]).await, StatusCode::OK);
    for _ in 0..2 {
        assert_eq!(setting.revoke(setting.id(), &one["access_token"], &[]).await.status, StatusCode::OK);
        assert_eq!(setting.user_info(&one["access_token"]).await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(setting.user_info(&other["access_token"]).await, StatusCode::OK);
    assert_eq!(setting.refresh(&one).await.status, StatusCode::OK, "the grant stays");
}

#[tokio::test]
async fn rfc7009_2_1_the_hint_does_not_decide() {
    let setting = Setting::new().await;
    for hint in ["access_token", "refresh_token", "pct", "id_token"] {
        let tokens = setting.tokens().await;
        let hint = [("token_type_hint", hint)];
        assert_eq!(
            setting.revoke(setting.id(), &tokens["refresh_token"], &hint).await.status,
            StatusCode::OK
        );
        assert_eq!(setting.refresh(&tokens).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(setting.revoke(setting.id(), &tokens["access_token"], &hint).await.status, StatusCode::OK);
        assert_eq!(setting.user_info(&tokens["access_token"]).await, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn rfc7009_2_1_another_client_is_refused_and_revokes_nothing() {
    let setting = Setting::new().await;
    let other = setting.world.application(&[], &[(Platform::PublicClient, NATIVE)]).await;
    let tokens = setting.tokens().await;
    for kind in ["refresh_token", "access_token"] {
        let answer = setting.revoke(app_id(&other), &tokens[kind], &[]).await;
        assert_eq!(answer.refusal(), (400, "invalid_grant".to_owned(), 70_000), "{kind}");
    }
    assert_eq!(setting.user_info(&tokens["access_token"]).await, StatusCode::OK);
    assert_eq!(setting.refresh(&tokens).await.status, StatusCode::OK);
}

#[tokio::test]
async fn rfc7009_2_1_a_confidential_client_proves_itself() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let web = world.application(&["User.Read"], &[(Platform::Web, WEB)]).await;
    let secret = world.secret(app_id(&web)).await;
    let proof = [("client_secret", &*secret)];
    let tokens = world.tokens_of(world.grant(app_id(&web), &setting.user, SCOPES), WEB, &proof).await;
    let token = &tokens["refresh_token"];
    let refused = setting.revoke(app_id(&web), token, &[]).await;
    assert_eq!(refused.refusal(), (401, "invalid_client".to_owned(), 7_000_218));
    let refused = setting.revoke(app_id(&web), token, &[("client_secret", "wrong")]).await;
    assert_eq!(refused.refusal(), (401, "invalid_client".to_owned(), 7_000_215));
    let live = world.tokens.live_refresh(token.as_str().unwrap(), app_id(&web)).await.unwrap();
    assert!(live.is_some(), "a refusal revokes nothing");
    assert_eq!(setting.revoke(app_id(&web), token, &proof).await.status, StatusCode::OK);
    let live = world.tokens.live_refresh(token.as_str().unwrap(), app_id(&web)).await.unwrap();
    assert_eq!(live, None);
}

#[tokio::test]
async fn rfc7009_2_2_what_is_no_token_is_no_error() {
    let setting = Setting::new().await;
    let tokens = setting.tokens().await;
    let forged = format!("{}x", tokens["access_token"].as_str().unwrap());
    let long = "x".repeat(20_000);
    let shaped = format!("{}.{}", "0".repeat(32), "a".repeat(43));
    for token in ["nonsense", &forged, &long, &shaped, "..", tokens["id_token"].as_str().unwrap()] {
        let answer = setting.revoke(setting.id(), &json!(token), &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{token:.60}");
    }
    assert_eq!(setting.user_info(&tokens["access_token"]).await, StatusCode::OK);
}

#[tokio::test]
async fn rfc7009_2_2_1_requests_without_token_or_client_are_refused() {
    let setting = Setting::new().await;
    let world = &setting.world;
    for (form, error, code) in [
        (vec![("client_id", setting.id())], "invalid_request", 900_144),
        (vec![("token", "x")], "invalid_request", 900_144),
        (vec![("client_id", setting.id()), ("token", "x"), ("token", "y")], "invalid_request", 9_000_411),
        (vec![("client_id", "nobody"), ("token", "x")], "unauthorized_client", 700_016),
    ] {
        let answer = world.endpoint("revoke", &form).await;
        assert_eq!(answer.refusal(), (400, error.to_owned(), code), "{form:?}");
    }
    let answer = world.get(&format!("/{}/oauth2/v2.0/revoke", world.tenant)).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    let answer = world.post("/fabrikam.com/oauth2/v2.0/revoke", &[("token", "x")]).await;
    assert_eq!(answer.refusal(), (400, "invalid_request".to_owned(), 90_002));
}

#[tokio::test]
async fn rfc7009_2_1_with_a_refresh_token_the_access_tokens_of_its_grant_end_on_every_node() {
    let setting = Setting::new().await;
    let node = setting.world.node();
    let server = setting.world.application(&[], &[]).await;
    let secret = setting.world.secret(app_id(&server)).await;
    let first = setting.tokens().await;
    let second = setting.refresh(&first).await.json();
    let other = setting.tokens().await;
    let mine = [&first["access_token"], &second["access_token"]];
    for token in mine {
        assert_eq!(setting.user_info(token).await, StatusCode::OK);
    }
    let answer = setting.revoke(setting.id(), &second["refresh_token"], &[]).await;
    assert_eq!(answer.status, StatusCode::OK);
    let on_node = Setting { world: node, app: setting.app.clone(), user: setting.user.clone() };
    for token in mine {
        for at in [&on_node, &setting] {
            assert_eq!(at.user_info(token).await, StatusCode::UNAUTHORIZED);
        }
        let form =
            [("client_id", app_id(&server)), ("client_secret", &*secret), ("token", token.as_str().unwrap())];
        let described = on_node.world.endpoint("introspect", &form).await.json();
        assert_eq!(described, json!({ "active": false }));
    }
    assert_eq!(setting.user_info(&other["access_token"]).await, StatusCode::OK, "another grant stays");
}

#[tokio::test]
async fn rfc9700_4_14_a_refresh_token_used_twice_ends_the_access_tokens_of_its_grant() {
    let setting = Setting::new().await;
    let first = setting.tokens().await;
    let second = setting.refresh(&first).await.json();
    assert_eq!(setting.refresh(&first).await.status, StatusCode::BAD_REQUEST);
    for token in [&first["access_token"], &second["access_token"]] {
        assert_eq!(setting.user_info(token).await, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn rfc7009_the_grant_in_an_access_token_cannot_be_sent_as_a_refresh_token() {
    let setting = Setting::new().await;
    let tokens = setting.tokens().await;
    let grant = claims(&tokens["access_token"])["grant_id"].as_str().unwrap().to_owned();
    assert!(!tokens["refresh_token"].as_str().unwrap().contains(&grant));
    let forged = json!(format!("{grant}.guessed"));
    assert_eq!(setting.revoke(setting.id(), &forged, &[]).await.status, StatusCode::OK);
    assert_eq!(setting.user_info(&tokens["access_token"]).await, StatusCode::OK);
}
