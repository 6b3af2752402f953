//! `$metadata` and the service document.

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
