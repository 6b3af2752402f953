//! `/oauth2PermissionGrants`: consent as administrators see and change it.

use serde_json::json;

use crate::world::{UNKNOWN, World};

const GRANTS: &str = "/oauth2PermissionGrants";

async fn token(world: &World) -> String {
    world.user_token(&world.admin, &["DelegatedPermissionGrant.ReadWrite.All", "Directory.Read.All"]).await
}

async fn graph_id(world: &World, token: &str) -> String {
    let filter = "appId%20eq%20'00000003-0000-0000-c000-000000000000'";
    let reply = world.get(&format!("/servicePrincipals?$filter={filter}"), token).await;
    reply.json["value"][0]["id"].as_str().unwrap_or_else(|| panic!("{reply:?}")).to_owned()
}

#[tokio::test]
async fn a_permission_is_granted_changed_and_taken_back() {
    let world = World::new().await;
    let (user, token) = (world.user("megan", &[]).await, token(&world).await);
    let body = json!({ "clientId": world.application.id, "consentType": "Principal", "principalId": user.id,
        "resourceId": graph_id(&world, &token).await, "scope": "User.Read openid" });
    let made = world.post(GRANTS, &token, body.clone()).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(world.post(GRANTS, &token, body).await.status, 400, "there is one of each");
    let path = format!("{GRANTS}/{}", made.json["id"].as_str().unwrap());
    let granted = async || world.directory.granted_scopes(&world.application.id, &user.id).await.unwrap();
    assert!(granted().await.contains("User.Read"));
    assert_eq!(world.patch(&path, &token, json!({ "scope": "Group.Read.All" })).await.status, 204);
    assert_eq!(world.get(&path, &token).await.json["scope"], "Group.Read.All");
    assert!(!granted().await.contains("User.Read"));
    assert_eq!(world.delete(&path, &token).await.status, 204);
    assert!(!granted().await.contains("Group.Read.All"));
    assert_eq!(world.delete(&path, &token).await.status, 404);
}

#[tokio::test]
async fn what_is_not_whole_or_not_known_is_refused() {
    let world = World::new().await;
    let (user, token) = (world.user("megan", &[]).await, token(&world).await);
    let good = json!({ "clientId": world.application.id, "consentType": "Principal", "principalId": user.id,
        "resourceId": graph_id(&world, &token).await, "scope": "User.Read" });
    for (name, value, status) in [
        ("clientId", json!(null), 400),
        ("clientId", json!(UNKNOWN), 404),
        ("resourceId", json!(UNKNOWN), 404),
        ("principalId", json!(null), 400),
        ("principalId", json!(UNKNOWN), 404),
        ("consentType", json!("AllPrincipals"), 400),
        ("consentType", json!("Everybody"), 400),
        ("scope", json!(""), 400),
        ("scope", json!("Nothing.Read"), 400),
        ("expiryTime", json!("2030-01-01T00:00:00Z"), 400),
    ] {
        let mut body = good.clone();
        body[name] = value.clone();
        let reply = world.post(GRANTS, &token, body).await;
        assert_eq!(reply.status, status, "{name} {value} {reply:?}");
    }
    let path = format!("{GRANTS}/{UNKNOWN}");
    assert_eq!(world.patch(&path, &token, json!({ "scope": "User.Read" })).await.status, 404);
    assert_eq!(world.patch(&path, &token, json!({ "clientId": UNKNOWN })).await.status, 400);
}

#[tokio::test]
async fn only_administrators_with_the_permission_change_consent() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    for token in [
        world.user_token(&user, &["DelegatedPermissionGrant.ReadWrite.All"]).await,
        world.user_token(&world.admin, &["Directory.Read.All"]).await,
    ] {
        assert_eq!(world.post(GRANTS, &token, json!({})).await.status, 403);
        assert_eq!(world.delete(&format!("{GRANTS}/{UNKNOWN}"), &token).await.status, 403);
    }
}
