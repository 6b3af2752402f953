//! Templates of policies.

use std::collections::HashSet;

use serde_json::{Value as Json, json};

use crate::world::{BASE, UNKNOWN, World};

const TEMPLATES: &str = "/identity/conditionalAccess/templates";
const POLICIES: &str = "/identity/conditionalAccess/policies";

async fn templates(world: &World, token: &str) -> Vec<Json> {
    let listed = world.get(TEMPLATES, token).await;
    assert_eq!(listed.status, 200, "{}", listed.text());
    listed.json["value"].as_array().unwrap().clone()
}

/// A template's details as a policy.
fn policy(template: &Json) -> Json {
    let mut policy = template["details"].clone();
    policy["displayName"] = template["name"].clone();
    policy["templateId"] = template["id"].clone();
    policy["state"] = json!("disabled");
    policy
}

#[tokio::test]
async fn every_template_is_a_policy_when_it_is_posted() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let templates = templates(&world, &token).await;
    assert!(templates.len() >= 10, "{}", templates.len());
    for template in &templates {
        let made = world.post(POLICIES, &token, policy(template)).await;
        assert_eq!(made.status, 201, "{}: {}", template["name"], made.text());
        assert_eq!(made.json["templateId"], template["id"]);
        for part in ["conditions", "grantControls", "sessionControls"] {
            assert_eq!(
                made.json[part], template["details"][part],
                "{}: nothing was filled in",
                template["name"]
            );
        }
    }
    let filter = format!("{POLICIES}?$filter=templateId%20eq%20{}", templates[0]["id"]).replace('"', "'");
    assert_eq!(world.get(&filter, &token).await.ids().len(), 1);
}

#[tokio::test]
async fn templates_say_what_they_are_for_and_keep_their_identifiers() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let templates = templates(&world, &token).await;
    let text = |template: &Json, name: &str| template[name].as_str().unwrap().to_owned();
    let ids: HashSet<String> = templates.iter().map(|template| text(template, "id")).collect();
    let names: HashSet<String> = templates.iter().map(|template| text(template, "name")).collect();
    assert_eq!((ids.len(), names.len()), (templates.len(), templates.len()));
    assert!(ids.iter().all(|id| riskgate_core::is_guid(id)));
    let scenarios: HashSet<String> = templates
        .iter()
        .flat_map(|template| text(template, "scenarios").split(',').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let known = ["secureFoundation", "zeroTrust", "remoteWork", "protectAdmins", "emergingThreats"];
    assert_eq!(scenarios, known.map(str::to_owned).into());
    // Policies keep the identifier for years, so it must never change.
    let first =
        templates.iter().find(|template| template["id"] == "0df412c8-d2f0-5cc7-b16e-9722d40d2cfd").unwrap();
    assert_eq!(first["name"], "Require multifactor authentication for administrators");
    let one = world.get(&format!("{TEMPLATES}('0df412c8-d2f0-5cc7-b16e-9722d40d2cfd')"), &token).await;
    let context = format!("{BASE}/v1.0/$metadata#identity/conditionalAccess/templates/$entity");
    assert_eq!((&one.json["@odata.context"], &one.json["details"]), (&json!(context), &first["details"]));
    assert_eq!(world.get(&format!("{TEMPLATES}/{UNKNOWN}"), &token).await.status, 404);
}

#[tokio::test]
async fn templates_are_filtered_and_selected_and_only_read() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let filtered =
        world.get(&format!("{TEMPLATES}?$filter=startswith(name,'Block')&$select=name"), &token).await;
    let found = filtered.json["value"].as_array().unwrap();
    assert!(!found.is_empty() && found.iter().all(|one| one["name"].as_str().unwrap().starts_with("Block")));
    assert!(found[0].get("details").is_none());
    for option in ["$top=1", "$skip=1", "$count=true", "$orderby=name", "$expand=details"] {
        let reply = world.get(&format!("{TEMPLATES}?{option}"), &token).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{option}");
    }
    assert_eq!(world.post(TEMPLATES, &token, json!({})).await.status, 405);
    assert_eq!(
        world.delete(&format!("{TEMPLATES}/0df412c8-d2f0-5cc7-b16e-9722d40d2cfd"), &token).await.status,
        405
    );
}
