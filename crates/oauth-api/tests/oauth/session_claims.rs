//! What access tokens tell applications about the session.

use crate::common::{NATIVE, VERIFIER, World, app_id, claims};
use riskgate_directory::{Actor, GRAPH_APP_ID, Platform};
use riskgate_model::User;
use riskgate_store::records::{DeviceRegistration, DeviceRelation, TokenGrant};
use riskgate_store::{Batch, StoreExt};
use serde_json::{Value as Json, json};

const SCOPES: &str = "openid offline_access User.Read";

async fn redeem(world: &World, grant: TokenGrant) -> Json {
    let app = grant.client_id.clone();
    let code = world.code(grant, NATIVE).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", &*app),
        ("code", &*code),
        ("redirect_uri", NATIVE),
        ("code_verifier", VERIFIER),
    ];
    world.token(&form).await.json()
}

async fn refresh(world: &World, app: &str, tokens: &Json) -> Json {
    let token = tokens["refresh_token"].as_str().unwrap();
    world.token(&[("grant_type", "refresh_token"), ("client_id", app), ("refresh_token", token)]).await.json()
}

async fn world() -> (World, String, User) {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    (world, app_id(&app).to_owned(), user)
}

/// Tells applications to restrict, for this resource.
async fn restrict(world: &World, app_id: &str) {
    let conditions = json!({ "applications": { "includeApplications": [app_id] } });
    let controls = json!({ "sessionControls": { "applicationEnforcedRestrictions": { "isEnabled": true } } });
    crate::common::policy_with(world, conditions, controls).await;
}

#[tokio::test]
async fn a_proven_device_is_told_as_it_is_on_record_now() {
    let (world, app, user) = world().await;
    let properties = json!({
        "accountEnabled": true, "deviceId": "1f3c0d7a-66b6-4e0c-9a37-2c1f5b0d9e12", "displayName": "Laptop",
        "operatingSystem": "Linux", "operatingSystemVersion": "13", "isCompliant": true, "isManaged": true,
    });
    let actor = Actor::command_line();
    let device = world.directory.create_device(&actor, properties.as_object().unwrap()).await.unwrap();
    let registration = DeviceRegistration::new(&device.id, &user.id, DeviceRelation::Owner);
    let mut batch = Batch::new(world.tenant);
    batch.insert(&registration).unwrap();
    world.store.commit(batch).await.unwrap();
    let mut grant = world.grant(&app, &user, SCOPES);
    grant.authentication.device_id = Some(device.id.clone());
    grant.session.stays_signed_in = true;
    let tokens = redeem(&world, grant).await;
    let read = claims(&tokens["access_token"]);
    assert_eq!(read["deviceid"], "1f3c0d7a-66b6-4e0c-9a37-2c1f5b0d9e12");
    assert_eq!(read["signin_state"], json!(["dvc_mngd", "dvc_cmp", "kmsi"]));

    let mut found =
        world.store.load::<riskgate_model::Device>(world.tenant, &device.id).await.unwrap().unwrap();
    found.record.is_compliant = Some(false);
    let mut batch = Batch::new(world.tenant);
    batch.update(&found).unwrap();
    world.store.commit(batch).await.unwrap();
    let read = claims(&refresh(&world, &app, &tokens).await["access_token"]);
    assert_eq!(read["signin_state"], json!(["dvc_mngd", "kmsi"]));
}

#[tokio::test]
async fn restrictions_are_told_to_the_resource_they_are_for() {
    let (world, app, user) = world().await;
    let controls = |tokens: &Json| claims(&tokens["access_token"]).get("controls").cloned();
    // What the pages found for the sign-in as a whole is decided for the resource of the token.
    let marked = || {
        let mut grant = world.grant(&app, &user, SCOPES);
        grant.session.application_enforced_restrictions = true;
        grant
    };
    restrict(&world, GRAPH_APP_ID).await;
    let tokens = redeem(&world, marked()).await;
    assert_eq!(controls(&tokens), Some(json!(["app_res"])));
    assert_eq!(controls(&refresh(&world, &app, &tokens).await), Some(json!(["app_res"])));
    restrict(&world, &app).await;
    let tokens = redeem(&world, marked()).await;
    assert_eq!(controls(&tokens), None, "only the client's own pages are restricted");
    assert_eq!(controls(&refresh(&world, &app, &tokens).await), None);
}

#[tokio::test]
async fn a_grant_of_before_a_policy_learns_of_it_at_the_next_refresh() {
    let (world, app, user) = world().await;
    let tokens = redeem(&world, world.grant(&app, &user, SCOPES)).await;
    assert_eq!(claims(&tokens["access_token"]).get("controls"), None);
    restrict(&world, GRAPH_APP_ID).await;
    let tokens = refresh(&world, &app, &tokens).await;
    assert_eq!(claims(&tokens["access_token"])["controls"], json!(["app_res"]));
}
