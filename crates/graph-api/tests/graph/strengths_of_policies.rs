//! Policies that ask for an authentication strength: the reference, what is shown of it, and what holds on to it.

use axum::http::Method;
use serde_json::{Value as Json, json};

use crate::world::{BASE, UNKNOWN, World};

const POLICIES: &str = "/identity/conditionalAccess/policies";
const STRENGTHS: &str = "/policies/authenticationStrengthPolicies";
const RESISTANT: &str = "00000000-0000-0000-0000-000000000004";

fn policy(controls: Json) -> Json {
    json!({
        "displayName": "Require a strength", "state": "disabled",
        "conditions": { "applications": { "includeApplications": ["All"] }, "users": { "includeUsers": ["All"] } },
        "grantControls": controls,
    })
}

fn asking_for(id: &str) -> Json {
    json!({ "operator": "OR", "builtInControls": [], "authenticationStrength": { "id": id } })
}

async fn custom(world: &World, token: &str) -> String {
    let body = json!({ "displayName": "Code", "allowedCombinations": ["password,softwareOath"] });
    let made = world.post(STRENGTHS, token, body).await;
    made.json["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_strength_is_referred_to_in_three_ways_and_shown_whole() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let mut whole = world.get(&format!("{STRENGTHS}/{RESISTANT}"), &token).await.json;
    whole.as_object_mut().unwrap().remove("@odata.context");
    let bound = format!("{BASE}/v1.0/policies/authenticationStrengthPolicies/{RESISTANT}");
    for controls in [
        asking_for(RESISTANT),
        json!({ "operator": "OR", "builtInControls": [], "authenticationStrength": whole }),
        json!({ "operator": "OR", "builtInControls": [], "authenticationStrength@odata.bind": bound }),
    ] {
        let made = world.post(POLICIES, &token, policy(controls)).await;
        assert_eq!(made.status, 201, "{}", made.text());
        assert_eq!(made.json["grantControls"]["authenticationStrength"], whole);
        let path = format!("{POLICIES}/{}", made.json["id"].as_str().unwrap());
        assert_eq!(world.get(&path, &token).await.json, made.json);
        // The whole policy that was read goes back as it is.
        let update = world.patch(&path, &token, made.json.clone()).await;
        assert_eq!(update.status, 204, "{}", update.text());
        assert_eq!(world.get(&path, &token).await.json, made.json, "nothing changed");
    }
    for path in [POLICIES, "/policies/conditionalAccessPolicies"] {
        let listed = world.get(path, &token).await;
        let items = listed.json["value"].as_array().unwrap();
        assert_eq!(items.len(), 3);
        assert!(items.iter().all(|item| item["grantControls"]["authenticationStrength"] == whole), "{path}");
    }
}

#[tokio::test]
async fn an_update_changes_the_strength_and_null_removes_it() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let made = world.post(POLICIES, &token, policy(asking_for(RESISTANT))).await;
    let path = format!("{POLICIES}/{}", made.json["id"].as_str().unwrap());
    let own = custom(&world, &token).await;
    let strength =
        async || world.get(&path, &token).await.json["grantControls"]["authenticationStrength"].clone();
    let update = json!({ "grantControls": { "authenticationStrength": { "id": own } } });
    assert_eq!(world.patch(&path, &token, update).await.status, 204);
    assert_eq!(strength().await["displayName"], "Code");
    assert_eq!(world.patch(&path, &token, json!({ "description": "x" })).await.status, 204);
    assert_eq!(strength().await["displayName"], "Code", "what is absent stays");
    let both = world.patch(&path, &token, json!({ "grantControls": { "builtInControls": ["mfa"] } })).await;
    assert_eq!((both.status.as_u16(), both.code()), (400, "BadRequest"), "{}", both.text());
    let update = json!({ "grantControls": { "builtInControls": ["mfa"], "authenticationStrength": null } });
    let reply = world.patch(&path, &token, update).await;
    assert_eq!(reply.status, 204, "{}", reply.text());
    assert_eq!(strength().await, Json::Null);
}

#[tokio::test]
async fn a_strength_that_is_none_is_refused() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let with = |name: &str, value: Json| {
        let mut controls = json!({ "operator": "OR", "builtInControls": [] });
        controls[name] = value;
        controls
    };
    for controls in [
        asking_for(UNKNOWN),
        asking_for(""),
        with("authenticationStrength", json!({})),
        with("authenticationStrength", json!({ "id": 4 })),
        with("authenticationStrength", json!(RESISTANT)),
        with("authenticationStrength@odata.bind", json!(format!("{BASE}/v1.0/policies/{UNKNOWN}"))),
        with("authenticationStrength@odata.bind", json!("")),
    ] {
        let reply = world.post(POLICIES, &token, policy(controls.clone())).await;
        assert_eq!(
            (reply.status.as_u16(), reply.code()),
            (400, "BadRequest"),
            "{controls}: {}",
            reply.text()
        );
    }
    assert!(world.get(POLICIES, &token).await.ids().is_empty());
}

#[tokio::test]
async fn a_strength_in_use_stays_and_says_who_uses_it() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let own = custom(&world, &token).await;
    let path = format!("{STRENGTHS}/{own}");
    let made = world.post(POLICIES, &token, policy(asking_for(&own))).await;
    let id = made.json["id"].as_str().unwrap();
    let mut shown = made.json.clone();
    shown.as_object_mut().unwrap().remove("@odata.context");
    let usage = world.get(&format!("{path}/usage()"), &token).await;
    assert_eq!((&usage.json["mfa"], &usage.json["none"]), (&json!([shown]), &json!([])), "{}", usage.text());
    let refused = world.delete(&path, &token).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (400, "BadRequest"));
    assert!(refused.message().contains(id), "{}", refused.message());
    let body = json!({ "allowedCombinations": ["password"] });
    let result = world.post(&format!("{path}/updateAllowedCombinations"), &token, body).await;
    assert_eq!(result.json["conditionalAccessReferences"], json!([id]), "{}", result.text());
    assert!(
        result.json["additionalInformation"].as_str().unwrap().contains("no longer"),
        "{}",
        result.text()
    );
    let usage = world.get(&format!("{path}/usage"), &token).await;
    assert_eq!(
        (usage.json["mfa"].as_array().unwrap().len(), usage.json["none"][0]["id"].as_str()),
        (0, Some(id))
    );
    assert_eq!(world.delete(&format!("{POLICIES}/{id}"), &token).await.status, 204);
    let deleted = format!("/identity/conditionalAccess/deletedItems/policies/{id}");
    let strength =
        async || world.get(&deleted, &token).await.json["grantControls"]["authenticationStrength"].clone();
    assert_eq!(strength().await["id"], json!(own));
    assert_eq!(world.delete(&path, &token).await.status, 204);
    assert_eq!(strength().await, Json::Null);
    let restore = world.send(Method::POST, &format!("{deleted}/restore"), &token, None).await;
    assert_eq!((restore.status.as_u16(), restore.code()), (400, "BadRequest"), "the strength is gone");
}

#[tokio::test]
async fn a_strength_is_not_deleted_while_a_policy_begins_to_ask_for_it() {
    for _ in 0..8 {
        let world = World::new().await;
        let token = world.admin_token().await;
        let own = custom(&world, &token).await;
        let path = format!("{STRENGTHS}/{own}");
        let create = world.post(POLICIES, &token, policy(asking_for(&own)));
        let (create, delete) = tokio::join!(create, world.delete(&path, &token));
        let outcomes = [create.status.as_u16(), delete.status.as_u16()];
        assert!([[201, 400], [400, 204]].contains(&outcomes), "{outcomes:?}");
    }
}

#[tokio::test]
async fn what_if_shows_the_whole_strength_too() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let made = world.post(POLICIES, &token, policy(asking_for(RESISTANT))).await;
    let question = json!({
        "signInIdentity": { "@odata.type": "#microsoft.graph.userSignIn", "userId": world.admin.id },
        "signInContext": { "@odata.type": "#microsoft.graph.applicationContext",
            "includeApplications": ["00000003-0000-0000-c000-000000000000"] },
        "signInConditions": {},
    });
    let answer = world.post("/identity/conditionalAccess/evaluate", &token, question).await;
    assert_eq!(answer.json["value"][0]["grantControls"], made.json["grantControls"], "{}", answer.text());
}

#[tokio::test]
async fn a_strength_nobody_can_pass_is_not_asked_of_everybody() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let enabled = |id: &str| {
        let mut body = policy(asking_for(id));
        body["state"] = json!("enabled");
        body
    };
    let refused = world.post(POLICIES, &token, enabled(RESISTANT)).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (400, "BadRequest"), "nobody has a key here");
    let own = custom(&world, &token).await;
    let made = world.post(POLICIES, &token, enabled(&own)).await;
    assert_eq!(made.status, 201, "{}", made.text());
}
