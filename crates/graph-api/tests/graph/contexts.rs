//! Authentication contexts.

use axum::http::Method;
use riskgate_model::{ConditionalAccessPolicy, DirectoryAudit};
use serde_json::{Value as Json, json};

use crate::world::{BASE, UNKNOWN, World};

const CONTEXTS: &str = "/identity/conditionalAccess/authenticationContextClassReferences";

async fn token(world: &World) -> String {
    world.user_token(&world.admin, &["AuthenticationContext.ReadWrite.All"]).await
}

async fn put(world: &World, id: &str, token: &str, body: Json) -> u16 {
    world.send(Method::PUT, &format!("{CONTEXTS}/{id}"), token, Some(body)).await.status.as_u16()
}

#[tokio::test]
async fn an_update_describes_a_context_that_was_not_there() {
    let world = World::new().await;
    let token = token(&world).await;
    let path = format!("{CONTEXTS}/c7");
    assert_eq!(world.get(&path, &token).await.status, 404);
    let body = json!({ "@odata.type": "#microsoft.graph.authenticationContextClassReference", "id": "C7",
        "displayName": "Payments", "description": "Money leaves the house" });
    let reply = world.patch(&path, &token, body).await;
    assert_eq!((reply.status.as_u16(), reply.bytes.len()), (204, 0), "{}", reply.text());
    assert_eq!(
        world.get(&format!("{CONTEXTS}('C7')"), &token).await.json,
        json!({
            "@odata.context": format!(
                "{BASE}/v1.0/$metadata#identity/conditionalAccess/authenticationContextClassReferences/$entity"
            ),
            "id": "c7", "displayName": "Payments", "description": "Money leaves the house", "isAvailable": false,
        })
    );
    assert_eq!(
        world.patch(&path, &token, json!({ "isAvailable": true, "description": null })).await.status,
        204
    );
    let got = world.get(&path, &token).await.json;
    assert_eq!((&got["displayName"], &got["isAvailable"]), (&json!("Payments"), &json!(true)));
    assert!(got.get("description").is_none_or(Json::is_null));
    let audits: Vec<DirectoryAudit> = world.all().await;
    let of_contexts =
        audits.iter().filter(|audit| audit.activity_display_name.contains("authentication context"));
    assert_eq!(of_contexts.count(), 2);
}

#[tokio::test]
async fn a_context_can_be_posted_once_and_put_again() {
    let world = World::new().await;
    let token = token(&world).await;
    let body = json!({ "id": "c1", "displayName": "Admin tasks", "isAvailable": true });
    let made = world.post(CONTEXTS, &token, body.clone()).await;
    assert_eq!((made.status.as_u16(), &made.json["id"]), (201, &json!("c1")), "{}", made.text());
    let again = world.post(CONTEXTS, &token, body).await;
    assert_eq!((again.status.as_u16(), again.code()), (400, "BadRequest"));
    assert_eq!(put(&world, "c1", &token, json!({ "displayName": "Tasks" })).await, 204);
    let got = world.get(&format!("{CONTEXTS}/c1"), &token).await.json;
    assert_eq!((&got["displayName"], &got["isAvailable"]), (&json!("Tasks"), &json!(false)), "nothing stays");
    assert_eq!(put(&world, "c2", &token, json!({ "displayName": "New" })).await, 204);
    assert_eq!(world.get(CONTEXTS, &token).await.ids(), ["c1", "c2"]);
}

#[tokio::test]
async fn contexts_that_cannot_be_are_refused() {
    let world = World::new().await;
    let token = token(&world).await;
    for body in [
        json!({ "displayName": "x" }),
        json!({ "id": "c0", "displayName": "x" }),
        json!({ "id": "c100", "displayName": "x" }),
        json!({ "id": "c1" }),
        json!({ "id": "c1", "displayName": "" }),
        json!({ "id": "c1", "displayName": "a".repeat(257) }),
        json!({ "id": "c1", "displayName": "x", "isAvailable": "yes" }),
        json!({ "id": "c1", "displayName": "x", "strength": 1 }),
    ] {
        let reply = world.post(CONTEXTS, &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{body}: {}", reply.text());
    }
    for (id, body) in [
        ("c1", json!({})),
        ("c1", json!({ "id": "c2", "displayName": "x" })),
        ("x", json!({ "displayName": "x" })),
    ] {
        let reply = world.patch(&format!("{CONTEXTS}/{id}"), &token, body.clone()).await;
        assert_eq!(
            (reply.status.as_u16(), reply.code()),
            (400, "BadRequest"),
            "{id} {body}: {}",
            reply.text()
        );
    }
    assert!(world.get(CONTEXTS, &token).await.ids().is_empty());
}

#[tokio::test]
async fn a_context_that_is_needed_cannot_be_deleted() {
    let world = World::new().await;
    let token = token(&world).await;
    let path = format!("{CONTEXTS}/c3");
    world.patch(&path, &token, json!({ "displayName": "x", "isAvailable": true })).await;
    let refused = world.delete(&path, &token).await;
    assert!(refused.message().contains("published"), "{}", refused.text());
    world.patch(&path, &token, json!({ "isAvailable": false })).await;
    let policy: ConditionalAccessPolicy = serde_json::from_value(json!({
        "id": UNKNOWN, "displayName": "x", "state": "disabled",
        "conditions": { "applications": { "includeAuthenticationContextClassReferences": ["C3"] } },
    }))
    .unwrap();
    world.put(&[policy]).await;
    let refused = world.delete(&path, &token).await;
    assert!(refused.message().contains(UNKNOWN), "{}", refused.text());
    let administrator = world.admin_token().await;
    let policy = format!("/identity/conditionalAccess/policies/{UNKNOWN}");
    assert_eq!(world.delete(&policy, &administrator).await.status, 204);
    assert_eq!(world.delete(&path, &administrator).await.status, 403, "policies are another permission");
    assert_eq!(world.delete(&path, &token).await.status, 204);
    assert_eq!(world.delete(&path, &token).await.status, 404);
}

#[tokio::test]
async fn contexts_answer_filters_and_nothing_else() {
    let world = World::new().await;
    let token = token(&world).await;
    for (id, available) in [("c10", true), ("c2", false), ("c1", true)] {
        let body = json!({ "displayName": id, "isAvailable": available });
        assert_eq!(world.patch(&format!("{CONTEXTS}/{id}"), &token, body).await.status, 204);
    }
    assert_eq!(world.get(CONTEXTS, &token).await.ids(), ["c1", "c10", "c2"]);
    let published = world.get(&format!("{CONTEXTS}?$filter=isAvailable%20eq%20true"), &token).await;
    assert_eq!(published.ids(), ["c1", "c10"]);
    for option in
        ["$select=id", "$top=1", "$skip=1", "$count=true", "$orderby=displayName", "$expand=x", "$search=x"]
    {
        let reply = world.get(&format!("{CONTEXTS}?{option}"), &token).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{option}");
    }
    assert_eq!(world.get(&format!("{CONTEXTS}/$count"), &token).await.status, 400);
}
