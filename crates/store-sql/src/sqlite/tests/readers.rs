use std::sync::mpsc as std_mpsc;

use serde_json::json;

use super::*;

/// Counts to a number nobody lives to see.
const ENDLESS: &str =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE i < 0";

#[tokio::test]
async fn a_query_nobody_waits_for_is_interrupted() {
    for memory in [false, true] {
        let (_directory, file) = store().await;
        let store = if memory { Arc::new(Sqlite::open(None).await.unwrap()) } else { file };
        // As many as there are readers, and more: none of them may stay occupied.
        for _ in 0..6 {
            let (begun, wait) = std_mpsc::channel();
            let endless = {
                let store = Arc::clone(&store);
                tokio::spawn(async move {
                    store
                        .read(move |connection| {
                            begun.send(()).unwrap();
                            statement::run(connection, ENDLESS)
                        })
                        .await
                })
            };
            tokio::task::spawn_blocking(move || wait.recv().unwrap()).await.unwrap();
            endless.abort();
            assert!(endless.await.unwrap_err().is_cancelled());
        }
        store.read(|connection| statement::run(connection, "SELECT 1")).await.unwrap();
        store.commit(vec![sign_in("a", json!({}))]).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_query_that_takes_too_long_fails() {
    let (_directory, store) = store().await;
    let outcome = store.read(|connection| statement::run(connection, ENDLESS)).await;
    assert!(
        matches!(&outcome, Err(StoreError::Unavailable(reason)) if reason.contains("longer")),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn readers_cannot_write() {
    let (_directory, store) = store().await;
    let outcome = store.read(|connection| statement::run(connection, "DELETE FROM sign_ins")).await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
}
