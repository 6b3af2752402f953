//! What comes back when something is wrong: status, code, headers, form.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request};
use riskgate_core::is_guid;
use riskgate_directory::Actor;
use riskgate_graph_api::RequestLimit;
use riskgate_model::AuthenticationFacts;
use riskgate_store::records::Session;
use serde_json::{Value as Json, json};

use crate::world::{BASE, GRAPH, Reply, UNKNOWN, World};

const CA: &str = "/identity/conditionalAccess";

fn assert_form(reply: &Reply, what: &str) {
    let error = reply.json["error"].as_object().unwrap_or_else(|| panic!("{what}: {}", reply.text()));
    assert_eq!(reply.json.as_object().unwrap().len(), 1, "{what}");
    for name in error.keys() {
        assert!(
            ["code", "message", "target", "details", "innerError"].contains(&name.as_str()),
            "{what}: {name}"
        );
    }
    let inner = &error["innerError"];
    assert_eq!(inner["date"].as_str().unwrap().len(), 19, "{what}");
    assert_eq!(inner["request-id"].as_str().unwrap(), reply.headers["request-id"], "{what}");
    assert_eq!(inner["client-request-id"].as_str().unwrap(), reply.headers["client-request-id"], "{what}");
    assert!(reply.headers["content-type"].to_str().unwrap().starts_with("application/json"), "{what}");
}

#[tokio::test]
async fn every_refusal_has_the_status_and_code_of_the_contract() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let none: Option<Json> = None;
    let (rd, ru) = ("/identityProtection/riskDetections", "/identityProtection/riskyUsers");
    for (method, path, body, status, codes) in [
        ("GET", "/noSuchThings".to_owned(), none.clone(), 400, "BadRequest"),
        ("GET", "/identityProtection/noSuchThings".to_owned(), none.clone(), 400, "BadRequest"),
        ("GET", format!("/users/{UNKNOWN}"), none.clone(), 404, "Request_ResourceNotFound"),
        ("GET", "/users/nobody@contoso.com".to_owned(), none.clone(), 404, "Request_ResourceNotFound"),
        ("GET", format!("/groups/{UNKNOWN}"), none.clone(), 404, "Request_ResourceNotFound"),
        ("GET", format!("/applications('{UNKNOWN}')"), none.clone(), 404, "Request_ResourceNotFound"),
        ("GET", format!("/applications(appId='{UNKNOWN}')"), none.clone(), 404, "Request_ResourceNotFound"),
        ("GET", format!("{CA}/policies/{UNKNOWN}"), none.clone(), 404, "ResourceNotFound"),
        ("GET", format!("{CA}/namedLocations/{UNKNOWN}"), none.clone(), 404, "ResourceNotFound"),
        ("DELETE", format!("{CA}/policies/{UNKNOWN}"), none.clone(), 404, "ResourceNotFound"),
        ("GET", format!("{rd}/{UNKNOWN}"), none.clone(), 404, "ResourceNotFound"),
        ("GET", format!("{ru}/{UNKNOWN}/history"), none.clone(), 404, "ResourceNotFound"),
        ("POST", rd.to_owned(), Some(json!({})), 405, "Request_BadRequest"),
        ("PUT", ru.to_owned(), Some(json!({})), 405, "Request_BadRequest"),
        ("GET", format!("{ru}/dismiss/x"), none.clone(), 400, "BadRequest"),
        ("GET", format!("{rd}?$top=501"), none.clone(), 400, "BadRequest"),
        ("GET", format!("{rd}?$skip=1"), none.clone(), 400, "BadRequest"),
        ("GET", "/users?$skip=1".to_owned(), none.clone(), 400, "Request_BadRequest"),
        ("GET", "/users?$top=1000".to_owned(), none.clone(), 400, "Request_BadRequest"),
        ("GET", "/users?$select=aboutMe".to_owned(), none.clone(), 501, "notImplemented"),
        ("GET", "/users?$select=noSuch".to_owned(), none.clone(), 400, "Request_BadRequest"),
        ("GET", "/users?$filter=accountEnabled%20eq%20'true'".to_owned(), none.clone(), 400, "BadRequest"),
        ("GET", "/users?$filter=displayName%20eq".to_owned(), none.clone(), 400, "BadRequest"),
        ("GET", "/users?$expand=manager".to_owned(), none.clone(), 400, "Request_BadRequest"),
        ("GET", "/users?$apply=x".to_owned(), none.clone(), 400, "Request_BadRequest"),
        ("GET", "/users?$skiptoken=abc".to_owned(), none.clone(), 400, "Directory_ExpiredPageToken"),
        (
            "GET",
            "/users?$filter=faxNumber%20eq%20'1'".to_owned(),
            none.clone(),
            400,
            "Request_UnsupportedQuery",
        ),
        ("GET", format!("{rd}?$filter=riskLevel%20eq%20'extreme'"), none.clone(), 400, "BadRequest"),
        ("POST", format!("{ru}/dismiss"), Some(json!({})), 400, "BadRequest"),
        ("POST", format!("{ru}/dismiss"), Some(json!({ "userIds": [] })), 400, "BadRequest"),
        ("POST", format!("{ru}/dismiss"), Some(json!({ "userIds": vec!["x"; 61] })), 400, "BadRequest"),
        ("POST", format!("{ru}/dismiss"), Some(json!({ "userIds": [1] })), 400, "BadRequest"),
        ("POST", format!("{ru}/dismiss"), Some(json!({ "userIds": [UNKNOWN] })), 404, "ResourceNotFound"),
        ("POST", "/users".to_owned(), Some(json!({ "accountEnabled": true })), 400, "Request_BadRequest"),
        ("POST", "/$batch".to_owned(), Some(json!({ "requests": 5 })), 400, "BadRequest"),
    ] {
        let what = format!("{method} {path}");
        let reply = world.send(method.parse().unwrap(), &path, &token, body).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (status, codes), "{what}: {}", reply.message());
        assert_form(&reply, &what);
    }
}

#[tokio::test]
async fn a_bad_token_is_answered_with_a_challenge_and_says_why_as_far_as_it_helps() {
    let world = World::new().await;
    let path = "/identityProtection/riskyUsers";
    let good = world.admin_token().await;
    let other_audience = world.token_for(&world.admin, &["User.Read"], "api://other").await;
    let mut changed = good.clone();
    let last = changed.pop().unwrap();
    changed.push(if last == 'A' { 'B' } else { 'A' });
    for (token, message) in [
        ("", "Access token is empty."),
        ("not-a-token", "Access token validation failure."),
        (changed.as_str(), "Access token validation failure."),
        (other_audience.as_str(), "Access token validation failure. Invalid audience."),
    ] {
        let reply = world.get(path, token).await;
        assert_eq!(
            (reply.status.as_u16(), reply.code(), reply.message()),
            (401, "InvalidAuthenticationToken", message)
        );
        assert!(reply.headers["www-authenticate"].to_str().unwrap().starts_with("Bearer"));
        assert!(!reply.headers["www-authenticate"].to_str().unwrap().contains("claims"));
        assert_form(&reply, message);
    }
    world.clock.advance(Duration::from_secs(3600));
    let reply = world.get(path, &good).await;
    assert_eq!(reply.message(), "Access token has expired or is not yet valid.");
}

#[tokio::test]
async fn three_audiences_mean_this_service() {
    let world = World::new().await;
    for audience in [GRAPH, "https://graph.microsoft.com/", "00000003-0000-0000-c000-000000000000", BASE] {
        let token = world.token_for(&world.admin, &["User.Read"], audience).await;
        assert_eq!(world.get("/me", &token).await.status, 200, "{audience}");
    }
    let token = world.token_for(&world.admin, &["User.Read"], "https://localhost:8443.example.com").await;
    assert_eq!(world.get("/me", &token).await.status, 401);
}

#[tokio::test]
async fn tokens_of_disabled_users_and_of_before_a_revocation_are_worthless() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let admin = world.admin_token().await;
    let token = world.user_token(&user, &["User.Read"]).await;
    assert_eq!(world.get("/me", &token).await.status, 200);
    let revoked =
        world.send(Method::POST, &format!("/users/{}/revokeSignInSessions", user.id), &admin, None).await;
    assert_eq!(revoked.status, 200);
    assert_eq!(revoked.json["value"], true);
    assert_eq!(revoked.json["@odata.context"], format!("{BASE}/v1.0/$metadata#Edm.Boolean"));
    assert_eq!(world.get("/me", &token).await.status, 401);
    world.clock.advance(Duration::from_secs(2));
    let token = world.user_token(&user, &["User.Read"]).await;
    assert_eq!(world.get("/me", &token).await.status, 200);
    let disabled =
        world.patch(&format!("/users/{}", user.id), &admin, json!({ "accountEnabled": false })).await;
    assert_eq!(disabled.status, 204);
    assert_eq!(world.get("/me", &token).await.status, 401);
}

#[tokio::test]
async fn within_the_second_of_a_revocation_the_session_decides() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    world.directory.revoke_sign_in_sessions(&Actor::system(), &user.id).await.unwrap();
    // Issued in the same second: tokens cannot tell whether before or after.
    let token = world.user_token(&user, &["User.Read"]).await;
    assert_eq!(world.get("/me", &token).await.status, 401);
    world.clock.advance(Duration::from_millis(10));
    let session = Session {
        id: "digest".to_owned(),
        session_id: "session".to_owned(),
        user_id: user.id.clone(),
        authentication: AuthenticationFacts::default(),
        created_date_time: world.now(),
        ip_address: "192.0.2.1".to_owned(),
        user_agent: None,
        applications: Default::default(),
        expires_date_time: world.now() + Duration::from_secs(3600),
    };
    world.put(&[session]).await;
    assert_eq!(world.get("/me", &token).await.status, 200);
    world.directory.revoke_sign_in_sessions(&Actor::system(), &user.id).await.unwrap();
    assert_eq!(world.get("/me", &token).await.status, 401);
}

#[tokio::test]
async fn me_is_for_people() {
    let world = World::new().await;
    let reply = world.get("/me", &world.app_token(&["User.Read.All"]).await).await;
    assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"));
    assert!(reply.message().contains("/me request is only valid with delegated authentication flow"));
}

#[tokio::test]
async fn answers_carry_the_headers_of_the_service() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let id = "6F1B2C3D-0000-4000-8000-000000000001";
    let request = Request::get("/v1.0/me")
        .header("authorization", format!("Bearer {token}"))
        .header("client-request-id", id)
        .header("prefer", "include-unknown-enum-members, return=minimal")
        .header("accept-encoding", "gzip")
        .body(Body::empty())
        .unwrap();
    let reply = world.request(request).await;
    let header = |name: &str| reply.headers[name].to_str().unwrap();
    assert_eq!(header("client-request-id"), id);
    assert!(is_guid(header("request-id")));
    assert_eq!(header("odata-version"), "4.0");
    assert_eq!(header("cache-control"), "no-cache");
    assert_eq!(header("preference-applied"), "include-unknown-enum-members");
    assert!(header("strict-transport-security").starts_with("max-age="));
    assert_eq!(
        header("content-type"),
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
    );
    assert_eq!(header("access-control-allow-origin"), "*");
    assert_eq!(header("content-encoding"), "gzip");
    assert!(
        reply
            .headers
            .get_all("vary")
            .iter()
            .any(|v| v.to_str().unwrap().eq_ignore_ascii_case("accept-encoding"))
    );
}

#[tokio::test]
async fn browsers_may_ask_before_they_call() {
    let world = World::new().await;
    let request = Request::builder()
        .method("OPTIONS")
        .uri("/v1.0/users")
        .header("origin", "https://app.example")
        .header("access-control-request-method", "GET")
        .body(Body::empty())
        .unwrap();
    let reply = world.request(request).await;
    assert_eq!(reply.status, 204);
    let allowed = reply.headers["access-control-allow-headers"].to_str().unwrap();
    for name in [
        "Authorization",
        "Content-Type",
        "ConsistencyLevel",
        "client-request-id",
        "SdkVersion",
        "Prefer",
        "If-Match",
        "Retry-Attempt",
    ] {
        assert!(allowed.split(", ").any(|allowed| allowed == name), "{name}");
    }
    let reply = world.get("/users", "").await;
    let exposed = reply.headers["access-control-expose-headers"].to_str().unwrap();
    for name in ["request-id", "client-request-id", "Location", "Retry-After", "ETag"] {
        assert!(exposed.split(", ").any(|exposed| exposed == name), "{name}");
    }
}

#[tokio::test]
async fn an_application_that_asks_too_much_is_told_when_to_come_back() {
    let world = World::with_limit(RequestLimit { burst: 3, period: Duration::from_secs(6) }).await;
    let token = world.admin_token().await;
    for _ in 0..3 {
        assert_eq!(world.get("/me", &token).await.status, 200);
    }
    let reply = world.get("/me", &token).await;
    assert_eq!((reply.status.as_u16(), reply.code()), (429, "TooManyRequests"));
    let wait: u64 = reply.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert_form(&reply, "throttled");
    world.clock.advance(Duration::from_secs(wait));
    assert_eq!(world.get("/me", &token).await.status, 200);
}

#[tokio::test]
async fn rfc7009_2_1_tokens_of_a_grant_whose_refresh_token_was_revoked_are_worthless() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let (token, refresh) = world.token_and_refresh(&user, &["User.Read"]).await;
    let (other, _) = world.token_and_refresh(&user, &["User.Read"]).await;
    assert_eq!(world.get("/me", &token).await.status, 200);
    let client = world.application.app_id.as_deref().unwrap();
    world.tokens.revoke_refresh(&refresh, client).await.unwrap();
    assert_eq!(world.get("/me", &token).await.status, 401);
    assert_eq!(world.get("/me", &other).await.status, 200, "another grant stays");
}
