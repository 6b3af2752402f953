//! Many at the same time.

use std::sync::Arc;

use riskgate_odata::Filter;
use riskgate_store::{Batch, Query, StoreError, Write, retry, tables};
use serde_json::json;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::fixture::{Fixture, tenant};
use crate::record::*;

pub(crate) async fn increments_by_many_are_all_counted(Fixture { store, .. }: Fixture) {
    store.commit(insertion(tenant(1), TABLE, "counter", json!({"n": 0}))).await.unwrap();
    let mut tasks = JoinSet::new();
    for _ in 0..100 {
        let store = Arc::clone(&store);
        tasks.spawn(async move {
            let increment = async || {
                let row = row(&*store, tenant(1), TABLE, "counter").await;
                let next = row.document["n"].as_i64().unwrap() + 1;
                store.commit(replacement(tenant(1), TABLE, "counter", row.version, json!({"n": next}))).await
            };
            // With a hundred at one row even many attempts may all be too late; none may be lost, though.
            loop {
                match retry(increment).await {
                    Err(StoreError::Conflict { .. }) => {}
                    outcome => return outcome.unwrap(),
                }
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let counter = row(&*store, tenant(1), TABLE, "counter").await;
    assert_eq!((counter.document, counter.version), (json!({"n": 100}), 101));
}

pub(crate) async fn one_of_many_inserts_wins(Fixture { store, .. }: Fixture) {
    let mut tasks = JoinSet::new();
    for number in 0..20 {
        let store = Arc::clone(&store);
        tasks.spawn(async move {
            let outcome = store.commit(insertion(tenant(1), TABLE, "one", json!({"by": number}))).await;
            (number, outcome)
        });
    }
    let mut winners = Vec::new();
    while let Some(done) = tasks.join_next().await {
        match done.unwrap() {
            (number, Ok(())) => winners.push(number),
            (_, outcome) => assert_eq!(outcome, Err(exists(TABLE, "one"))),
        }
    }
    assert_eq!(winners.len(), 1);
    assert_eq!(row(&*store, tenant(1), TABLE, "one").await.document, json!({"by": winners[0]}));
}

pub(crate) async fn one_of_many_unique_values_wins(Fixture { store, .. }: Fixture) {
    let mut tasks = JoinSet::new();
    for number in 0..20 {
        let store = Arc::clone(&store);
        tasks.spawn(async move {
            let id = format!("{number}");
            let user = json!({"id": id, "userPrincipalName": "same@contoso.com"});
            let sign_in = insertion(tenant(1), TABLE, &id, json!({"id": id}));
            let mut batch = insertion(tenant(1), &tables::USERS, &id, user);
            batch.writes.extend(sign_in.writes);
            store.commit(batch).await.is_ok()
        });
    }
    let mut winners = 0;
    while let Some(done) = tasks.join_next().await {
        winners += u64::from(done.unwrap());
    }
    assert_eq!(winners, 1);
    for table in [&tables::USERS, TABLE] {
        assert_eq!(store.count(tenant(1), table, &Filter::Constant(true)).await, Ok(1));
    }
}

pub(crate) async fn opposite_orders_do_not_deadlock(Fixture { store, .. }: Fixture) {
    fill(&*store, tenant(1), TABLE, &[json!({"id": "a", "n": 0}), json!({"id": "b", "n": 0})]).await;
    let mut tasks = JoinSet::new();
    for number in 0..16 {
        let store = Arc::clone(&store);
        tasks.spawn(async move {
            for _ in 0..5 {
                let transfer = async || {
                    let mut order = ["a", "b"];
                    if number % 2 == 0 {
                        order.reverse();
                    }
                    let mut batch = Batch::new(tenant(1));
                    for id in order {
                        let row = row(&*store, tenant(1), TABLE, id).await;
                        let document = json!({"id": id, "n": row.document["n"].as_i64().unwrap() + 1});
                        batch.writes.extend(replacement(tenant(1), TABLE, id, row.version, document).writes);
                    }
                    store.commit(batch).await
                };
                while let Err(error) = retry(transfer).await {
                    assert!(matches!(error, StoreError::Conflict { .. }), "{error}");
                }
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    for id in ["a", "b"] {
        assert_eq!(row(&*store, tenant(1), TABLE, id).await.document, json!({"id": id, "n": 80}));
    }
}

pub(crate) async fn readers_never_see_half_a_batch(Fixture { store, .. }: Fixture) {
    let writer = {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            for round in 0..60 {
                let writes = (0..5).map(|n| Write::Insert {
                    table: TABLE,
                    id: format!("{round}-{n}"),
                    document: json!({}),
                });
                store.commit(Batch { tenant: tenant(1), writes: writes.collect() }).await.unwrap();
            }
        })
    };
    let mut seen = 0;
    while !writer.is_finished() || seen < 300 {
        let page = store.query(tenant(1), TABLE, &Query::filtered(Filter::Constant(true), 1000)).await.unwrap();
        assert_eq!(page.items.len() % 5, 0);
        assert!(page.items.len() >= seen);
        seen = page.items.len();
    }
    writer.await.unwrap();
}

pub(crate) async fn a_caller_who_gives_up_does_not_stop_a_commit(Fixture { store, .. }: Fixture) {
    let barrier = Arc::new(Barrier::new(2));
    let mut given_up = JoinSet::new();
    for number in 0..20 {
        let (store, begun) = (Arc::clone(&store), Arc::clone(&barrier));
        given_up.spawn(async move {
            begun.wait().await;
            let ids = [format!("{number}-a"), format!("{number}-b")];
            let writes = ids.map(|id| Write::Insert { table: TABLE, id, document: json!({}) });
            store.commit(Batch { tenant: tenant(1), writes: writes.into() }).await
        });
        barrier.wait().await;
        tokio::task::yield_now().await;
        given_up.abort_all();
        while given_up.join_next().await.is_some() {}
    }
    // Whatever becomes of each, perhaps only now, it is whole, and every connection is fit for the next.
    for number in 0..20 {
        let pair = Filter::one_of("id", [format!("{number}-a"), format!("{number}-b")]);
        let page = store.query(tenant(1), TABLE, &Query::filtered(pair, 10)).await.unwrap();
        assert_eq!(page.items.len() % 2, 0);
    }
    for number in 0..20 {
        store.commit(insertion(tenant(2), TABLE, &format!("{number}"), json!({}))).await.unwrap();
    }
    assert_eq!(store.count(tenant(2), TABLE, &Filter::Constant(true)).await, Ok(20));
}
