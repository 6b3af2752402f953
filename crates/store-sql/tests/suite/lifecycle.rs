//! Beginning and end.

use riskgate_store::StoreError;
use serde_json::json;

use crate::fixture::{Fixture, tenant};
use crate::record::*;

pub(crate) async fn the_store_answers(Fixture { store, .. }: Fixture) {
    store.ping().await.unwrap();
}

pub(crate) async fn nothing_is_done_after_close(Fixture { store, sql, .. }: Fixture) {
    store.commit(insertion(tenant(1), TABLE, "a", json!({}))).await.unwrap();
    sql.close().await;
    let closed = |outcome: Result<(), StoreError>| match outcome {
        Err(StoreError::Unavailable(reason)) => assert_eq!(reason, "the store was closed"),
        other => panic!("{other:?}"),
    };
    closed(store.ping().await);
    closed(store.get(tenant(1), TABLE, "a").await.map(drop));
    closed(store.commit(insertion(tenant(1), TABLE, "b", json!({}))).await);
    sql.close().await;
}
