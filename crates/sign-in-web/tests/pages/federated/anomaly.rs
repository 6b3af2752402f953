//! Tokens that are valid and unlike those the provider sends.

use riskgate_model::{RiskDetection, RiskLevel};
use riskgate_store::records::IdentityProvider;
use serde_json::{Value as Json, json};

use super::upstream::Upstream;
use super::visit::sign_in;
use crate::browser::Browser;
use crate::world::{MINUTE, World};

fn usual(claims: &mut Json) {
    claims["amr"] = json!(["pwd", "mfa"]);
    claims["email"] = json!("alice@fabrikam.com");
}

#[tokio::test]
async fn a_token_unlike_the_others_is_found_with_its_signs_and_a_new_key_alone_is_not() {
    let (world, upstream) = (World::new().await, Upstream::start().await);
    let provider = upstream.register(&world, |_| {}).await;
    let alice = world.person("alice").await;
    let record = world.load::<IdentityProvider>(&provider).await.unwrap().provider;
    let actor = riskgate_directory::Actor::command_line();
    world.federation.link(&actor, &record, "sub-1", &alice).await.unwrap();
    world.protection.follow_histories().await.unwrap();
    let mut browser = Browser::new(&world);
    for _ in 0..21 {
        browser.cookies.clear();
        sign_in(&mut browser, &world, &upstream, &provider, usual).await;
        world.clock.advance(61 * MINUTE);
    }
    assert!(world.all::<RiskDetection>().await.is_empty());

    upstream.rotate("two", true);
    browser.cookies.clear();
    sign_in(&mut browser, &world, &upstream, &provider, usual).await;
    assert!(world.all::<RiskDetection>().await.is_empty(), "keys are rotated");

    world.clock.advance(61 * MINUTE);
    upstream.rotate("three", true);
    browser.cookies.clear();
    sign_in(&mut browser, &world, &upstream, &provider, |claims| {
        usual(claims);
        claims["amr"] = json!(["pwd"]);
        claims["auth_time"] = json!(claims["iat"].as_i64().unwrap() - 86_400);
    })
    .await;
    let found = world.all::<RiskDetection>().await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].risk_event_type.as_deref(), Some("tokenIssuerAnomaly"));
    assert_eq!(found[0].risk_level, Some(RiskLevel::High));
    let info = found[0].additional_info.as_deref().unwrap();
    for sign in ["signingKey: three, ES256", "assertedMethods: pwd (", "proofAge: up to 2560 minutes"] {
        assert!(info.contains(sign), "{sign}: {info}");
    }
}
