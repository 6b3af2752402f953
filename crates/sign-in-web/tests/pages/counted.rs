//! Wrong passwords count wherever they are typed.

use riskgate_store::records::FailedFirstFactor;
use serde_json::{Value as Json, json};

use crate::browser::Browser;
use crate::world::{MINUTE, World};

/// Failures that the last sign-in of somebody met at its address.
async fn met(world: &World, name: &str) -> u64 {
    let user = world.directory.find_user(&format!("{name}@contoso.com")).await.unwrap().unwrap();
    let records = world.sign_ins(&user).await;
    let last = records.iter().max_by_key(|record| record.sign_in.created_date_time).unwrap();
    last.evidence.risk_context["activity"]["address"]["hour"]["failures"].as_u64().unwrap()
}

#[tokio::test]
async fn a_wrong_password_counts_when_somebody_signs_in_again() {
    let world = World::new().await;
    world.person("ada").await;
    world.person("ben").await;
    let frequency =
        json!({ "isEnabled": true, "value": 1, "type": "hours", "frequencyInterval": "timeBased" });
    world.enforce(json!({}), Json::Null, json!({ "signInFrequency": frequency })).await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    world.clock.advance(120 * MINUTE);
    let page = browser.get("/signin").await;
    for number in 0..3 {
        browser.submit("/signin/again", &page, &[("password", &format!("Wrong-{number}"))]).await;
    }
    Browser::signed_in(&world, "ben").await;
    assert_eq!(met(&world, "ben").await, 3);
    let kept = world.all::<FailedFirstFactor>().await;
    assert!(kept.len() == 3 && kept.iter().all(|failed| failed.is_known && failed.password_tag.is_some()));
}

#[tokio::test]
async fn a_wrong_password_counts_when_a_sign_in_is_reported() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.person("ben").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let id = world.sign_ins(&ada).await.remove(0).sign_in.id;
    let page = browser.get(&format!("/account/report?sign_in={id}")).await;
    let new = "Northwind-4711-new";
    let typed = [("sign_in", &*id), ("password", "Wrong-1"), ("newPassword", new), ("confirmPassword", new)];
    let again = browser.submit("/account/report", &page, &typed).await;
    assert_eq!(again.problem(), Some("The current password is not right."));
    Browser::signed_in(&world, "ben").await;
    assert_eq!(met(&world, "ben").await, 1);
}
