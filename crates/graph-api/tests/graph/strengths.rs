//! Authentication strengths.

use std::time::Duration;

use axum::http::Method;
use riskgate_model::{AuthenticationStrengthPolicy, DirectoryAudit};
use serde_json::{Value as Json, json};

use crate::world::{BASE, World};

const STRENGTHS: &str = "/policies/authenticationStrengthPolicies";
const ALIAS: &str = "/identity/conditionalAccess/authenticationStrength/policies";
const ROOT: &str = "/identity/conditionalAccess/authenticationStrength";
const MULTIFACTOR: &str = "00000000-0000-0000-0000-000000000002";

fn strength() -> Json {
    json!({
        "@odata.type": "#microsoft.graph.authenticationStrengthPolicy", "displayName": "Keys or app",
        "description": "For administrators", "allowedCombinations": ["fido2", "softwareOath, password", "fido2"],
    })
}

fn path(made: &Json) -> String {
    format!("{STRENGTHS}/{}", made["id"].as_str().unwrap())
}

#[tokio::test]
async fn three_strengths_are_there_from_the_beginning_and_cannot_be_changed() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let listed = world.get(STRENGTHS, &token).await;
    assert_eq!(listed.status, 200, "{}", listed.text());
    let names: Vec<_> = listed.json["value"].as_array().unwrap().iter().map(|s| &s["displayName"]).collect();
    assert_eq!(names, ["Multifactor authentication", "Passwordless MFA", "Phishing resistant MFA"]);
    assert_eq!(
        listed.json["@odata.context"],
        format!("{BASE}/v1.0/$metadata#policies/authenticationStrengthPolicies")
    );
    let got = world.get(&format!("{ALIAS}('{MULTIFACTOR}')"), &token).await;
    assert_eq!(got.json["@odata.context"], format!("{BASE}/v1.0/$metadata#{}/$entity", &ALIAS[1..]));
    assert_eq!(got.json["policyType"], "builtIn");
    assert_eq!(got.json["requirementsSatisfied"], "mfa");
    assert_eq!(got.json["createdDateTime"], "2021-12-01T00:00:00Z");
    assert_eq!(got.json["combinationConfigurations"], json!([]));
    assert_eq!(got.json["allowedCombinations"].as_array().unwrap().len(), 19);
    let built_in = format!("{STRENGTHS}/{MULTIFACTOR}");
    let combinations = json!({ "allowedCombinations": ["password"] });
    let configuration = json!({ "@odata.type": "#microsoft.graph.fido2CombinationConfiguration",
        "appliesToCombinations": ["fido2"], "allowedAAGUIDs": ["486be600-3c4a-4f5d-9b4a-1a2b3c4d5e6f"] });
    for (method, below, body) in [
        (Method::PATCH, "", Some(json!({ "displayName": "x" }))),
        (Method::DELETE, "", None),
        (Method::POST, "/updateAllowedCombinations", Some(combinations)),
        (Method::POST, "/combinationConfigurations", Some(configuration)),
    ] {
        let refused = world.send(method, &format!("{built_in}{below}"), &token, body).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (400, "BadRequest"), "{below}");
        assert!(refused.message().contains("is built in"), "{}", refused.message());
    }
}

#[tokio::test]
async fn a_strength_is_made_renamed_and_deleted() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let made = world.post(STRENGTHS, &token, strength()).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let id = made.json["id"].as_str().unwrap();
    assert_eq!(
        made.json,
        json!({
            "@odata.context": format!("{BASE}/v1.0/$metadata#policies/authenticationStrengthPolicies/$entity"),
            "id": id, "allowedCombinations": ["fido2", "password,softwareOath"], "createdDateTime": world.now(),
            "modifiedDateTime": world.now(), "description": "For administrators", "displayName": "Keys or app",
            "policyType": "custom", "requirementsSatisfied": "mfa", "combinationConfigurations": [],
        })
    );
    let path = path(&made.json);
    assert_eq!(world.get(&path, &token).await.json, made.json);
    world.clock.advance(Duration::from_secs(60));
    // Clients send back what they read.
    let mut update = made.json.clone();
    update["displayName"] = json!("Keys");
    update["description"] = json!(null);
    let updated = world.patch(&path, &token, update).await;
    assert_eq!(updated.status, 204, "{}", updated.text());
    let got = world.get(&format!("{ALIAS}/{id}"), &token).await.json;
    assert_eq!((&got["displayName"], &got["modifiedDateTime"]), (&json!("Keys"), &json!(world.now())));
    assert_eq!(got["createdDateTime"], made.json["createdDateTime"]);
    assert!(got.get("description").is_none_or(Json::is_null));
    let audits: Vec<DirectoryAudit> = world.all().await;
    let change =
        audits.iter().find(|a| a.activity_display_name == "Update authentication strength policy").unwrap();
    let changed: Vec<_> = change.target_resources[0]
        .modified_properties
        .iter()
        .map(|p| p.display_name.as_deref().unwrap())
        .collect();
    assert_eq!(changed, ["displayName", "description"]);
    assert_eq!(world.delete(&path, &token).await.status, 204);
    assert_eq!(world.get(&path, &token).await.status, 404);
    assert_eq!(world.delete(&path, &token).await.status, 404);
    assert!(world.all::<AuthenticationStrengthPolicy>().await.is_empty());
}

#[tokio::test]
async fn what_a_strength_allows_is_replaced_by_the_action() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let made = world.post(ALIAS, &token, strength()).await;
    let path = path(&made.json);
    let refused = world.patch(&path, &token, json!({ "allowedCombinations": ["fido2"] })).await;
    assert!(refused.message().contains("updateAllowedCombinations"), "{}", refused.message());
    let body = json!({ "allowedCombinations": ["fido2", "password"] });
    let result = world.post(&format!("{path}/microsoft.graph.updateAllowedCombinations"), &token, body).await;
    assert_eq!(
        (result.status.as_u16(), &result.json),
        (
            200,
            &json!({
                "@odata.context": format!("{BASE}/v1.0/$metadata#microsoft.graph.updateAllowedCombinationsResult"),
                "additionalInformation": null, "conditionalAccessReferences": [],
                "previousCombinations": ["fido2", "password,softwareOath"],
                "currentCombinations": ["fido2", "password"],
            })
        )
    );
    let got = world.get(&path, &token).await.json;
    assert_eq!(got["allowedCombinations"], json!(["fido2", "password"]));
    assert_eq!(got["requirementsSatisfied"], "none", "a password alone is no multifactor authentication");
    for body in [
        json!({}),
        json!({ "allowedCombinations": [] }),
        json!({ "allowedCombinations": ["fido2,password"] }),
        json!({ "allowedCombinations": ["telepathy"] }),
        json!({ "allowedCombinations": ["fido2"], "more": true }),
    ] {
        let reply = world.post(&format!("{path}/updateAllowedCombinations"), &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{body}");
    }
    assert_eq!(world.get(&path, &token).await.json, got);
}

#[tokio::test]
async fn strengths_that_cannot_be_are_refused_and_there_is_a_limit() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let with = |name: &str, value: Json| {
        let mut body = strength();
        body[name] = value;
        body
    };
    for body in [
        json!({ "displayName": "x" }),
        json!({ "allowedCombinations": ["fido2"] }),
        with("displayName", json!(" ")),
        with("displayName", json!("a".repeat(257))),
        with("description", json!("a".repeat(1025))),
        with("allowedCombinations", json!([])),
        with("allowedCombinations", json!(["email"])),
        with("allowedCombinations", json!(["fido2,password"])),
        with("allowedCombinations", json!("fido2")),
        with("strength", json!(9000)),
        with("combinationConfigurations", json!({})),
        with("combinationConfigurations", json!([1])),
    ] {
        let reply = world.post(STRENGTHS, &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{body}: {}", reply.text());
    }
    for _ in 0..15 {
        assert_eq!(world.post(STRENGTHS, &token, strength()).await.status, 201);
    }
    let refused = world.post(STRENGTHS, &token, strength()).await;
    assert!(refused.message().contains("at most 15"), "{}", refused.message());
}

#[tokio::test]
async fn strengths_are_filtered_counted_and_selected() {
    let world = World::new().await;
    let token = world.admin_token().await;
    world.post(STRENGTHS, &token, strength()).await;
    for (filter, found) in [
        ("policyType%20eq%20'custom'", 1),
        ("policyType%20eq%20'builtIn'", 3),
        ("displayName%20eq%20'passwordless%20mfa'", 1),
        ("displayName%20ne%20'Passwordless%20MFA'", 3),
        ("displayName%20in%20('Keys%20or%20app','Passwordless%20MFA')", 2),
        ("not(displayName%20eq%20'Keys%20or%20app')", 3),
    ] {
        let reply = world.get(&format!("{STRENGTHS}?$filter={filter}"), &token).await;
        assert_eq!(reply.json["value"].as_array().map(Vec::len), Some(found), "{filter}: {}", reply.text());
        let count = world.get(&format!("{ALIAS}/$count?$filter={filter}"), &token).await;
        assert_eq!(count.text(), found.to_string());
    }
    let selected = world.get(&format!("{STRENGTHS}/{MULTIFACTOR}?$select=displayName"), &token).await;
    let names: Vec<_> = selected.json.as_object().unwrap().keys().collect();
    assert_eq!(names, ["@odata.context", "id", "displayName"]);
}

#[tokio::test]
async fn the_combinations_and_methods_there_are_can_be_read() {
    let world = World::new().await;
    let token = world.app_token(&["Policy.Read.AuthenticationMethod"]).await;
    let root = world.get(ROOT, &token).await;
    let combinations = root.json["combinations"].as_array().unwrap();
    assert!(
        combinations.contains(&json!("password,softwareOath")) && combinations.contains(&json!("password"))
    );
    assert!(!combinations.contains(&json!("qrCodePin")), "a later member is masked");
    let modes = world.get(&format!("{ROOT}/authenticationMethodModes"), &token).await;
    let ids = modes.ids();
    for combination in combinations.iter().map(|text| text.as_str().unwrap()) {
        for member in combination.split(',').filter(|member| *member != "unknownFutureValue") {
            assert!(ids.contains(&member), "{member}");
        }
    }
    let mode = world.get(&format!("{ROOT}/authenticationMethodModes/fido2"), &token).await;
    assert_eq!(mode.json["authenticationMethod"], "fido2");
    assert_eq!(world.get(&format!("{ROOT}/authenticationMethodModes/x"), &token).await.status, 404);
    let context = format!("{BASE}/v1.0/$metadata#microsoft.graph.authenticationStrengthUsage");
    for function in ["usage", "usage()", "microsoft.graph.usage()"] {
        let usage = world.get(&format!("{STRENGTHS}/{MULTIFACTOR}/{function}"), &token).await;
        assert_eq!(usage.json, json!({ "@odata.context": context, "mfa": [], "none": [] }), "{function}");
    }
}
