//! `$batch`.

use serde_json::{Value as Json, json};

use crate::world::{BASE, UNKNOWN, World};

fn by_id<'a>(reply: &'a Json, id: &str) -> &'a Json {
    reply["responses"].as_array().unwrap().iter().find(|response| response["id"] == id).unwrap()
}

#[tokio::test]
async fn four_forms_of_addresses_lead_to_the_same() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let urls =
        ["users?%24top=1", "/users?$top=1", "/v1.0/users?$top=1", &format!("{BASE}/v1.0/users?$top=1")];
    let requests: Vec<Json> = urls
        .iter()
        .enumerate()
        .map(|(i, url)| json!({ "id": i.to_string(), "method": "GET", "url": url }))
        .collect();
    let reply = world.post("/$batch", &token, json!({ "requests": requests })).await;
    assert_eq!(reply.status, 200);
    for i in 0..urls.len() {
        let response = by_id(&reply.json, &i.to_string());
        assert_eq!(response["status"], 200, "{response}");
        assert_eq!(response["headers"]["Content-Type"], "application/json");
        assert_eq!(response["body"]["value"].as_array().unwrap().len(), 1);
        assert_eq!(response["body"]["@odata.context"], format!("{BASE}/v1.0/$metadata#users"));
    }
}

#[tokio::test]
async fn members_fail_alone() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let requests = json!([
        { "id": "a", "method": "get", "url": format!("users/{UNKNOWN}") },
        { "id": "b", "method": "GET", "url": "https://example.com/v1.0/users" },
        { "id": "c", "method": "POST", "url": "/$batch", "headers": { "Content-Type": "application/json" }, "body": { "requests": [] } },
        { "id": "d", "method": "POST", "url": "/users", "body": {} },
        { "id": "e", "method": "GET", "url": "/noSuchThings" },
        { "id": "f", "method": "GET", "url": "/users/$count", "headers": { "ConsistencyLevel": "eventual" } },
    ]);
    let reply = world.post("/$batch", &token, json!({ "requests": requests })).await;
    assert_eq!(reply.status, 200);
    for (id, status) in [("a", 404), ("b", 400), ("c", 400), ("d", 400), ("e", 400)] {
        let response = by_id(&reply.json, id);
        assert_eq!(response["status"], status, "{response}");
        assert!(response["body"]["error"]["code"].is_string());
    }
    assert_eq!(by_id(&reply.json, "f")["body"], "1");
}

#[tokio::test]
async fn what_depends_on_a_failure_is_not_done() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let group = |name: &str| json!({ "displayName": name, "mailEnabled": false, "mailNickname": name, "securityEnabled": true });
    let header = json!({ "content-type": "application/json" });
    let requests = json!([
        { "id": "1", "method": "POST", "url": "/groups", "headers": header, "body": group("first"), "dependsOn": [] },
        { "id": "2", "method": "POST", "url": "/groups", "headers": header, "body": {}, "depends_on": ["1"] },
        { "id": "3", "method": "POST", "url": "/groups", "headers": header, "body": group("third"), "depends_on": ["2"] },
        { "id": "4", "method": "POST", "url": "/groups", "headers": header, "body": group("fourth"), "dependsOn": ["3"] },
        { "id": "5", "method": "DELETE", "url": format!("/groups/{UNKNOWN}") },
    ]);
    let reply = world.post("/$batch", &token, json!({ "requests": requests })).await;
    let statuses: Vec<_> =
        ["1", "2", "3", "4", "5"].iter().map(|id| by_id(&reply.json, id)["status"].clone()).collect();
    assert_eq!(statuses, [json!(201), json!(400), json!(424), json!(424), json!(404)]);
    let groups = world.get("/groups", &token).await;
    assert_eq!(groups.ids().len(), 1);
}

#[tokio::test]
async fn an_answer_without_body_has_none() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let user = world.user("megan", &[]).await;
    let requests = json!([
        { "id": "1", "method": "PATCH", "url": format!("/users/{}", user.id), "headers": { "Content-Type": "application/json" },
          "body": { "jobTitle": "Tester" } },
    ]);
    let reply = world.post("/$batch", &token, json!({ "requests": requests })).await;
    let response = by_id(&reply.json, "1");
    assert_eq!(response["status"], 204);
    assert!(response.get("body").is_none());
    let user = world.get(&format!("/users/{}", user.id), &token).await;
    assert_eq!(user.json["jobTitle"], "Tester");
}

#[tokio::test]
async fn a_batch_that_is_none_is_refused_whole() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let one = |id: &str| json!({ "id": id, "method": "GET", "url": "/me" });
    let many: Vec<Json> = (0..21).map(|i| one(&i.to_string())).collect();
    for requests in [
        json!(many),
        json!([]),
        json!([one("a"), one("A")]),
        json!([{ "id": "a", "method": "GET" }]),
        json!([{ "id": "", "method": "GET", "url": "/me" }]),
        json!([{ "id": 1, "method": "GET", "url": "/me" }]),
        json!([{ "id": "a", "method": "GET", "url": "/me", "dependsOn": ["b"] }]),
        json!("x"),
    ] {
        let reply = world.post("/$batch", &token, json!({ "requests": requests })).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{requests}");
    }
}

#[tokio::test]
async fn members_cannot_bring_another_token() {
    let world = World::new().await;
    let megan = world.user("megan", &[]).await;
    let own = world.user_token(&megan, &["User.Read"]).await;
    let admin = world.admin_token().await;
    let requests = json!([{ "id": "1", "method": "GET", "url": "/identityProtection/riskyUsers",
        "headers": { "Authorization": format!("Bearer {admin}") } }]);
    let reply = world.post("/$batch", &own, json!({ "requests": requests })).await;
    assert_eq!(by_id(&reply.json, "1")["status"], 403);
}
