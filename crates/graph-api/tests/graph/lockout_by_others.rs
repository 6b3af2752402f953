//! Changes of what policies look at, after which no administrator could sign in.

use axum::http::Method;
use riskgate_model::{CustomSecurityAttributeDefinition, SecurityAttributeValue};
use serde_json::{Value as Json, json};

use crate::lockout::{ALLOW, LOCATIONS, POLICIES, applied, assert_refused, block, preferring};
use crate::world::{BASE, GRAPH_ID, World};

async fn made(world: &World, path: &str, body: Json) -> String {
    let reply = world.post(path, &world.admin_token().await, body).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    reply.json["id"].as_str().unwrap().to_owned()
}

fn network(name: &str, is_trusted: bool, cidr: &str) -> Json {
    json!({ "@odata.type": "#microsoft.graph.ipNamedLocation", "displayName": name, "isTrusted": is_trusted,
        "ipRanges": [{ "@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": cidr }] })
}

fn at(name: &str, locations: Json) -> Json {
    let mut policy = block(&[]);
    policy["displayName"] = json!(name);
    policy["conditions"]["locations"] = locations;
    policy
}

async fn group(world: &World, name: &str) -> String {
    let body =
        json!({ "displayName": name, "mailEnabled": false, "mailNickname": name, "securityEnabled": true });
    made(world, "/groups", body).await
}

fn reference(id: &str) -> Json {
    json!({ "@odata.id": format!("{BASE}/v1.0/directoryObjects/{id}") })
}

async fn add(world: &World, group: &str, member: &str) {
    let reply = world
        .post(&format!("/groups/{group}/members/$ref"), &world.admin_token().await, reference(member))
        .await;
    assert_eq!(reply.status, 204, "{}", reply.text());
}

/// A policy that blocks everyone who is not in the group.
async fn block_all_but(world: &World, group: &str) {
    let mut policy = block(&[]);
    policy["conditions"]["users"]["excludeGroups"] = json!([group]);
    made(world, POLICIES, policy).await;
}

#[tokio::test]
async fn a_location_that_would_close_the_last_place() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let office = made(&world, LOCATIONS, network("Office", true, "198.51.100.0/24")).await;
    let annex = made(&world, LOCATIONS, network("Annex", false, "198.51.100.0/28")).await;
    made(
        &world,
        POLICIES,
        at("Outside", json!({ "includeLocations": ["All"], "excludeLocations": ["AllTrusted"] })),
    )
    .await;
    made(&world, POLICIES, at("Annex", json!({ "includeLocations": [annex] }))).await;
    let (office, annex) = (format!("{LOCATIONS}/{office}"), format!("{LOCATIONS}/{annex}"));
    assert_refused(
        &world.patch(&office, &token, json!({ "isTrusted": false })).await,
        "'Annex' and 'Outside'",
    );
    let wider = json!({ "ipRanges": network("", false, "198.51.100.0/24")["ipRanges"] });
    assert_refused(&world.patch(&annex, &token, wider.clone()).await, "'Annex' and 'Outside'");
    assert_eq!(world.patch(&annex, &token, json!({ "displayName": "Other" })).await.status, 204);
    let before = world.get(&annex, &token).await;
    assert_eq!(before.json["ipRanges"][0]["cidrAddress"], "198.51.100.0/28");
    let meant = preferring(&world, Method::PATCH, &annex, ALLOW, &wider).await;
    assert_eq!((meant.status.as_u16(), applied(&meant)), (204, vec![ALLOW]), "{}", meant.text());
}

#[tokio::test]
async fn a_new_trusted_location_is_one_of_all_trusted_ones() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let annex = made(&world, LOCATIONS, network("Annex", false, "198.51.100.0/28")).await;
    made(
        &world,
        POLICIES,
        at("Outside", json!({ "includeLocations": ["All"], "excludeLocations": [annex] })),
    )
    .await;
    made(&world, POLICIES, at("Trusted", json!({ "includeLocations": ["AllTrusted"] }))).await;
    let around = network("Around", true, "198.51.100.0/24");
    assert_refused(&world.post(LOCATIONS, &token, around.clone()).await, "'Outside' and 'Trusted'");
    assert_eq!(world.get(LOCATIONS, &token).await.ids().len(), 1);
    assert_eq!(world.post(LOCATIONS, &token, network("Elsewhere", true, "203.0.113.0/24")).await.status, 201);
    let meant = preferring(&world, Method::POST, LOCATIONS, ALLOW, &around).await;
    assert_eq!((meant.status.as_u16(), applied(&meant)), (201, vec![ALLOW]), "{}", meant.text());
}

#[tokio::test]
async fn the_last_member_of_the_group_that_is_left_out_stays() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let (emergency, inner) = (group(&world, "emergency").await, group(&world, "inner").await);
    let other = world.user("other", &[]).await;
    add(&world, &emergency, &inner).await;
    add(&world, &inner, &world.admin.id).await;
    add(&world, &inner, &other.id).await;
    block_all_but(&world, &emergency).await;

    let member = |group: &str, id: &str| format!("/groups/{group}/members/{id}/$ref");
    let refused = |reply: &crate::world::Reply| {
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "Request_BadRequest"), "{}", reply.text());
        assert!(reply.message().contains("every way in is closed by 'Closed'"), "{}", reply.message());
    };
    refused(&world.delete(&member(&inner, &world.admin.id.to_uppercase()), &token).await);
    refused(&world.delete(&member(&emergency, &inner), &token).await);
    refused(&world.delete(&format!("/groups/{inner}"), &token).await);
    refused(&world.delete(&format!("/groups/{emergency}"), &token).await);
    assert_eq!(world.get(&format!("/groups/{inner}/members/$count"), &token).await.text(), "2");
    assert_eq!(world.delete(&member(&inner, &other.id), &token).await.status, 204, "no administrator");
    // Whoever is in it in another way stays in it.
    add(&world, &emergency, &world.admin.id).await;
    assert_eq!(world.delete(&member(&inner, &world.admin.id), &token).await.status, 204);
    let meant =
        preferring(&world, Method::DELETE, &format!("/groups/{emergency}"), ALLOW, &json!(null)).await;
    assert_eq!((meant.status.as_u16(), applied(&meant)), (204, vec![ALLOW]));
}

#[tokio::test]
async fn the_last_administrator_does_not_join_a_group_that_is_blocked() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let (blocked, inner, free) =
        (group(&world, "blocked").await, group(&world, "inner").await, group(&world, "free").await);
    add(&world, &blocked, &inner).await;
    let mut policy = block(&[]);
    policy["conditions"]["users"] = json!({ "includeGroups": [blocked] });
    made(&world, POLICIES, policy).await;
    for group in [&blocked, &inner] {
        let reply =
            world.post(&format!("/groups/{group}/members/$ref"), &token, reference(&world.admin.id)).await;
        assert_eq!(reply.status, 400, "{}", reply.text());
        let bound =
            json!({ "members@odata.bind": [format!("{BASE}/v1.0/directoryObjects/{}", world.admin.id)] });
        let reply = world.patch(&format!("/groups/{group}"), &token, bound).await;
        assert_eq!(reply.status, 400, "{}", reply.text());
        assert!(reply.message().starts_with("After this change no administrator"), "{}", reply.message());
    }
    add(&world, &free, &world.admin.id).await;
    assert_eq!(
        world.post(&format!("/groups/{blocked}/members/$ref"), &token, reference(&free)).await.status,
        400,
        "a group takes its members along"
    );
}

#[tokio::test]
async fn what_no_enabled_policy_looks_at_may_change() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let emergency = group(&world, "emergency").await;
    add(&world, &emergency, &world.admin.id).await;
    let mut policy = block(&[]);
    policy["conditions"]["users"]["excludeGroups"] = json!([emergency]);
    policy["state"] = json!("enabledForReportingButNotEnforced");
    made(&world, POLICIES, policy).await;
    let path = format!("/groups/{emergency}/members/{}/$ref", world.admin.id);
    assert_eq!(world.delete(&path, &token).await.status, 204);
}

#[tokio::test]
async fn the_last_device_that_opens_a_way_is_not_deleted() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let tool = world.app_token(&["Directory.ReadWrite.All"]).await;
    let mut devices = Vec::new();
    for number in 1..=2 {
        let device = json!({ "accountEnabled": true, "deviceId": format!("4c299165-6e8f-4b45-a5ba-00000000000{number}"),
            "displayName": "Laptop", "operatingSystem": "Windows", "operatingSystemVersion": "11", "isCompliant": true });
        let device = world.post("/devices", &tool, device).await;
        let path = format!("/devices/{}", device.json["id"].as_str().unwrap());
        let owner =
            world.post(&format!("{path}/registeredOwners/$ref"), &tool, reference(&world.admin.id)).await;
        assert_eq!(owner.status, 204, "{}", owner.text());
        devices.push(path);
    }
    let mut policy = block(&[]);
    policy["grantControls"]["builtInControls"] = json!(["compliantDevice"]);
    made(&world, POLICIES, policy).await;
    assert_eq!(world.delete(&devices[0], &tool).await.status, 204, "there is another one");
    let last = world.delete(&devices[1], &tool).await;
    assert_eq!(last.status, 400, "{}", last.text());
    assert!(last.message().contains("every way in is closed by 'Closed'"), "{}", last.message());
    let ids = world.get(POLICIES, &token).await;
    assert_eq!(world.delete(&format!("{POLICIES}/{}", ids.ids()[0]), &token).await.status, 204);
    assert_eq!(world.delete(&devices[1], &tool).await.status, 204);
}

#[tokio::test]
async fn a_strength_must_leave_something_that_can_be_passed() {
    let world = World::new().await;
    let token = world
        .user_token(
            &world.admin,
            &[
                "Policy.Read.All",
                "Policy.ReadWrite.ConditionalAccess",
                "Policy.ReadWrite.AuthenticationMethod",
            ],
        )
        .await;
    let strengths = "/policies/authenticationStrengthPolicies";
    let body = json!({ "displayName": "Codes", "allowedCombinations": ["password,softwareOath", "fido2"] });
    let reply = world.post(strengths, &token, body).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    let strength = reply.json["id"].as_str().unwrap();
    let mut policy = block(&[]);
    policy["grantControls"] = json!({ "operator": "OR", "authenticationStrength": { "id": strength } });
    made(&world, POLICIES, policy).await;
    let path = format!("{strengths}/{strength}/updateAllowedCombinations");
    let update = |combinations: &[&str]| json!({ "allowedCombinations": combinations });
    assert_refused(&world.post(&path, &token, update(&["fido2"])).await, "'Closed'");
    let reply = world.post(&path, &token, update(&["password,softwareOath"])).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
}

#[tokio::test]
async fn attributes_of_graph_that_a_filter_looks_at() {
    let world = World::new().await;
    let writer = world.app_token(&["CustomSecAttributeAssignment.ReadWrite.All"]).await;
    let text = SecurityAttributeValue::Text(String::new());
    world.put(&[CustomSecurityAttributeDefinition::of("Team", "Project", &text)]).await;
    let mut policy = block(&[]);
    policy["conditions"]["applications"] = json!({ "applicationFilter": {
        "mode": "include", "rule": "CustomSecurityAttribute.Team_Project -eq \"Atlas\"" } });
    made(&world, POLICIES, policy).await;
    let assign = |project: &str| json!({ "customSecurityAttributes": { "Team": { "Project": project } } });
    let path = format!("/servicePrincipals(appId='{GRAPH_ID}')");
    assert_eq!(world.patch(&path, &writer, assign("Hermes")).await.status, 204);
    let refused = world.patch(&path, &writer, assign("Atlas")).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(refused.message().contains("every way in is closed by 'Closed'"), "{}", refused.message());
    let own = format!("/servicePrincipals/{}", world.application.id);
    assert_eq!(world.patch(&own, &writer, assign("Atlas")).await.status, 204);
}
