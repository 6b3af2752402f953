//! Clients are kept in memory: what was changed about one, on whichever node, counts for the next request.

use crate::common::{Answer, World, app_id, claims, disable};
use http::StatusCode;
use riskgate_directory::{Actor, CreatedApplication};
use riskgate_model::{AppRoleAssignment, Application};
use riskgate_odata::Filter;
use riskgate_store::records::ClientCredential;
use riskgate_store::{Batch, StoreExt};
use serde_json::json;

const READ_RISK: &str = "IdentityRiskEvent.Read.All";

async fn ask(node: &World, app: &CreatedApplication, secret: &str) -> Answer {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", app_id(app)),
        ("client_secret", secret),
        ("scope", "https://graph.microsoft.com/.default"),
    ];
    node.token(&form).await
}

/// A client that two nodes have given tokens to.
async fn known() -> (World, World, CreatedApplication, String) {
    let world = World::new().await;
    let app = world.application(&[READ_RISK, "User.Read.All"], &[]).await;
    let secret = world.secret(app_id(&app)).await;
    let other = world.node();
    for node in [&world, &other, &world] {
        assert_eq!(ask(node, &app, &secret).await.status, StatusCode::OK);
    }
    (world, other, app, secret)
}

#[tokio::test]
async fn a_removed_secret_is_refused_by_every_node_at_the_next_request() {
    let (world, other, app, secret) = known().await;
    let filter = Filter::equals("appId", app_id(&app));
    let found = world.store.find_all::<ClientCredential>(world.tenant, filter).await.unwrap();
    let (actor, key) = (Actor::command_line(), &found[0].record.id);
    world.directory.remove_client_credential(&actor, app_id(&app), key).await.unwrap();
    for node in [&other, &world] {
        let refused = ask(node, &app, &secret).await;
        assert_eq!(refused.refusal(), (401, "invalid_client".to_owned(), 7_000_215));
    }
}

#[tokio::test]
async fn a_new_secret_is_good_on_every_node_at_the_next_request() {
    let (world, other, app, _) = known().await;
    let new = other.secret(app_id(&app)).await;
    for node in [&world, &other] {
        assert_eq!(ask(node, &app, &new).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_disabled_application_is_refused_by_every_node_at_the_next_request() {
    let (world, other, app, secret) = known().await;
    disable(&world, &app).await;
    for node in [&other, &world] {
        let refused = ask(node, &app, &secret).await;
        assert_eq!(refused.refusal(), (400, "unauthorized_client".to_owned(), 7_000_112));
    }
}

#[tokio::test]
async fn a_deleted_application_is_unknown_to_every_node_at_the_next_request() {
    let (world, other, app, secret) = known().await;
    let found = world.store.load::<Application>(world.tenant, &app.application.id).await.unwrap().unwrap();
    let mut batch = Batch::new(world.tenant);
    batch.delete(&found);
    world.store.commit(batch).await.unwrap();
    for node in [&other, &world] {
        let refused = ask(node, &app, &secret).await;
        assert_eq!(refused.refusal(), (400, "unauthorized_client".to_owned(), 700_016));
    }
}

#[tokio::test]
async fn a_role_that_was_taken_away_is_in_no_token_of_any_node_at_the_next_request() {
    let (world, other, app, secret) = known().await;
    let filter = Filter::equals("principalId", &app.service_principal.id);
    let granted = world.store.find_all::<AppRoleAssignment>(world.tenant, filter).await.unwrap();
    let read_risk = riskgate_directory::permission(READ_RISK).unwrap().application_id.unwrap();
    let mut batch = Batch::new(world.tenant);
    batch.delete(granted.iter().find(|granted| granted.record.app_role_id == read_risk).unwrap());
    world.store.commit(batch).await.unwrap();
    for node in [&other, &world] {
        let token = ask(node, &app, &secret).await.json();
        assert_eq!(claims(&token["access_token"])["roles"], json!(["User.Read.All"]));
    }
}
