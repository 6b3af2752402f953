//! Token introspection (RFC 7662).

use std::time::Duration;

use crate::common::{NATIVE, WEB, World, app_id, claims, disable};
use http::StatusCode;
use riskgate_directory::{Actor, CreatedApplication, Platform, UserChange};
use riskgate_model::User;
use serde_json::{Value as Json, json};

const SCOPES: &str = "openid offline_access User.Read";

struct Setting {
    world: World,
    app: CreatedApplication,
    secret: String,
    user: User,
}

impl Setting {
    async fn new() -> Self {
        let world = World::new().await;
        let app = world.application(&["User.Read"], &[(Platform::Web, WEB)]).await;
        let (secret, user) = (world.secret(app_id(&app)).await, world.user().await);
        Self { world, app, secret, user }
    }

    async fn tokens(&self) -> Json {
        let grant = self.world.grant(app_id(&self.app), &self.user, SCOPES);
        self.world.tokens_of(grant, WEB, &[("client_secret", &self.secret)]).await
    }

    async fn ask(&self, token: &Json) -> Json {
        let form = [
            ("client_id", app_id(&self.app)),
            ("client_secret", &self.secret),
            ("token", token.as_str().unwrap()),
        ];
        let answer = self.world.endpoint("introspect", &form).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        assert_eq!(answer.header("cache-control"), "no-store");
        answer.json()
    }
}

fn inactive() -> Json {
    json!({ "active": false })
}

#[tokio::test]
async fn rfc7662_2_2_an_access_token_is_described_to_its_client() {
    let setting = Setting::new().await;
    let tokens = setting.tokens().await;
    let told = setting.ask(&tokens["access_token"]).await;
    let held = claims(&tokens["access_token"]);
    assert_eq!((&told["active"], &told["token_type"]), (&json!(true), &json!("Bearer")));
    assert_eq!((&told["scope"], &told["client_id"]), (&held["scp"], &json!(app_id(&setting.app))));
    assert_eq!((&told["username"], &told["sub"]), (&json!("ada@contoso.com"), &json!(setting.user.id)));
    for name in ["exp", "iat", "nbf", "aud", "iss", "jti", "sid", "acr", "amr", "auth_time", "tid"] {
        assert_eq!(told[name], held[name], "{name}");
        assert!(!told[name].is_null(), "{name}");
    }
}

#[tokio::test]
async fn rfc7662_2_2_a_refresh_token_is_described_to_its_client_and_not_used_up() {
    let setting = Setting::new().await;
    let tokens = setting.tokens().await;
    let told = setting.ask(&tokens["refresh_token"]).await;
    assert_eq!((&told["active"], &told["scope"]), (&json!(true), &json!(SCOPES)));
    assert_eq!(told["exp"].as_i64().unwrap() - told["iat"].as_i64().unwrap(), 90 * 86_400);
    assert_eq!(told.get("token_type"), None, "it is no token to send to a resource");
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", app_id(&setting.app)),
        ("client_secret", &setting.secret),
        ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
    ];
    let next = setting.world.token(&form).await.json();
    assert_eq!(setting.ask(&tokens["refresh_token"]).await, inactive(), "used up");
    assert_eq!(setting.ask(&next["refresh_token"]).await["active"], true, "asking revoked nothing");
}

#[tokio::test]
async fn rfc7662_2_2_a_token_of_an_application_itself_has_roles_and_no_user() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let app = world.application(&["IdentityRiskEvent.Read.All"], &[]).await;
    let secret = world.secret(app_id(&app)).await;
    let proof = [("client_id", app_id(&app)), ("client_secret", &*secret)];
    let mut form =
        vec![("grant_type", "client_credentials"), ("scope", "https://graph.microsoft.com/.default")];
    form.extend(proof);
    let token = world.token(&form).await.json()["access_token"].clone();
    let mut form = vec![("token", token.as_str().unwrap())];
    form.extend(proof);
    let told = world.endpoint("introspect", &form).await.json();
    assert_eq!(told["roles"], json!(["IdentityRiskEvent.Read.All"]));
    assert_eq!(told["sub"], app.service_principal.id.as_str());
    assert_eq!((told.get("username"), told.get("scope")), (None, None));
    disable(world, &app).await;
    let told = world.endpoint("introspect", &form).await;
    assert_eq!(told.refusal(), (400, "unauthorized_client".to_owned(), 7_000_112));
}

#[tokio::test]
async fn rfc7662_2_2_an_inactive_token_says_only_that() {
    let mut setting = Setting::new().await;
    let tokens = setting.tokens().await;
    let forged = format!("{}x", tokens["access_token"].as_str().unwrap());
    for token in ["nonsense", &forged, tokens["id_token"].as_str().unwrap(), ".."] {
        assert_eq!(setting.ask(&json!(token)).await, inactive(), "{token:.60}");
    }
    setting.world.clock.advance(Duration::from_secs(3_601));
    assert_eq!(setting.ask(&tokens["access_token"]).await, inactive(), "expired");
    assert_eq!(setting.ask(&tokens["refresh_token"]).await["active"], true);
    setting.world.clock.advance(Duration::from_secs(90 * 86_400));
    setting.secret = setting.world.secret(app_id(&setting.app)).await;
    assert_eq!(setting.ask(&tokens["refresh_token"]).await, inactive(), "expired");
}

#[tokio::test]
async fn rfc7662_2_2_a_revoked_token_is_inactive_at_once() {
    let setting = Setting::new().await;
    let tokens = setting.tokens().await;
    for kind in ["access_token", "refresh_token"] {
        assert_eq!(setting.ask(&tokens[kind]).await["active"], true);
        let form = [
            ("client_id", app_id(&setting.app)),
            ("client_secret", &setting.secret),
            ("token", tokens[kind].as_str().unwrap()),
        ];
        setting.world.endpoint("revoke", &form).await;
        assert_eq!(setting.ask(&tokens[kind]).await, inactive(), "{kind}");
    }
}

#[tokio::test]
async fn rfc7662_2_2_tokens_of_a_disabled_or_revoked_account_are_inactive() {
    let setting = Setting::new().await;
    let (world, actor) = (&setting.world, Actor::command_line());
    let tokens = setting.tokens().await;
    world.clock.advance(Duration::from_secs(2));
    world.directory.revoke_sign_in_sessions(&actor, &setting.user.id).await.unwrap();
    for kind in ["access_token", "refresh_token"] {
        assert_eq!(setting.ask(&tokens[kind]).await, inactive(), "{kind}");
    }
    world.clock.advance(Duration::from_secs(2));
    let tokens = setting.tokens().await;
    assert_eq!(setting.ask(&tokens["access_token"]).await["active"], true);
    let mut change = UserChange::default();
    change.properties.insert("accountEnabled".to_owned(), json!(false));
    world.directory.update_user(&actor, &setting.user.id, &change).await.unwrap();
    for kind in ["access_token", "refresh_token"] {
        assert_eq!(setting.ask(&tokens[kind]).await, inactive(), "{kind}");
    }
}

#[tokio::test]
async fn rfc7662_4_tokens_of_others_are_inactive_but_for_the_resource_they_are_for() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let (api, stranger) = (world.application(&[], &[]).await, world.application(&[], &[]).await);
    let (at_api, at_stranger) = (world.secret(app_id(&api)).await, world.secret(app_id(&stranger)).await);
    let scope = format!("api://{}/.default", app_id(&api));
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", app_id(&setting.app)),
        ("client_secret", &setting.secret),
        ("scope", &scope),
    ];
    let for_api = world.token(&form).await.json()["access_token"].as_str().unwrap().to_owned();
    let tokens = setting.tokens().await;
    for (token, asking, secret, expected) in [
        (&*for_api, &api, &at_api, true),
        (&*for_api, &stranger, &at_stranger, false),
        (tokens["access_token"].as_str().unwrap(), &api, &at_api, false),
        (tokens["refresh_token"].as_str().unwrap(), &api, &at_api, false),
    ] {
        let form = [("client_id", app_id(asking)), ("client_secret", secret), ("token", token)];
        let told = world.endpoint("introspect", &form).await.json();
        assert_eq!(told["active"], expected, "{told}");
        assert!(expected || told == inactive());
    }
    disable(world, &setting.app).await;
    let form = [("client_id", app_id(&api)), ("client_secret", &*at_api), ("token", &*for_api)];
    assert_eq!(world.endpoint("introspect", &form).await.json(), inactive(), "its client is disabled");
}

#[tokio::test]
async fn rfc7662_2_1_whoever_asks_proves_who_he_is() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let native = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let tokens = world.tokens_of(world.grant(app_id(&native), &setting.user, SCOPES), NATIVE, &[]).await;
    let token = tokens["access_token"].as_str().unwrap();
    let client = app_id(&setting.app);
    for (form, status, error, code) in [
        (vec![("client_id", app_id(&native)), ("token", token)], 401, "invalid_client", 7_000_218),
        (vec![("client_id", client), ("token", token)], 401, "invalid_client", 7_000_218),
        (
            vec![("client_id", client), ("client_secret", "wrong"), ("token", token)],
            401,
            "invalid_client",
            7_000_215,
        ),
        (vec![("client_id", client), ("client_secret", &*setting.secret)], 400, "invalid_request", 900_144),
        (vec![("token", token)], 400, "invalid_request", 900_144),
    ] {
        let answer = world.endpoint("introspect", &form).await;
        assert_eq!(answer.refusal(), (status, error.to_owned(), code), "{form:?}");
    }
}

#[tokio::test]
async fn rfc7662_4_guessing_clients_is_stopped_for_a_while() {
    let setting = Setting::new().await;
    let form = [("client_id", app_id(&setting.app)), ("client_secret", "wrong"), ("token", "x")];
    for _ in 0..10 {
        let answer = setting.world.endpoint("introspect", &form).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let answer = setting.world.endpoint("introspect", &form).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
}
