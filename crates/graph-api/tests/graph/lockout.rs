//! A change of policies after which no administrator could sign in is refused, unless the client says that it is meant.

use axum::body::Body;
use axum::http::{Method, Request};
use riskgate_directory::{CONDITIONAL_ACCESS_ADMINISTRATOR, GRAPH_APP_ID, SECURITY_READER};
use serde_json::{Value as Json, json};

use crate::world::{Reply, World};

pub(crate) const POLICIES: &str = "/identity/conditionalAccess/policies";
pub(crate) const LOCATIONS: &str = "/identity/conditionalAccess/namedLocations";
pub(crate) const ALLOW: &str = "riskgate.allow-lockout";

/// A policy that blocks everyone from everything, apart from some users.
pub(crate) fn block(excluded: &[&str]) -> Json {
    json!({
        "displayName": "Closed", "state": "enabled",
        "conditions": {
            "applications": { "includeApplications": ["All"] },
            "users": { "includeUsers": ["All"], "excludeUsers": excluded },
        },
        "grantControls": { "operator": "OR", "builtInControls": ["block"] },
    })
}

pub(crate) async fn preferring(
    world: &World,
    method: Method,
    path: &str,
    preference: &str,
    body: &Json,
) -> Reply {
    let request = Request::builder()
        .method(method)
        .uri(format!("/v1.0{path}"))
        .header("authorization", format!("Bearer {}", world.admin_token().await))
        .header("content-type", "application/json")
        .header("prefer", preference);
    let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
    world.request(request.body(body).unwrap()).await
}

pub(crate) fn applied(reply: &Reply) -> Vec<&str> {
    reply.headers.get_all("preference-applied").iter().map(|value| value.to_str().unwrap()).collect()
}

#[track_caller]
pub(crate) fn assert_refused(reply: &Reply, named: &str) {
    assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{}", reply.text());
    let start = format!(
        "After this change no administrator could sign in from anywhere: every way in is closed by {named}."
    );
    assert!(reply.message().starts_with(&start), "{}", reply.message());
    assert!(
        reply.message().ends_with("send the header 'Prefer: riskgate.allow-lockout'."),
        "{}",
        reply.message()
    );
    assert!(applied(reply).is_empty());
}

#[tokio::test]
async fn a_policy_that_closes_every_way_is_stored_only_if_that_is_meant() {
    let world = World::new().await;
    let token = world.admin_token().await;
    assert_refused(&world.post(POLICIES, &token, block(&[])).await, "'Closed'");
    assert!(world.get(POLICIES, &token).await.ids().is_empty());
    let future =
        preferring(&world, Method::POST, POLICIES, "include-unknown-enum-members", &block(&[])).await;
    assert_eq!(future.status, 400);

    let meant = preferring(&world, Method::POST, POLICIES, ALLOW, &block(&[])).await;
    assert_eq!((meant.status.as_u16(), applied(&meant)), (201, vec![ALLOW]), "{}", meant.text());
    // Locked out already: whoever still has a token can go on, and back.
    let path = format!("{POLICIES}/{}", meant.json["id"].as_str().unwrap());
    assert_eq!(world.patch(&path, &token, json!({ "displayName": "Still closed" })).await.status, 204);
    let both = format!("include-unknown-enum-members, {ALLOW}");
    let patch = json!({ "state": "disabled" });
    let opened = preferring(&world, Method::PATCH, &path, &both, &patch).await;
    assert_eq!(opened.status, 204);
    assert_eq!(applied(&opened), [format!("{ALLOW}, include-unknown-enum-members")]);
    assert_refused(&world.patch(&path, &token, json!({ "state": "enabled" })).await, "'Still closed'");
}

#[tokio::test]
async fn the_preference_is_echoed_only_where_it_means_something() {
    let world = World::new().await;
    let listed = preferring(&world, Method::GET, POLICIES, ALLOW, &json!(null)).await;
    assert_eq!((listed.status.as_u16(), applied(&listed)), (200, vec![]));
}

#[tokio::test]
async fn enabling_is_a_change_too_and_leaves_the_policy_as_it_was_when_refused() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let mut reporting = block(&[]);
    reporting["state"] = json!("enabledForReportingButNotEnforced");
    let made = world.post(POLICIES, &token, reporting).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let path = format!("{POLICIES}/{}", made.json["id"].as_str().unwrap());
    assert_refused(&world.patch(&path, &token, json!({ "state": "enabled" })).await, "'Closed'");
    assert_eq!(world.get(&path, &token).await.json, made.json);
    let excluding = json!({ "state": "enabled", "conditions": { "users": {
        "includeUsers": ["All"], "excludeUsers": [world.admin.id] } } });
    assert_eq!(world.patch(&path, &token, excluding).await.status, 204);
    assert_refused(
        &world
            .patch(
                &path,
                &token,
                json!({ "conditions": { "users": {
        "includeUsers": ["All"] } } }),
            )
            .await,
        "'Closed'",
    );
}

#[tokio::test]
async fn one_administrator_who_gets_in_is_enough_and_must_be_one() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let reader = world.user("reader", &[SECURITY_READER]).await;
    assert_refused(&world.post(POLICIES, &token, block(&[&reader.id])).await, "'Closed'");
    let emergency = world.user("emergency", &[CONDITIONAL_ACCESS_ADMINISTRATOR]).await;
    assert_eq!(world.post(POLICIES, &token, block(&[&emergency.id])).await.status, 201);

    let path = format!("/users/{}", emergency.id);
    assert_eq!(world.patch(&path, &token, json!({ "accountEnabled": false })).await.status, 204);
    let mut second = block(&[&emergency.id]);
    second["conditions"]["signInRiskLevels"] = json!(["high"]);
    assert_eq!(world.post(POLICIES, &token, second).await.status, 201, "nobody gets in already");
    let ids = world.get(POLICIES, &token).await;
    for id in ids.ids() {
        assert_eq!(world.delete(&format!("{POLICIES}/{id}"), &token).await.status, 204);
    }
    assert_refused(&world.post(POLICIES, &token, block(&[&emergency.id])).await, "'Closed'");
}

#[tokio::test]
async fn groups_count_when_somebody_is_in_them() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let group = json!({ "displayName": "Emergency", "mailEnabled": false, "mailNickname": "emergency", "securityEnabled": true });
    let group = world.post("/groups", &token, group).await.json["id"].as_str().unwrap().to_owned();
    let mut policy = block(&[]);
    policy["conditions"]["users"]["excludeGroups"] = json!([group]);
    assert_refused(&world.post(POLICIES, &token, policy.clone()).await, "'Closed'");
    let member =
        json!({ "@odata.id": format!("{}/v1.0/directoryObjects/{}", crate::world::BASE, world.admin.id) });
    assert_eq!(world.post(&format!("/groups/{group}/members/$ref"), &token, member).await.status, 204);
    assert_eq!(world.post(POLICIES, &token, policy).await.status, 201);
}

#[tokio::test]
async fn policies_are_judged_together() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let office = json!({ "@odata.type": "#microsoft.graph.ipNamedLocation", "displayName": "Office", "isTrusted": true,
        "ipRanges": [{ "@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "198.51.100.0/24" }] });
    assert_eq!(world.post(LOCATIONS, &token, office).await.status, 201);
    let at = |name: &str, locations: Json| {
        let mut policy = block(&[]);
        policy["displayName"] = json!(name);
        policy["conditions"]["locations"] = locations;
        policy
    };
    let outside = at("Outside", json!({ "includeLocations": ["All"], "excludeLocations": ["AllTrusted"] }));
    let inside = at("Inside", json!({ "includeLocations": ["AllTrusted"] }));
    assert_eq!(world.post(POLICIES, &token, outside).await.status, 201);
    assert_refused(&world.post(POLICIES, &token, inside).await, "'Inside' and 'Outside'");
}

#[tokio::test]
async fn what_the_administrator_can_pass_keeps_nobody_out() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let asking = |control: &str| {
        let mut policy = block(&[]);
        policy["displayName"] = json!(control);
        policy["grantControls"]["builtInControls"] = json!([control]);
        policy
    };
    assert_eq!(world.post(POLICIES, &token, asking("mfa")).await.status, 201, "he registers a method");
    let mut registering = block(&[]);
    registering["displayName"] = json!("No registration");
    registering["conditions"]["applications"] =
        json!({ "includeUserActions": ["urn:user:registersecurityinfo"] });
    assert_refused(&world.post(POLICIES, &token, registering).await, "'No registration' and 'mfa'");

    assert_refused(
        &world.post(POLICIES, &token, asking("compliantDevice")).await,
        "'compliantDevice' and 'mfa'",
    );
    let tool = world.app_token(&["Directory.ReadWrite.All"]).await;
    let device = json!({ "accountEnabled": true, "deviceId": "4c299165-6e8f-4b45-a5ba-c5d250a707ff",
        "displayName": "Laptop", "operatingSystem": "Windows", "operatingSystemVersion": "11", "isCompliant": true });
    let device = world.post("/devices", &tool, device).await;
    assert_eq!(device.status, 201, "{}", device.text());
    let owner =
        json!({ "@odata.id": format!("{}/v1.0/directoryObjects/{}", crate::world::BASE, world.admin.id) });
    let path = format!("/devices/{}/registeredOwners/$ref", device.json["id"].as_str().unwrap());
    let reply = world.post(&path, &tool, owner).await;
    assert_eq!(reply.status, 204, "{}", reply.text());
    assert_eq!(world.post(POLICIES, &token, asking("compliantDevice")).await.status, 201);
}

#[tokio::test]
async fn who_cannot_reach_graph_cannot_undo_it() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let mut policy = block(&[]);
    policy["conditions"]["applications"] = json!({ "includeApplications": [GRAPH_APP_ID] });
    assert_refused(&world.post(POLICIES, &token, policy).await, "'Closed'");
    let mut policy = block(&[]);
    policy["conditions"]["applications"] = json!({ "includeApplications": [world.application.app_id] });
    assert_eq!(world.post(POLICIES, &token, policy).await.status, 201);
}

#[tokio::test]
async fn a_policy_that_comes_back_is_judged_again() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let emergency = world.user("emergency", &[CONDITIONAL_ACCESS_ADMINISTRATOR]).await;
    let made = world.post(POLICIES, &token, block(&[&emergency.id])).await;
    let id = made.json["id"].as_str().unwrap();
    assert_eq!(world.delete(&format!("{POLICIES}/{id}"), &token).await.status, 204);
    let path = format!("/users/{}", emergency.id);
    assert_eq!(world.patch(&path, &token, json!({ "accountEnabled": false })).await.status, 204);
    let restore = format!("/identity/conditionalAccess/deletedItems/policies/{id}/restore");
    assert_refused(&world.send(Method::POST, &restore, &token, None).await, "'Closed'");
    assert!(world.get(POLICIES, &token).await.ids().is_empty());
    let meant = preferring(&world, Method::POST, &restore, ALLOW, &json!(null)).await;
    assert_eq!((meant.status.as_u16(), applied(&meant)), (200, vec![ALLOW]), "{}", meant.text());
}

#[tokio::test]
async fn a_member_of_a_batch_has_its_own_preference() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let member = |id: &str, headers: Json| json!({ "id": id, "method": "POST", "url": POLICIES, "headers": headers, "body": block(&[]) });
    let requests = json!({ "requests": [
        member("refused", json!({ "Content-Type": "application/json" })),
        member("meant", json!({ "Content-Type": "application/json", "Prefer": ALLOW })),
    ] });
    let reply = world.post("/$batch", &token, requests).await;
    for response in reply.json["responses"].as_array().unwrap() {
        let (status, echoed) = match response["id"].as_str().unwrap() {
            "refused" => (400, json!(null)),
            _ => (201, json!(ALLOW)),
        };
        assert_eq!(response["status"], status, "{response}");
        assert_eq!(response["headers"]["preference-applied"], echoed, "{response}");
    }
}

#[tokio::test]
async fn what_would_happen_can_be_asked_without_meaning_it() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let question = json!({
        "signInIdentity": { "@odata.type": "#microsoft.graph.userSignIn", "userId": world.admin.id },
        "signInContext": { "@odata.type": "#microsoft.graph.applicationContext", "includeApplications": [GRAPH_APP_ID] },
        "signInConditions": {},
        "@riskgate.policies": [block(&[])],
    });
    let reply = world.post("/identity/conditionalAccess/evaluate", &token, question).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.json["value"][0]["policyApplies"], true, "{}", reply.text());
}

#[tokio::test]
async fn a_strength_is_looked_at_for_what_it_allows() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let asking = |strength: &str| {
        let mut policy = block(&[]);
        policy["grantControls"] = json!({ "operator": "OR", "authenticationStrength": { "id": strength } });
        policy
    };
    // Passkeys alone, which nobody can register here; a password with a code is among the others.
    assert_refused(
        &world.post(POLICIES, &token, asking("00000000-0000-0000-0000-000000000004")).await,
        "'Closed'",
    );
    let reply = world.post(POLICIES, &token, asking("00000000-0000-0000-0000-000000000002")).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
}
