//! Codes for devices: decided once, redeemed once, on however many nodes.

use std::collections::BTreeSet;

use crate::common::{CLIENT, World};
use riskgate_odata::Filter;
use riskgate_store::records::{DeviceAuthorization, DeviceDecision, RequestedClaims};
use riskgate_store::{StoreExt, tables};
use riskgate_tokens::{DeviceCodes, DeviceError, DeviceRequest};

async fn codes(world: &World) -> DeviceCodes {
    let request = DeviceRequest {
        client_id: CLIENT.to_owned(),
        scopes: vec!["openid".to_owned()],
        claims: RequestedClaims::default(),
        address: "203.0.113.9".parse().unwrap(),
        place: None,
        correlation_id: "8b1a2c34-1111-4222-8333-444455556666".to_owned(),
    };
    world.tokens.begin_device_authorization(&request).await.unwrap()
}

#[tokio::test]
async fn rfc8628_5_2_neither_code_is_in_the_store() {
    let world = World::new().await;
    let codes = codes(&world).await;
    let rows =
        world.store.find_all::<DeviceAuthorization>(world.tenant, Filter::Constant(true)).await.unwrap();
    assert_eq!(rows.len(), 1);
    let text = format!("{rows:?}");
    let plain = codes.user_code.replace('-', "");
    for secret in [&codes.device_code, &codes.user_code, &plain] {
        assert!(!text.contains(secret.as_str()), "{text}");
    }
}

#[tokio::test]
async fn rfc8628_3_4_of_decisions_and_polls_at_the_same_time_one_counts() {
    let world = World::new().await;
    let codes = codes(&world).await;
    let waiting = world.tokens.find_device_authorization(&codes.user_code).await.unwrap().unwrap();
    let nodes: Vec<_> = (0..8).map(|_| world.node()).collect();
    let mut decisions = tokio::task::JoinSet::new();
    for (number, node) in (0..).zip(nodes) {
        let (id, grant) = (waiting.id.clone(), world.grant());
        decisions.spawn(async move {
            let decision = match number % 2 {
                0 => DeviceDecision::Approved(Box::new(grant)),
                _ => DeviceDecision::Declined,
            };
            (decision.clone(), node.decide_device_authorization(&id, &decision).await.unwrap())
        });
    }
    let decided: Vec<_> = decisions.join_all().await.into_iter().filter(|(_, counts)| *counts).collect();
    let [(decision, _)] = decided.as_slice() else { panic!("{decided:?}") };

    let mut polls = tokio::task::JoinSet::new();
    for node in (0..8).map(|_| world.node()) {
        let code = codes.device_code.clone();
        polls.spawn(async move { node.poll_device_authorization(&code, CLIENT).await });
    }
    let answers = polls.join_all().await;
    let granted = answers.iter().filter(|answer| answer.is_ok()).count();
    let refused: BTreeSet<_> =
        answers.iter().filter_map(|answer| answer.as_ref().err()).map(ToString::to_string).collect();
    match decision {
        DeviceDecision::Approved(_) => {
            assert_eq!((granted, refused), (1, [DeviceError::Unknown.to_string()].into()));
            let everything = Filter::Constant(true);
            let left = world.store.count(world.tenant, &tables::DEVICE_AUTHORIZATIONS, &everything).await;
            assert_eq!(left, Ok(0));
        }
        DeviceDecision::Declined => {
            assert_eq!((granted, refused), (0, [DeviceError::Declined.to_string()].into()));
        }
    }
}
