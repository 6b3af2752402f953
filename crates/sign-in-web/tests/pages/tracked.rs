//! How a session came here, and the device that was proven, stay with all that comes from it (`entra-semantics` §3.6).

use std::time::Duration;

use riskgate_model::{AuthenticationFacts, TransferMethod};
use riskgate_store::records::{AuthorizationCode, Session, SignInRecord};
use serde_json::{Value as Json, json};

use crate::browser::Browser;
use crate::device::registered;
use crate::world::{PASSWORD, World};

/// Ada's session, which came by a device code, on a registered device; the identifier of that.
async fn transferred(world: &World) -> (Browser<'_>, String) {
    world.person("ada").await;
    let (browser, device) = registered(world, "ada").await;
    let [session] = world.all::<Session>().await.try_into().unwrap();
    world
        .change(&session.id, |session: &mut Session| {
            session.authentication.transfer_method = Some(TransferMethod::DeviceCodeFlow);
        })
        .await;
    (browser, device.id)
}

fn assert_tracked(facts: &AuthenticationFacts, device: &str) {
    assert_eq!(facts.transfer_method, Some(TransferMethod::DeviceCodeFlow));
    assert_eq!(facts.device_id.as_deref(), Some(device));
}

#[tokio::test]
async fn a_grant_made_with_such_a_session_carries_both() {
    let world = World::new().await;
    let (mut browser, device) = transferred(&world).await;
    let request = world.request("openid").await;
    assert!(browser.get(&world.sign_in_path(&request)).await.parameter("code").is_some());
    let [code] = world.all::<AuthorizationCode>().await.try_into().unwrap();
    assert_tracked(&code.grant.authentication, &device);
    let record = world.load::<SignInRecord>(&code.grant.sign_in_id).await.unwrap();
    assert_tracked(&record.evidence.facts.authentication, &device);
}

#[tokio::test]
async fn a_session_that_proves_more_carries_both_on() {
    let world = World::new().await;
    let (mut browser, device) = transferred(&world).await;
    let frequency =
        json!({ "isEnabled": true, "value": 1, "type": "hours", "frequencyInterval": "timeBased" });
    world.enforce(json!({}), Json::Null, json!({ "signInFrequency": frequency })).await;
    world.clock.advance(Duration::from_secs(2 * 60 * 60));
    let page = browser.get("/signin").await;
    assert_eq!(page.heading(), (200, "Sign in again"));
    let answer = browser.submit("/signin/again", &page, &[("password", PASSWORD)]).await;
    assert_eq!(answer.location(), "/security-info");
    let [session] = world.all::<Session>().await.try_into().unwrap();
    assert_tracked(&session.authentication, &device);
    assert_eq!(session.authentication.methods.len(), 1, "the old proof counts no longer");
}

#[tokio::test]
async fn a_policy_about_the_flow_blocks_what_comes_later_too() {
    let world = World::new().await;
    let (mut browser, _) = transferred(&world).await;
    let flows = json!({ "authenticationFlows": { "transferMethods": "deviceCodeFlow" } });
    world.policy_with(flows, "block").await;
    let request = world.request("openid").await;
    let answer = browser.get(&world.sign_in_path(&request)).await;
    assert_eq!(answer.refusal().1, "53003");
    let mut other = Browser::new(&world);
    assert_eq!(other.sign_in("/signin", "ada").await.location(), "/security-info", "a new sign-in is none");
}
