//! Rotation of signing keys, over months and on several nodes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::common::{BASE_URL, CLIENT, DAY, GRAPH, World};
use riskgate_core::SystemRng;
use riskgate_keystore::MasterKey;
use riskgate_odata::Filter;
use riskgate_store::records::SigningKey;
use riskgate_store::{Store, StoreExt};
use riskgate_testkit::{HookedStore, Operation};
use riskgate_tokens::{AppTokenRequest, TokenError, TokenService, VerifyError};

const APP: AppTokenRequest<'static> = AppTokenRequest {
    app_id: CLIENT,
    service_principal_id: "sp",
    audience: GRAPH,
    roles: &[],
    claims: None,
    dpop_key: None,
};

async fn token(service: &TokenService) -> String {
    service.issue_app_access_token(APP).await.unwrap().token
}

fn kid(token: &str) -> String {
    jsonwebtoken::decode_header(token).unwrap().kid.unwrap()
}

async fn published(service: &TokenService) -> Vec<String> {
    let jwks = service.jwks().await.unwrap();
    let kid = |key: &serde_json::Value| key["kid"].as_str().unwrap().to_owned();
    jwks["keys"].as_array().unwrap().iter().map(kid).collect()
}

#[tokio::test]
async fn a_successor_is_published_a_week_ahead_and_the_predecessor_until_its_tokens_expired() {
    let world = World::new().await;
    let service = &world.tokens;
    service.ensure_signing_key().await.unwrap();
    let first = kid(&token(service).await);
    assert_eq!(published(service).await, [first.as_str()]);

    world.clock.advance(82 * DAY);
    service.ensure_signing_key().await.unwrap();
    assert_eq!(published(service).await.len(), 1, "eight days are left");

    world.clock.advance(DAY);
    service.ensure_signing_key().await.unwrap();
    service.ensure_signing_key().await.unwrap();
    assert_eq!(published(service).await.len(), 2, "the successor, once");
    world.clock.advance(7 * DAY - Duration::from_secs(1));
    let last = token(service).await;
    assert_eq!(kid(&last), first, "it signs to the end");

    world.clock.advance(Duration::from_secs(1));
    let second = kid(&token(service).await);
    assert_ne!(second, first);
    assert!(service.verify_access_token(&last, |_| true).await.is_ok());
    assert!(world.node().verify_access_token(&last, |_| true).await.is_ok(), "a node that just started");

    world.clock.advance(DAY + Duration::from_secs(3600));
    service.ensure_signing_key().await.unwrap();
    assert_eq!(published(service).await, [second]);
    let kept =
        world.store.count(world.tenant, &riskgate_store::tables::SIGNING_KEYS, &Filter::Constant(true));
    assert_eq!(kept.await.unwrap(), 1, "the old one is gone from the store");
}

#[tokio::test]
async fn after_a_long_stop_a_new_key_signs_at_once() {
    let world = World::new().await;
    let first = kid(&token(&world.tokens).await);
    world.clock.advance(400 * DAY);
    let second = kid(&token(&world.tokens).await);
    assert_ne!(second, first);
    assert_eq!(published(&world.tokens).await, [second]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_share_keys_and_make_one_successor_between_them() {
    let world = World::new().await;
    let (a, b) = (Arc::new(world.node()), Arc::new(world.node()));
    a.ensure_signing_key().await.unwrap();
    assert!(b.verify_access_token(&token(&a).await, |_| true).await.is_ok());
    assert_eq!(kid(&token(&a).await), kid(&token(&b).await));
    world.clock.advance(85 * DAY);
    let tasks = [&a, &b, &a, &b].map(|node| {
        let node = Arc::clone(node);
        tokio::spawn(async move { node.ensure_signing_key().await })
    });
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(published(&a).await.len(), 2);
    let keys = (&*world.store as &dyn Store)
        .find_all::<SigningKey>(world.tenant, Filter::Constant(true))
        .await
        .unwrap();
    assert_eq!(keys.len(), 2);
    for key in keys {
        assert!(key.record.public_key.get("d").is_none(), "only public members are published");
    }
}

#[tokio::test]
async fn keys_sealed_with_another_master_key_are_named_in_the_error() {
    let world = World::new().await;
    world.tokens.ensure_signing_key().await.unwrap();
    let other = Arc::new(MasterKey::ephemeral(Arc::new(SystemRng)));
    let (store, clock) = (world.store.clone(), world.clock.clone());
    let service = TokenService::new(store, other, clock, Arc::new(SystemRng), world.tenant, BASE_URL);
    let error = service.ensure_signing_key().await.unwrap_err();
    assert!(matches!(&error, TokenError::KeyUnusable { .. }), "{error}");
    assert!(error.to_string().contains("master key"), "{error}");
}

#[tokio::test]
async fn unknown_key_identifiers_do_not_drive_the_store() {
    let world = World::new().await;
    let queries = Arc::new(AtomicUsize::new(0));
    let counter = queries.clone();
    let store = HookedStore::before_each(world.store.clone(), move |operation| {
        if matches!(operation, Operation::Query(_)) {
            counter.fetch_add(1, Ordering::SeqCst);
        }
        std::future::ready(())
    });
    let (seal, clock) = (world.seal.clone(), world.clock.clone());
    let service = TokenService::new(store, seal, clock, Arc::new(SystemRng), world.tenant, BASE_URL);
    let good = token(&service).await;
    let (_, rest) = good.split_once('.').unwrap();
    let before = queries.load(Ordering::SeqCst);
    for round in 0..3 {
        world.clock.advance(Duration::from_secs(5));
        for number in 0..50 {
            let header = jsonwebtoken::Header { kid: Some(format!("{round}-{number}")), ..rs256() };
            let header = base64url(&serde_json::to_vec(&header).unwrap());
            let refused = service.verify_access_token(&format!("{header}.{rest}"), |_| true).await;
            assert_eq!(refused.unwrap_err(), VerifyError::Signature);
        }
    }
    assert_eq!(queries.load(Ordering::SeqCst) - before, 3);
}

fn rs256() -> jsonwebtoken::Header {
    jsonwebtoken::Header::new(jsonwebtoken::Algorithm::RS256)
}

fn base64url(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}
