//! `$metadata`, the service document, and what operations ask for.

use riskgate_graph_api::route_table;
use serde_json::json;

use crate::world::{BASE, World};

#[tokio::test]
async fn the_schema_is_open_xml() {
    let world = World::new().await;
    let reply = world.get("/$metadata", "").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.headers["content-type"], "application/xml;charset=utf-8");
    let text = reply.text();
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?><edmx:Edmx Version=\"4.0\""));
    for part in [
        "<EntityType Name=\"entity\" Abstract=\"true\"><Key><PropertyRef Name=\"id\"/></Key>",
        "<EntityType Name=\"riskDetection\" BaseType=\"graph.entity\">",
        "<Member Name=\"unknownFutureValue\"",
        "<Property Name=\"cidrAddress\" Type=\"Edm.String\" Nullable=\"false\"/>",
        "<NavigationProperty Name=\"riskyUsers\" Type=\"Collection(graph.riskyUser)\" ContainsTarget=\"true\"/>",
        "<EntityType Name=\"device\" BaseType=\"graph.directoryObject\" OpenType=\"true\">",
        "<EntitySet Name=\"devices\" EntityType=\"microsoft.graph.device\"/>",
        "<Function Name=\"usage\" IsBound=\"true\"><Parameter Name=\"bindingParameter\" Type=\"graph.authenticationStrengthPolicy\"/>",
        "<NavigationProperty Name=\"authenticationStrength\" Type=\"graph.authenticationStrengthPolicy\" ContainsTarget=\"true\"/>",
        "<EntitySet Name=\"users\" EntityType=\"microsoft.graph.user\"/>",
        "<Singleton Name=\"identityProtection\" Type=\"microsoft.graph.identityProtectionRoot\"/>",
        "<Action Name=\"dismiss\" IsBound=\"true\"><Parameter Name=\"bindingParameter\" Type=\"Collection(graph.riskyUser)\"/>",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert!(!text.contains("Name=\"extensionAttributes\""), "the official schema does not declare it");
}

#[tokio::test]
async fn the_service_document_names_the_roots() {
    let world = World::new().await;
    for path in ["", "/"] {
        let reply = world.get(path, "").await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.json["@odata.context"], format!("{BASE}/v1.0/$metadata"));
        let names: Vec<&str> = reply.json["value"]
            .as_array()
            .unwrap()
            .iter()
            .map(|root| root["name"].as_str().unwrap())
            .collect();
        assert!(names.contains(&"users") && names.contains(&"identityProtection"), "{names:?}");
    }
}

#[tokio::test]
async fn what_each_operation_asks_for_is_said_to_everybody() {
    let world = World::new().await;
    let reply = world.get("/riskgate/operations", "").await;
    assert_eq!(reply.status, 200);
    let operations = reply.json["value"].as_array().unwrap();
    assert_eq!(operations.len(), route_table().len());
    let found = |method: &str, path: &str| {
        operations.iter().find(|one| one["method"] == method && one["path"] == path).unwrap().clone()
    };
    let dismiss = found("POST", "/identityProtection/riskyUsers/dismiss");
    assert_eq!(dismiss["delegatedPermissions"], json!([["IdentityRiskyUser.ReadWrite.All"]]));
    assert_eq!((&dismiss["isAnonymous"], &dismiss["isOpenToMembers"]), (&json!(false), &json!(false)));
    let roles = dismiss["directoryRoles"].as_array().unwrap();
    assert!(roles.contains(&json!("Security Administrator")), "{roles:?}");
    let user = found("GET", "/users/{id}");
    assert_eq!(user["delegatedPermissionsOnOneself"][0], json!(["User.Read"]));
    assert_eq!(user["isOpenToMembers"], true);
    let batch = found("POST", "/$batch");
    assert_eq!((&batch["delegatedPermissions"], &batch["directoryRoles"]), (&json!([]), &json!([])));
    assert_eq!(found("GET", "/$metadata")["isAnonymous"], true);
}
