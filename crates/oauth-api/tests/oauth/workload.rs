//! Conditional Access for applications that ask for tokens of their own.

use crate::common::{WEB, World, app_id};
use http::StatusCode;
use riskgate_directory::{CreatedApplication, Platform};
use riskgate_model::{ConditionalAccessPolicy, DirectoryAudit, ServicePrincipal};
use riskgate_odata::Filter;
use riskgate_store::{Batch, StoreExt};
use serde_json::{Value as Json, json};

const POLICY: &str = "5f1c9c1e-0000-4000-8000-00000000c0b1";

/// A policy that blocks service principals.
async fn block(world: &World, clients: Json, conditions: Json) {
    let mut policy = json!({
        "id": POLICY,
        "displayName": "A name nobody is told",
        "state": "enabled",
        "conditions": {
            "users": { "includeUsers": ["None"] },
            "applications": { "includeApplications": ["All"] },
            "clientAppTypes": ["all"],
            "clientApplications": clients,
        },
        "grantControls": { "operator": "OR", "builtInControls": ["block"] },
    });
    for (name, value) in conditions.as_object().unwrap() {
        policy["conditions"][name] = value.clone();
    }
    let policy: ConditionalAccessPolicy = serde_json::from_value(policy).unwrap();
    let mut batch = Batch::new(world.tenant);
    batch.insert(&policy).unwrap();
    world.protection.commit_policies(&batch).await.unwrap();
}

async fn server(world: &World) -> (CreatedApplication, String) {
    let app = world.application(&["User.Read.All"], &[(Platform::Web, WEB)]).await;
    let secret = world.secret(app_id(&app)).await;
    (app, secret)
}

async fn ask(world: &World, (app, secret): &(CreatedApplication, String)) -> crate::common::Answer {
    let scope = "https://graph.microsoft.com/.default";
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", app_id(app)),
        ("client_secret", secret),
        ("scope", scope),
    ];
    world.token(&form).await
}

async fn refusals(world: &World) -> Vec<DirectoryAudit> {
    let filter = Filter::equals("activityDisplayName", "Conditional Access blocked service principal");
    let found = world.store.find_all::<DirectoryAudit>(world.tenant, filter).await.unwrap();
    found.into_iter().map(|found| found.record).collect()
}

#[tokio::test]
async fn a_blocked_application_is_told_so_and_the_administrator_finds_it() {
    let world = World::new().await;
    let (app, other) = (server(&world).await, server(&world).await);
    let id = &app.0.service_principal.id;
    block(&world, json!({ "includeServicePrincipals": [id] }), json!({})).await;
    let answer = ask(&world, &app).await;
    assert_eq!(answer.refusal(), (400, "unauthorized_client".to_owned(), 53_003));
    let description = answer.json()["error_description"].as_str().unwrap().to_owned();
    assert!(description.contains(POLICY) && !answer.text.contains("A name nobody is told"), "{description}");
    assert_eq!(ask(&world, &other).await.status, StatusCode::OK);

    let [entry] = refusals(&world).await.try_into().unwrap();
    assert_eq!(serde_json::to_value(entry.result).unwrap(), "failure");
    let details: Vec<_> = entry
        .additional_details
        .iter()
        .map(|detail| (detail.key.as_deref(), detail.value.as_deref()))
        .collect();
    for expected in [("AppId", app_id(&app.0)), ("IpAddress", "203.0.113.9"), ("PolicyIds", POLICY)] {
        assert!(details.contains(&(Some(expected.0), Some(expected.1))), "{details:?}");
    }
    let initiator = entry.initiated_by.app.unwrap();
    assert_eq!(initiator.service_principal_id.as_deref(), Some(id.as_str()));
}

#[tokio::test]
async fn a_client_that_asks_in_a_loop_does_not_fill_the_log() {
    let world = World::new().await;
    let app = server(&world).await;
    block(&world, json!({ "includeServicePrincipals": ["ServicePrincipalsInMyTenant"] }), json!({})).await;
    for _ in 0..25 {
        assert_eq!(ask(&world, &app).await.refusal(), (400, "unauthorized_client".to_owned(), 53_003));
    }
    assert_eq!(refusals(&world).await.len(), 10);
}

#[tokio::test]
async fn exclusions_reports_and_policies_about_people_do_not_block() {
    let world = World::new().await;
    let app = server(&world).await;
    crate::common::policy(&world, "block").await;
    assert_eq!(ask(&world, &app).await.status, StatusCode::OK, "that one is about people");
    let id = &app.0.service_principal.id;
    let clients = json!({
        "includeServicePrincipals": ["ServicePrincipalsInMyTenant"],
        "excludeServicePrincipals": [id],
    });
    block(&world, clients, json!({})).await;
    assert_eq!(ask(&world, &app).await.status, StatusCode::OK);
    assert!(refusals(&world).await.is_empty());
}

#[tokio::test]
async fn applications_of_other_tenants_and_for_several_are_no_targets() {
    let world = World::new().await;
    for (owner, audience) in
        [(Some("6d3f2a54-4c0a-4f43-9d9f-0f2d43c0a001"), "AzureADMyOrg"), (None, "AzureADMultipleOrgs")]
    {
        let app = server(&world).await;
        let id = &app.0.service_principal.id;
        let mut found = world.store.load::<ServicePrincipal>(world.tenant, id).await.unwrap().unwrap();
        if let Some(owner) = owner {
            found.record.app_owner_organization_id = Some(owner.to_owned());
        }
        found.record.sign_in_audience = Some(audience.to_owned());
        let mut batch = Batch::new(world.tenant);
        batch.update(&found).unwrap();
        world.store.commit(batch).await.unwrap();
        if owner.is_some() {
            block(&world, json!({ "includeServicePrincipals": ["ServicePrincipalsInMyTenant"] }), json!({}))
                .await;
            let own = server(&world).await;
            assert_eq!(ask(&world, &own).await.refusal().2, 53_003);
        }
        assert_eq!(ask(&world, &app).await.status, StatusCode::OK, "{audience}");
    }
}

#[tokio::test]
async fn an_authentication_context_is_blocked_for_who_asks_for_it() {
    let world = World::new().await;
    let app = server(&world).await;
    let clients = json!({ "includeServicePrincipals": ["ServicePrincipalsInMyTenant"] });
    let context = json!({ "applications": { "includeAuthenticationContextClassReferences": ["c1"] } });
    block(&world, clients, context).await;
    assert_eq!(ask(&world, &app).await.status, StatusCode::OK);
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", app_id(&app.0)),
        ("client_secret", app.1.as_str()),
        ("scope", "https://graph.microsoft.com/.default"),
        ("claims", r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#),
    ];
    assert_eq!(world.token(&form).await.refusal(), (400, "unauthorized_client".to_owned(), 53_003));
}

#[tokio::test]
async fn an_application_at_risk_is_blocked_by_its_level_at_once_and_until_the_risk_is_dismissed() {
    let world = World::new().await;
    let (app, other) = (server(&world).await, server(&world).await);
    let clients = json!({ "includeServicePrincipals": ["ServicePrincipalsInMyTenant"] });
    block(&world, clients, json!({ "servicePrincipalRiskLevels": ["high"] })).await;
    assert_eq!(ask(&world, &app).await.status, StatusCode::OK);
    let (ids, actor) = ([app.0.service_principal.id.clone()], riskgate_directory::Actor::command_line());
    world.protection.confirm_service_principals_compromised(&ids, &actor).await.unwrap();
    assert_eq!(ask(&world, &app).await.refusal(), (400, "unauthorized_client".to_owned(), 53_003));
    assert_eq!(ask(&world, &other).await.status, StatusCode::OK, "only the one at risk");
    world.protection.dismiss_service_principals(&ids, &actor).await.unwrap();
    assert_eq!(ask(&world, &app).await.status, StatusCode::OK);
}
