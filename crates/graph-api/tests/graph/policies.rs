//! Conditional Access policies and named locations.

use std::time::Duration;

use riskgate_model::DirectoryAudit;
use serde_json::{Value as Json, json};

use crate::world::{BASE, UNKNOWN, World};

const POLICIES: &str = "/identity/conditionalAccess/policies";
const LOCATIONS: &str = "/identity/conditionalAccess/namedLocations";
const DELETED: &str = "/identity/conditionalAccess/deletedItems";

fn policy(user: &str) -> Json {
    json!({
        "@odata.type": "#microsoft.graph.conditionalAccessPolicy",
        "displayName": "Require MFA", "state": "enabled",
        "conditions": {
            "signInRiskLevels": ["high", "medium"],
            "applications": { "includeApplications": ["All"] },
            "users": { "includeUsers": [user] },
        },
        "grantControls": { "operator": "OR", "builtInControls": ["mfa"] },
    })
}

fn ip_location() -> Json {
    json!({
        "@odata.type": "#microsoft.graph.ipNamedLocation", "displayName": "Office",
        "ipRanges": [
            { "@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.17/24" },
            { "@odata.type": "#microsoft.graph.iPv6CidrRange", "cidrAddress": "2001:db8::/48" },
        ],
    })
}

#[tokio::test]
async fn a_created_policy_is_echoed_with_every_default_of_the_contract() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let reply = world.post(POLICIES, &token, policy(&user.id)).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    assert!(reply.text().starts_with("{\"@odata.context\":"));
    let id = reply.json["id"].as_str().unwrap();
    assert!(riskgate_core::is_guid(id));
    assert_eq!(
        reply.json,
        json!({
            "@odata.context": format!("{BASE}/v1.0/$metadata#identity/conditionalAccess/policies/$entity"),
            "id": id, "templateId": null, "displayName": "Require MFA", "createdDateTime": world.now(),
            "modifiedDateTime": null, "state": "enabled", "sessionControls": null,
            "conditions": {
                "userRiskLevels": [], "signInRiskLevels": ["high", "medium"], "clientAppTypes": ["all"],
                "servicePrincipalRiskLevels": [], "insiderRiskLevels": null, "platforms": null, "locations": null,
                "devices": null, "clientApplications": null, "authenticationFlows": null,
                "applications": {
                    "includeApplications": ["All"], "excludeApplications": [], "includeUserActions": [],
                    "includeAuthenticationContextClassReferences": [], "applicationFilter": null,
                },
                "users": {
                    "includeUsers": [user.id], "excludeUsers": [], "includeGroups": [], "excludeGroups": [],
                    "includeRoles": [], "excludeRoles": [], "includeGuestsOrExternalUsers": null,
                    "excludeGuestsOrExternalUsers": null,
                },
            },
            "grantControls": {
                "operator": "OR", "builtInControls": ["mfa"], "customAuthenticationFactors": [], "termsOfUse": [],
                "authenticationStrength": null,
            },
        })
    );
    let got = world.get(&format!("{POLICIES}/{id}"), &token).await;
    assert_eq!(got.json, reply.json);
    let alias = world.get(&format!("/policies/conditionalAccessPolicies('{id}')"), &token).await;
    let context = format!("{BASE}/v1.0/$metadata#policies/conditionalAccessPolicies/$entity");
    assert_eq!(alias.json["@odata.context"], context);
    assert_eq!(alias.json["conditions"], reply.json["conditions"]);
}

#[tokio::test]
async fn an_update_merges_one_level_and_null_clears() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let mut body = policy(&user.id);
    body["description"] = json!("first");
    let made = world.post(POLICIES, &token, body).await;
    let path = format!("{POLICIES}/{}", made.json["id"].as_str().unwrap());
    world.clock.advance(Duration::from_secs(60));
    let update = json!({
        "@odata.type": "#microsoft.graph.conditionalAccessPolicy", "id": UNKNOWN, "createdDateTime": null,
        "description": null, "conditions": { "signInRiskLevels": ["high"] },
        "grantControls": { "builtInControls": ["block"], "authenticationStrength": null },
    });
    let reply = world.patch(&path, &token, update).await;
    assert_eq!((reply.status.as_u16(), reply.bytes.len()), (204, 0), "{}", reply.text());
    let got = world
        .get(
            &format!(
                "{path}?$select=id,description,conditions,grantControls,modifiedDateTime,createdDateTime"
            ),
            &token,
        )
        .await;
    assert_eq!(got.json["id"], made.json["id"]);
    assert_eq!(got.json["createdDateTime"], made.json["createdDateTime"]);
    assert_eq!(got.json["modifiedDateTime"], json!(world.now()));
    assert_eq!(got.json["description"], json!(null));
    assert_eq!(got.json["conditions"]["signInRiskLevels"], json!(["high"]));
    assert_eq!(got.json["conditions"]["users"], made.json["conditions"]["users"]);
    assert_eq!(got.json["grantControls"]["builtInControls"], json!(["block"]));
    assert_eq!(got.json["grantControls"]["operator"], "OR");
    let audits: Vec<DirectoryAudit> = world.all().await;
    let update = audits
        .iter()
        .find(|audit| audit.activity_display_name == "Update conditional access policy")
        .unwrap();
    let changed: Vec<_> = update.target_resources[0]
        .modified_properties
        .iter()
        .filter_map(|p| p.display_name.as_deref())
        .collect();
    assert!(changed.contains(&"conditions") && changed.contains(&"grantControls"), "{changed:?}");
    let refused = world.patch(&path, &token, json!({ "state": null })).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (400, "BadRequest"));
    assert!(refused.message().starts_with("1007"), "{}", refused.message());
}

#[tokio::test]
async fn policies_that_cannot_be_are_refused_with_their_number() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let with = |path: &str, value: Json| {
        let mut body = policy(&user.id);
        let (parent, name) = path.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap()[name] = value;
        body
    };
    for (body, start) in [
        (json!({}), "1007"),
        (with("/state", json!("sleeping")), "1007"),
        (with("/noSuchProperty", json!(1)), "1007"),
        (with("/conditions/times", json!({})), "1007"),
        (with("/displayName", json!(5)), "1007"),
        (with("/conditions/signInRiskLevels", json!(["extreme"])), "1007"),
        (
            with("/conditions/applications/includeUserActions", json!(["urn:user:registersecurityinfo"])),
            "1012",
        ),
        (with("/conditions/applications/includeApplications", json!([])), "1011"),
        (with("/conditions/locations", json!({ "includeLocations": [UNKNOWN] })), "1040"),
        (with("/conditions/users/includeUsers", json!([UNKNOWN])), "User with id"),
        (with("/conditions/users/includeGroups", json!([UNKNOWN])), "Group with id"),
        (with("/conditions/users/includeRoles", json!([UNKNOWN])), "DirectoryRoleTemplate with id"),
        (
            with("/conditions/applications/includeApplications", json!([UNKNOWN])),
            "ServicePrincipal with appId",
        ),
        (
            with("/grantControls/authenticationStrength", json!({ "id": UNKNOWN })),
            "'grantControls/builtInControls' is not valid: 'mfa'",
        ),
        (with("/grantControls", json!(null)), ""),
    ] {
        let reply = world.post(POLICIES, &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{body}");
        assert!(reply.message().starts_with(start), "{}", reply.message());
    }
    assert!(world.get(POLICIES, &token).await.ids().is_empty());
    assert_eq!(world.post(POLICIES, &token, with("/state", json!("disabled"))).await.status, 201);
}

#[tokio::test]
async fn a_place_in_the_body_is_named() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let mut body = policy("All");
    body["conditions"]["clientAppTypes"] = json!(["browser", "telnet"]);
    let reply = world.post(POLICIES, &token, body).await;
    assert!(reply.message().contains("/conditions/clientAppTypes/1"), "{}", reply.message());
}

#[tokio::test]
async fn a_deleted_policy_can_be_restored_or_purged() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let made = world.post(POLICIES, &token, policy(&user.id)).await;
    let id = made.json["id"].as_str().unwrap();
    let (path, deleted) = (format!("{POLICIES}/{id}"), format!("{DELETED}/policies/{id}"));
    assert_eq!(world.delete(&path, &token).await.status, 204);
    assert_eq!(world.delete(&path, &token).await.code(), "ResourceNotFound");
    assert_eq!(world.get(&deleted, &token).await.json["deletedDateTime"], json!(world.now()));
    assert_eq!(world.get(&format!("{DELETED}/policies"), &token).await.ids(), [id]);
    assert_eq!(world.get(&format!("{DELETED}/namedLocations/{id}"), &token).await.status, 404);
    let restored = world.send(axum::http::Method::POST, &format!("{deleted}/restore"), &token, None).await;
    assert_eq!((restored.status.as_u16(), &restored.json), (200, &made.json), "{}", restored.text());
    assert_eq!(world.get(&path, &token).await.json, made.json);
    assert_eq!(world.delete(&path, &token).await.status, 204);
    assert_eq!(world.delete(&deleted, &token).await.status, 204);
    assert_eq!(world.get(&deleted, &token).await.status, 404);
}

#[tokio::test]
async fn deleted_policies_are_gone_after_thirty_days() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let made = world.post(POLICIES, &token, policy(&user.id)).await;
    let id = made.json["id"].as_str().unwrap();
    world.delete(&format!("{POLICIES}/{id}"), &token).await;
    world.clock.advance(Duration::from_secs(30 * 24 * 3600 + 1));
    let token = world.admin_token().await;
    assert_eq!(world.get(&format!("{DELETED}/policies/{id}"), &token).await.status, 404);
    assert!(world.get(&format!("{DELETED}/policies"), &token).await.ids().is_empty());
}

#[tokio::test]
async fn named_locations_keep_their_kind_and_what_was_written() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let made = world.post(LOCATIONS, &token, ip_location()).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.json["@odata.type"], "#microsoft.graph.ipNamedLocation");
    assert_eq!(made.json["isTrusted"], false);
    assert_eq!(made.json["ipRanges"], ip_location()["ipRanges"], "host bits are kept");
    assert_eq!(made.json["createdDateTime"], made.json["modifiedDateTime"]);
    let country = json!({ "@odata.type": "#microsoft.graph.countryNamedLocation", "displayName": "North",
        "countriesAndRegions": ["NO", "CA"] });
    let north = world.post(LOCATIONS, &token, country).await;
    assert_eq!(north.json["countryLookupMethod"], "clientIpAddress");
    assert_eq!(north.json["includeUnknownCountriesAndRegions"], false);
    for (filter, found) in [
        ("isof('microsoft.graph.ipNamedLocation')", "Office"),
        ("isof('microsoft.graph.countryNamedLocation')", "North"),
        ("microsoft.graph.countryNamedLocation/countriesAndRegions/any(c:%20c%20eq%20'CA')", "North"),
        ("displayName%20eq%20'office'", "Office"),
    ] {
        let reply = world.get(&format!("{LOCATIONS}?$filter={filter}"), &token).await;
        let items = reply.json["value"].as_array().unwrap_or_else(|| panic!("{filter}: {}", reply.text()));
        assert_eq!((items.len(), items[0]["displayName"].as_str().unwrap()), (1, found), "{filter}");
    }
    let path = format!("{LOCATIONS}/{}", made.json["id"].as_str().unwrap());
    world.clock.advance(Duration::from_secs(1));
    for update in [
        json!({ "@odata.type": "#microsoft.graph.ipNamedLocation", "displayName": "HQ" }),
        json!({ "@odata.type": "#microsoft.graph.namedLocation", "displayName": "HQ 2" }),
        json!({ "displayName": "HQ 3", "isTrusted": true }),
    ] {
        let reply = world.patch(&path, &token, update).await;
        assert_eq!(reply.status, 204, "{}", reply.text());
    }
    let got = world.get(&path, &token).await;
    assert_eq!((&got.json["displayName"], &got.json["isTrusted"]), (&json!("HQ 3"), &json!(true)));
    assert_ne!(got.json["modifiedDateTime"], got.json["createdDateTime"]);
    let other = world
        .patch(
            &path,
            &token,
            json!({ "@odata.type": "#microsoft.graph.countryNamedLocation", "displayName": "x" }),
        )
        .await;
    assert_eq!((other.status.as_u16(), other.code()), (400, "BadRequest"));
}

#[tokio::test]
async fn a_location_that_is_needed_cannot_be_deleted() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let mut trusted = ip_location();
    trusted["isTrusted"] = json!(true);
    let made = world.post(LOCATIONS, &token, trusted).await;
    let id = made.json["id"].as_str().unwrap().to_owned();
    let path = format!("{LOCATIONS}/{id}");
    assert_eq!(world.delete(&path, &token).await.status, 400, "trusted");
    assert_eq!(world.patch(&path, &token, json!({ "isTrusted": false })).await.status, 204);
    let mut body = policy(&user.id);
    body["conditions"]["locations"] = json!({ "includeLocations": ["All"], "excludeLocations": [id] });
    let policy = world.post(POLICIES, &token, body).await;
    assert_eq!(policy.status, 201, "{}", policy.text());
    assert_eq!(world.delete(&path, &token).await.status, 400, "referred to");
    assert_eq!(
        world.delete(&format!("{POLICIES}/{}", policy.json["id"].as_str().unwrap()), &token).await.status,
        204
    );
    assert_eq!(world.delete(&path, &token).await.status, 204);
    let restore = format!("{DELETED}/policies/{}/restore", policy.json["id"].as_str().unwrap());
    let refused = world.send(axum::http::Method::POST, &restore, &token, None).await;
    assert!(refused.message().starts_with("1040"), "the location is gone: {}", refused.text());
    let back = world
        .send(axum::http::Method::POST, &format!("{DELETED}/namedLocations/{id}/restore"), &token, None)
        .await;
    assert_eq!((back.status.as_u16(), back.json["id"].as_str()), (200, Some(id.as_str())));
    assert_eq!(world.send(axum::http::Method::POST, &restore, &token, None).await.status, 200);
}

#[tokio::test]
async fn locations_without_kind_or_with_wrong_values_are_refused() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let ranges =
        |address: &str| json!([{ "@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": address }]);
    let ip = "#microsoft.graph.ipNamedLocation";
    for body in [
        json!({ "displayName": "x" }),
        json!({ "@odata.type": "#microsoft.graph.namedLocation", "displayName": "x" }),
        json!({ "@odata.type": ip, "displayName": "x", "ipRanges": ranges("192.0.2.0/4") }),
        json!({ "@odata.type": ip, "displayName": "x", "ipRanges": ranges("somewhere") }),
        json!({ "@odata.type": ip, "displayName": "x", "ipRanges": [{ "cidrAddress": "192.0.2.0/24" }] }),
        json!({ "@odata.type": ip, "ipRanges": ranges("192.0.2.0/24") }),
        json!({ "@odata.type": ip, "displayName": "x", "ipRanges": ranges("192.0.2.0/24"), "countriesAndRegions": ["NO"] }),
        json!({ "@odata.type": "#microsoft.graph.countryNamedLocation", "displayName": "x", "countriesAndRegions": ["Norway"] }),
    ] {
        let reply = world.post(LOCATIONS, &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{body}: {}", reply.text());
    }
}

#[tokio::test]
async fn insider_risk_is_a_condition_only_where_something_says_what_it_is() {
    let mut body = policy("All");
    body["conditions"]["signInRiskLevels"] = json!([]);
    body["conditions"]["insiderRiskLevels"] = json!("moderate,elevated");
    let world = World::new().await;
    let token = world.admin_token().await;
    let refused = world.post(POLICIES, &token, body.clone()).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(refused.message().contains("conditional_access.insider_risk_attribute"), "{}", refused.message());
    let made = world.post(POLICIES, &token, policy("All")).await;
    let path = format!("{POLICIES}/{}", made.json["id"].as_str().unwrap());
    let update = json!({ "conditions": { "insiderRiskLevels": "elevated" } });
    assert_eq!(world.patch(&path, &token, update).await.status, 400);

    let world = World::with_insider_risk(15).await;
    let token = world.admin_token().await;
    let made = world.post(POLICIES, &token, body).await;
    assert_eq!(
        (made.status.as_u16(), &made.json["conditions"]["insiderRiskLevels"]),
        (201, &json!("moderate,elevated")),
        "{}",
        made.text()
    );
    let set = json!({ "onPremisesExtensionAttributes": { "extensionAttribute15": "elevated" } });
    let user = format!("/users/{}", world.admin.id);
    assert_eq!(world.patch(&user, &token, set).await.status, 204);
    let got = world.get(&format!("{user}?$select=onPremisesExtensionAttributes"), &token).await;
    assert_eq!(got.json["onPremisesExtensionAttributes"]["extensionAttribute15"], "elevated");
}
