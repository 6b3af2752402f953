//! Sets and definitions of custom security attributes.

use riskgate_directory::{
    ATTRIBUTE_ASSIGNMENT_ADMINISTRATOR, ATTRIBUTE_DEFINITION_ADMINISTRATOR, ATTRIBUTE_DEFINITION_READER,
};
use riskgate_model::DirectoryAudit;
use serde_json::{Value as Json, json};

use crate::world::{BASE, Reply, World};

const SETS: &str = "/directory/attributeSets";
const DEFINITIONS: &str = "/directory/customSecurityAttributeDefinitions";
const READ: &str = "CustomSecAttributeDefinition.Read.All";
const WRITE: &str = "CustomSecAttributeDefinition.ReadWrite.All";

fn project(changes: Json) -> Json {
    let mut body = json!({ "attributeSet": "Engineering", "name": "Project", "description": "What it works for",
        "type": "String", "status": "Available", "isCollection": true, "isSearchable": true,
        "usePreDefinedValuesOnly": true });
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    body
}

/// A tenant with the set `Engineering`, and who may define attributes there.
async fn engineering() -> (World, String) {
    let world = World::new().await;
    let token = world.app_token(&[WRITE]).await;
    let set = json!({ "id": "Engineering", "description": "Engineers", "maxAttributesPerSet": 2 });
    let made = world.post(SETS, &token, set).await;
    assert_eq!(made.status, 201, "{}", made.text());
    (world, token)
}

fn refused(reply: &Reply, problem: &str) {
    assert_eq!((reply.status.as_u16(), reply.code()), (400, "Request_BadRequest"), "{}", reply.text());
    assert!(reply.message().contains(problem), "{problem}: {}", reply.message());
}

#[tokio::test]
async fn sets_are_made_changed_and_shown() {
    let (world, token) = engineering().await;
    let update = json!({ "description": "All engineers", "maxAttributesPerSet": null });
    assert_eq!(world.patch(&format!("{SETS}/engineering"), &token, update).await.status, 204);
    let shown = world.get(&format!("{SETS}/ENGINEERING"), &token).await;
    let context = format!("{BASE}/v1.0/$metadata#directory/attributeSets/$entity");
    assert_eq!(
        shown.json,
        json!({ "@odata.context": context, "id": "Engineering", "description": "All engineers", "maxAttributesPerSet": null })
    );
    let listed = world.get(SETS, &token).await;
    assert_eq!(listed.ids(), ["Engineering"]);
    assert_eq!(world.get(&format!("{SETS}/$count"), &token).await.text(), "1");
    for (body, problem) in [
        (json!({ "id": "ENGINEERING" }), "exists already"),
        (json!({}), "needs an 'id'"),
        (json!({ "id": "En_gineering" }), "1 to 32 letters and digits"),
        (json!({ "id": "x".repeat(33) }), "1 to 32 letters and digits"),
        (json!({ "id": "Sales", "maxAttributesPerSet": 0 }), "a number from 1 to 500"),
        (json!({ "id": "Sales", "description": "x".repeat(129) }), "at most 128 characters"),
        (json!({ "id": "Sales", "nonsense": 1 }), "'nonsense' does not exist"),
    ] {
        refused(&world.post(SETS, &token, body).await, problem);
    }
    let renamed = world.patch(&format!("{SETS}/Engineering"), &token, json!({ "id": "Sales" })).await;
    refused(&renamed, "cannot be changed");
    assert_eq!(world.get(&format!("{SETS}/Sales"), &token).await.status, 404);
}

#[tokio::test]
async fn definitions_are_made_changed_and_shown() {
    let (world, token) = engineering().await;
    let values = json!([{ "id": "Alpine", "isActive": true }, { "id": "Baker", "isActive": true }]);
    let body = project(json!({ "attributeSet": "engineering", "allowedValues": values }));
    let made = world.post(DEFINITIONS, &token, body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(
        (&made.json["id"], &made.json["attributeSet"]),
        (&json!("Engineering_Project"), &json!("Engineering"))
    );
    let path = format!("{DEFINITIONS}/engineering_project");
    let values = format!("{path}/allowedValues");
    assert_eq!(world.get(&values, &token).await.ids(), ["Alpine", "Baker"]);
    let delta = json!({ "description": null, "status": "Deprecated", "usePreDefinedValuesOnly": false,
        "allowedValues@delta": [{ "id": "Baker", "isActive": false }, { "id": "Cascade", "isActive": true }] });
    assert_eq!(world.patch(&path, &token, delta).await.status, 204);
    let skagit = json!({ "id": "Skagit River", "isActive": true });
    assert_eq!(world.post(&values, &token, skagit.clone()).await.status, 201);
    refused(&world.post(&values, &token, skagit).await, "exists already");
    let river = format!("{values}/Skagit%20River");
    assert_eq!(world.patch(&river, &token, json!({ "isActive": false })).await.status, 204);
    assert_eq!(world.get(&river, &token).await.json["isActive"], false);
    assert_eq!(world.get(&format!("{values}/skagit%20river"), &token).await.status, 404);
    let active = world.get(&format!("{values}?$filter=isActive%20eq%20true"), &token).await;
    assert_eq!(active.ids(), ["Alpine", "Cascade"], "{}", active.text());
    let shown = world.get(&path, &token).await.json;
    assert_eq!(shown["status"], "Deprecated");
    assert_eq!((&shown["description"], &shown["usePreDefinedValuesOnly"]), (&Json::Null, &json!(false)));
    let filter = "$filter=attributeSet%20eq%20'Engineering'%20and%20status%20eq%20'Available'";
    assert!(world.get(&format!("{DEFINITIONS}?{filter}"), &token).await.ids().is_empty());
}

#[tokio::test]
async fn what_is_wrong_is_refused_and_changes_nothing() {
    let (world, token) = engineering().await;
    for (changes, problem) in [
        (json!({ "attributeSet": "Sales" }), "There is no attribute set 'Sales'"),
        (json!({ "name": "Pro ject" }), "1 to 32 letters and digits"),
        (json!({ "type": "Double" }), "'type' must be one of 'Boolean', 'Integer', 'String'"),
        (json!({ "status": "Gone" }), "'status' must be one of 'Available', 'Deprecated'"),
        (json!({ "isSearchable": null }), "'isSearchable' is required"),
        (json!({ "type": "Boolean", "usePreDefinedValuesOnly": false }), "'isCollection' cannot be true"),
        (json!({ "type": "Boolean", "isCollection": false }), "'usePreDefinedValuesOnly' cannot be true"),
        (
            json!({ "type": "Integer", "allowedValues": [{ "id": "01", "isActive": true }] }),
            "not a whole number",
        ),
        (json!({ "allowedValues": [{ "id": " a", "isActive": true }] }), "must not be empty, begin or end"),
        (json!({ "allowedValues": [{ "id": "a" }] }), "needs 'isActive'"),
        (json!({ "allowedValues@delta": [] }), "is for updates"),
        (
            json!({ "allowedValues": (0..101).map(|n| json!({ "id": format!("v{n}"), "isActive": true }))
            .collect::<Vec<_>>() }),
            "at most 100 allowed values",
        ),
    ] {
        refused(&world.post(DEFINITIONS, &token, project(changes)).await, problem);
    }
    assert!(world.get(DEFINITIONS, &token).await.ids().is_empty());
    assert_eq!(
        world.post(DEFINITIONS, &token, project(json!({ "usePreDefinedValuesOnly": false }))).await.status,
        201
    );
    refused(&world.post(DEFINITIONS, &token, project(json!({ "name": "PROJECT" }))).await, "exists already");
    let path = format!("{DEFINITIONS}/Engineering_Project");
    for (update, problem) in [
        (json!({ "type": "Integer" }), "'type' of an attribute cannot be changed"),
        (json!({ "isCollection": false }), "'isCollection' of an attribute cannot be changed"),
        (json!({ "name": "Other" }), "'name' of an attribute cannot be changed"),
        (json!({ "usePreDefinedValuesOnly": true }), "from true to false, and not back"),
        (json!({ "allowedValues": [] }), "'allowedValues' does not exist"),
    ] {
        refused(&world.patch(&path, &token, update).await, problem);
    }
    refused(&world.get(&format!("{path}?$expand=allowedValues"), &token).await, "'$expand' is not supported");
}

#[tokio::test]
async fn a_set_has_no_more_attributes_than_it_may() {
    let (world, token) = engineering().await;
    let define = |name: &str, status: &str| project(json!({ "name": name, "status": status }));
    for (name, status) in [("One", "Available"), ("Two", "Available"), ("Old", "Deprecated")] {
        assert_eq!(world.post(DEFINITIONS, &token, define(name, status)).await.status, 201, "{name}");
    }
    let full = "'Engineering' can have at most 2 attributes";
    refused(&world.post(DEFINITIONS, &token, define("Three", "Available")).await, full);
    let old = format!("{DEFINITIONS}/Engineering_Old");
    refused(&world.patch(&old, &token, json!({ "status": "Available" })).await, full);
    let set = format!("{SETS}/Engineering");
    refused(
        &world.patch(&set, &token, json!({ "maxAttributesPerSet": 1 })).await,
        "cannot be less than the 2",
    );
    let one = format!("{DEFINITIONS}/Engineering_One");
    assert_eq!(world.patch(&one, &token, json!({ "status": "Deprecated" })).await.status, 204);
    assert_eq!(world.patch(&old, &token, json!({ "status": "Available" })).await.status, 204);
}

#[tokio::test]
async fn who_defines_and_who_reads_definitions() {
    let (world, _) = engineering().await;
    for (role, reads, writes) in [
        (ATTRIBUTE_DEFINITION_ADMINISTRATOR, 200, 201),
        (ATTRIBUTE_DEFINITION_READER, 200, 403),
        (ATTRIBUTE_ASSIGNMENT_ADMINISTRATOR, 200, 403),
    ] {
        let name = format!("u{}", &role[..8]);
        let user = world.user(&name, &[role]).await;
        let token = world.user_token(&user, &[READ, WRITE]).await;
        assert_eq!(world.get(DEFINITIONS, &token).await.status, reads, "{role}");
        let set = json!({ "id": name });
        assert_eq!(world.post(SETS, &token, set).await.status, writes, "{role}");
    }
    let reader = world.app_token(&[READ]).await;
    assert_eq!(world.get(SETS, &reader).await.status, 200);
    assert_eq!(world.post(SETS, &reader, json!({ "id": "Sales" })).await.status, 403);
    let audits = world.all::<DirectoryAudit>().await;
    let entries = audits.iter().filter(|entry| entry.category == "AttributeManagement");
    let names: Vec<_> = entries.map(|entry| entry.activity_display_name.as_str()).collect();
    assert_eq!(names, ["Add attribute set", "Add attribute set"]);
}
