//! Custom security attributes of service principals, and policies that look at them.

use axum::http::Method;
use riskgate_directory::{ATTRIBUTE_ASSIGNMENT_ADMINISTRATOR, ATTRIBUTE_ASSIGNMENT_READER, SECURITY_READER};
use riskgate_model::{CustomSecurityAttributeDefinition, DEPRECATED, DirectoryAudit, SecurityAttributeValue};
use serde_json::{Value as Json, json};

use crate::world::{GRAPH_ID, Reply, UNKNOWN, World};

const READ: &[&str] = &["Application.Read.All", "CustomSecAttributeAssignment.Read.All"];
const WRITE: &str = "CustomSecAttributeAssignment.ReadWrite.All";
const SET: &str = "#Microsoft.DirectoryServices.CustomSecurityAttributeValue";

fn path(world: &World) -> String {
    format!("/servicePrincipals/{}", world.application.id)
}

fn engineering(attributes: Json) -> Json {
    let mut set = json!({ "@odata.type": SET });
    set.as_object_mut().unwrap().extend(attributes.as_object().unwrap().clone());
    json!({ "customSecurityAttributes": { "Engineering": set } })
}

/// A tenant in which the set `Engineering` is defined.
async fn world() -> World {
    use SecurityAttributeValue::*;
    let world = World::new().await;
    let attributes = [
        ("Project", Text(String::new())),
        ("Cost", Integer(0)),
        ("Tags", Texts(Vec::new())),
        ("Certified", Boolean(true)),
    ];
    let define = |(name, value)| CustomSecurityAttributeDefinition::of("Engineering", name, &value);
    world.put(&attributes.map(define)).await;
    world
}

async fn assign(world: &World, attributes: Json) {
    let token = world.app_token(&[WRITE]).await;
    let reply = world.patch(&path(world), &token, engineering(attributes)).await;
    assert_eq!(reply.status, 204, "{}", reply.text());
}

async fn assigned(world: &World) -> Json {
    let token = world.app_token(READ).await;
    let reply = world.get(&format!("{}?$select=customSecurityAttributes", path(world)), &token).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json["customSecurityAttributes"].clone()
}

#[tokio::test]
async fn attributes_are_assigned_changed_and_taken_away() {
    let world = world().await;
    assert_eq!(assigned(&world).await, Json::Null);
    assign(
        &world,
        json!({ "Project": "Alpine", "Cost@odata.type": "#Int32", "Cost": 1,
        "Tags@odata.type": "#Collection(String)", "Tags": ["a", "b"], "Certified": true }),
    )
    .await;
    let all = json!({ "Engineering": { "@odata.type": SET, "Certified": true, "Cost@odata.type": "#Int32", "Cost": 1,
        "Project": "Alpine", "Tags@odata.type": "#Collection(String)", "Tags": ["a", "b"] } });
    assert_eq!(assigned(&world).await, all);
    let app_id = world.application.app_id.as_deref().unwrap();
    let token = world.app_token(&[WRITE]).await;
    let update =
        engineering(json!({ "Project": "Baker", "Cost": null, "Tags@odata.type": "#Collection(String)",
        "Tags": [], "Certified": null }));
    let reply = world.patch(&format!("/servicePrincipals(appId='{app_id}')"), &token, update).await;
    assert_eq!(reply.status, 204, "{}", reply.text());
    assert_eq!(assigned(&world).await, json!({ "Engineering": { "@odata.type": SET, "Project": "Baker" } }));
    assign(&world, json!({ "Project": null })).await;
    assert_eq!(assigned(&world).await, json!({}));
}

#[tokio::test]
async fn they_are_shown_by_name_to_those_who_may_read_them() {
    let world = world().await;
    assign(&world, json!({ "Project": "Alpine" })).await;
    let may = world.app_token(READ).await;
    let may_not = world.app_token(&["Application.Read.All"]).await;
    for (select, token, status, shown) in [
        ("", &may, 200, false),
        ("?$select=*", &may, 200, false),
        ("?$select=customSecurityAttributes", &may, 200, true),
        ("?$select=id,CustomSecurityAttributes", &may, 200, true),
        ("?$select=displayName", &may_not, 200, false),
        ("?$select=*", &may_not, 200, false),
        ("?$select=id,customSecurityAttributes", &may_not, 403, false),
    ] {
        for path in [path(&world), "/servicePrincipals".to_owned()] {
            let reply = world.get(&format!("{path}{select}"), token).await;
            assert_eq!(reply.status.as_u16(), status, "{path}{select}: {}", reply.text());
            assert_eq!(reply.text().contains("Alpine"), shown, "{path}{select}: {}", reply.text());
        }
    }
    for (name, roles, status) in
        [("reader", &[ATTRIBUTE_ASSIGNMENT_READER][..], 200), ("other", &[SECURITY_READER], 403)]
    {
        let user = world.user(name, roles).await;
        let token = world.user_token(&user, READ).await;
        let reply = world.get(&format!("{}?$select=customSecurityAttributes", path(&world)), &token).await;
        assert_eq!(reply.status.as_u16(), status, "{name}");
    }
}

#[tokio::test]
async fn only_those_who_may_assign_them() {
    let world = world().await;
    for (name, role, status) in [
        ("administrator", ATTRIBUTE_ASSIGNMENT_ADMINISTRATOR, 204),
        ("reader", ATTRIBUTE_ASSIGNMENT_READER, 403),
    ] {
        let user = world.user(name, &[role]).await;
        let token = world.user_token(&user, &[WRITE]).await;
        let reply = world.patch(&path(&world), &token, engineering(json!({ "Project": name }))).await;
        assert_eq!(reply.status.as_u16(), status, "{name}: {}", reply.text());
    }
    let audits = world.all::<DirectoryAudit>().await;
    let entries: Vec<_> = audits.iter().filter(|entry| entry.category == "AttributeManagement").collect();
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    let text = serde_json::to_string(entry).unwrap();
    assert!(text.contains("Engineering_Project") && !text.contains("\"administrator\""), "{text}");
}

#[tokio::test]
async fn definitions_say_what_may_be_assigned_and_how_it_is_written() {
    let world = world().await;
    let mut tags =
        CustomSecurityAttributeDefinition::of("Sales", "Region", &SecurityAttributeValue::Texts(Vec::new()));
    tags.use_pre_defined_values_only = Some(true);
    tags.allowed_values = serde_json::from_value(json!([
        { "id": "North", "isActive": true }, { "id": "South", "isActive": false }]))
    .unwrap();
    world.put(&[tags.clone()]).await;
    let token = world.app_token(&[WRITE]).await;
    let regions = |regions: Json| json!({ "customSecurityAttributes": { "sales": { "REGION": regions } } });
    for wrong in [json!(["South"]), json!(["North", "north"])] {
        let reply = world.patch(&path(&world), &token, regions(wrong.clone())).await;
        assert_eq!(reply.status, 400, "{wrong}");
        assert!(reply.message().contains("none of the values that may be assigned"), "{}", reply.message());
    }
    assert_eq!(world.patch(&path(&world), &token, regions(json!(["North"]))).await.status, 204);
    let north = json!({ "Sales": { "@odata.type": SET, "Region@odata.type": "#Collection(String)", "Region": ["North"] } });
    assert_eq!(assigned(&world).await, north);
    // What is deprecated can be taken away and not given.
    let definer = world.app_token(&["CustomSecAttributeDefinition.ReadWrite.All"]).await;
    let definition = "/directory/customSecurityAttributeDefinitions/sales_region";
    assert_eq!(world.patch(definition, &definer, json!({ "status": DEPRECATED })).await.status, 204);
    assert_eq!(world.patch(&path(&world), &token, regions(json!(["North"]))).await.status, 204);
    assert_eq!(world.patch(&path(&world), &token, regions(json!([]))).await.status, 204);
    let reply = world.patch(&path(&world), &token, regions(json!(["North"]))).await;
    assert_eq!(reply.status, 400);
    assert!(reply.message().contains("deprecated"), "{}", reply.message());
}

#[tokio::test]
async fn what_is_wrong_is_refused_by_name_and_changes_nothing() {
    let world = world().await;
    assign(&world, json!({ "Project": "Alpine" })).await;
    let token = world.app_token(&[WRITE]).await;
    let before = assigned(&world).await;
    for (body, problem) in [
        (json!({ "customSecurityAttributes": [] }), "'customSecurityAttributes' is not valid: an object"),
        (engineering(json!({ "Project": 1.5 })), "'Engineering/Project': text, a whole number"),
        (engineering(json!({ "Project@odata.type": "#Int32", "Project": "1" })), "of type '#String'"),
        (engineering(json!({ "Other": "x" })), "'Engineering/Other': no such attribute is defined"),
        (engineering(json!({ "Project": 1 })), "'Engineering/Project': the attribute is of type 'String'"),
        (engineering(json!({ "Tags": "a" })), "'Engineering/Tags': the attribute takes a collection"),
        (engineering(json!({ "A_B": 1 })), "'A_B' is no name"),
        (engineering(json!({ "A": "x".repeat(10_000) })), "at most 64 characters"),
        (json!({ "displayName": "other" }), "'displayName' of a service principal cannot be changed"),
        (json!({ "nonsense": 1 }), "does not have a property 'nonsense'"),
    ] {
        let reply = world.patch(&path(&world), &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "Request_BadRequest"), "{body}");
        assert!(reply.message().contains(problem), "{body}: {}", reply.message());
    }
    assert_eq!(assigned(&world).await, before);
    let missing = world.patch(&format!("/servicePrincipals/{UNKNOWN}"), &token, engineering(json!({}))).await;
    assert_eq!(missing.status, 404);
}

/// What If about a person who asks for the application, or the application that asks for Microsoft Graph.
async fn what_if(world: &World, identity: Json, app_id: &str) -> Reply {
    let question = json!({
        "signInIdentity": identity,
        "signInContext": { "@odata.type": "#microsoft.graph.applicationContext", "includeApplications": [app_id] },
        "signInConditions": {},
    });
    let reply =
        world.post("/identity/conditionalAccess/evaluate", &world.admin_token().await, question).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply
}

fn applies(reply: &Reply) -> bool {
    reply.json["value"][0]["policyApplies"].as_bool().unwrap()
}

fn filter(mode: &str) -> Json {
    json!({ "mode": mode, "rule": "CustomSecurityAttribute.Engineering_Project -eq \"alpine\"" })
}

#[tokio::test]
async fn a_policy_is_about_the_applications_its_filter_matches() {
    let world = world().await;
    let token = world.admin_token().await;
    let policy = json!({
        "displayName": "Filter", "state": "enabled",
        "conditions": { "applications": { "applicationFilter": filter("include") }, "users": { "includeUsers": ["All"] } },
        "grantControls": { "operator": "OR", "builtInControls": ["mfa"] },
    });
    let made = world.post("/identity/conditionalAccess/policies", &token, policy).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.json["conditions"]["applications"]["applicationFilter"], filter("include"));
    let user = json!({ "@odata.type": "#microsoft.graph.userSignIn", "userId": world.admin.id });
    let app_id = world.application.app_id.clone().unwrap();
    assert!(!applies(&what_if(&world, user.clone(), &app_id).await));
    assign(&world, json!({ "Project": "Alpine" })).await;
    assert!(applies(&what_if(&world, user.clone(), &app_id).await));
    assert!(!applies(&what_if(&world, user, GRAPH_ID).await));
    let path = format!("/identity/conditionalAccess/policies/{}", made.json["id"].as_str().unwrap());
    let broken = json!({ "conditions": { "applications": { "applicationFilter": { "mode": "include", "rule": "x" } } } });
    let refused = world.send(Method::PATCH, &path, &token, Some(broken)).await;
    assert_eq!(refused.status, 400);
    assert!(refused.message().contains("'x' is not a custom security attribute"), "{}", refused.message());
    for name in ["Engineering_Other", "Engineering_Cost"] {
        let rule = format!("CustomSecurityAttribute.{name} -eq \"1\"");
        let body = json!({ "conditions": { "applications": { "applicationFilter": { "mode": "include", "rule": rule } } } });
        let refused = world.send(Method::PATCH, &path, &token, Some(body)).await;
        assert_eq!(refused.status, 400, "{name}");
        assert!(refused.message().contains("there is no custom security attribute"), "{}", refused.message());
    }
}

#[tokio::test]
async fn a_policy_is_about_the_service_principals_its_filter_matches() {
    let world = world().await;
    let token = world.admin_token().await;
    let policy = json!({
        "displayName": "Filter", "state": "enabled",
        "conditions": { "applications": { "includeApplications": ["All"] },
            "clientApplications": { "includeServicePrincipals": ["ServicePrincipalsInMyTenant"],
                "servicePrincipalFilter": filter("exclude") } },
        "grantControls": { "operator": "OR", "builtInControls": ["block"] },
    });
    let made = world.post("/identity/conditionalAccess/policies", &token, policy).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let identity = json!({ "@odata.type": "#microsoft.graph.servicePrincipalSignIn",
        "servicePrincipalId": world.application.id });
    assert!(applies(&what_if(&world, identity.clone(), GRAPH_ID).await));
    assign(&world, json!({ "Project": "Alpine" })).await;
    assert!(!applies(&what_if(&world, identity, GRAPH_ID).await));
}
