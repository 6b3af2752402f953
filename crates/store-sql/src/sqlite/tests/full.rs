use serde_json::json;
use tokio::task::JoinSet;

use super::*;

/// Lets the file grow to no more than it has and `pages`, or without bound.
async fn bound(store: &Sqlite, pages: Option<i64>) {
    store
        .write(move |connection| {
            let used = number(connection, "PRAGMA page_count");
            let most = pages.map_or(i64::from(u32::MAX - 1), |pages| used + pages);
            number(connection, &format!("PRAGMA max_page_count = {most}"));
            Ok(())
        })
        .await
        .unwrap();
}

async fn rows(store: &Sqlite) -> i64 {
    store.read(|connection| Ok(number(connection, "SELECT count(*) FROM sign_ins"))).await.unwrap()
}

#[tokio::test]
async fn a_full_disk_changes_nothing_and_passes() {
    let (_directory, store) = store().await;
    store.commit(vec![sign_in("before", json!({}))]).await.unwrap();
    bound(&store, Some(4)).await;
    let large = json!({"text": "x".repeat(1_000_000)});
    let batch = vec![sign_in("small", json!({})), sign_in("large", large.clone())];
    assert_eq!(store.commit(batch.clone()).await, Err(StoreError::Full));
    assert_eq!(rows(&store).await, 1);
    assert_eq!(store.commit(batch.clone()).await, Err(StoreError::Full));
    bound(&store, None).await;
    store.commit(batch).await.unwrap();
    assert_eq!(rows(&store).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_too_large_for_the_disk_harms_no_other() {
    let (_directory, store) = store().await;
    store.commit(vec![sign_in("before", json!({}))]).await.unwrap();
    bound(&store, Some(100)).await;
    let mut tasks = JoinSet::new();
    for number in 0..20 {
        let store = Arc::clone(&store);
        let size = if number % 4 == 0 { 1_000_000 } else { 10 };
        tasks.spawn(async move {
            let change = sign_in(&format!("{number}"), json!({"text": "x".repeat(size)}));
            (number, store.commit(vec![change]).await)
        });
    }
    while let Some(done) = tasks.join_next().await {
        let (number, outcome) = done.unwrap();
        assert_eq!(outcome, if number % 4 == 0 { Err(StoreError::Full) } else { Ok(()) }, "{number}");
    }
    assert_eq!(rows(&store).await, 16);
}
