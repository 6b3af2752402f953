use serde_json::json;
use tokio::sync::oneshot;

use super::*;
use crate::sqlite::writer::commit_group;

type Outcome = oneshot::Receiver<Result<(), StoreError>>;

fn waiting(changes: Vec<Change>) -> ((Vec<Change>, writer::Reply), Outcome) {
    let (reply, outcome) = oneshot::channel();
    ((changes, reply), outcome)
}

#[tokio::test]
async fn a_batch_that_fails_harms_no_other_of_its_group() {
    let (_directory, connection) = writer_connection().await;
    let batches = vec![
        vec![sign_in("a", json!({}))],
        vec![sign_in("b", json!({})), sign_in("a", json!({}))],
        vec![sign_in("c", json!({}))],
        vec![sign_in("b", json!({}))],
    ];
    let (group, outcomes): (Vec<_>, Vec<_>) = batches.into_iter().map(waiting).unzip();
    commit_group(&connection, group);
    let taken = |id: &str| Err(StoreError::Exists { table: "sign_ins", id: id.to_owned() });
    for (mut outcome, expected) in outcomes.into_iter().zip([Ok(()), taken("a"), Ok(()), Ok(())]) {
        assert_eq!(outcome.try_recv().unwrap(), expected);
    }
    assert_eq!(number(&connection, "SELECT count(*) FROM sign_ins"), 3);
}

/// How many transactions were committed: the header of the wal-index counts them in its third 32-bit word.
fn transactions(directory: &tempfile::TempDir) -> u32 {
    let header = std::fs::read(directory.path().join("store.db-shm")).unwrap();
    u32::from_ne_bytes(header[8..12].try_into().unwrap())
}

#[tokio::test]
async fn what_waits_is_committed_in_one_transaction() {
    let (directory, store) = store().await;
    store.commit(vec![sign_in("first", json!({}))]).await.unwrap();
    let before = transactions(&directory);
    let (release, held) = std::sync::mpsc::channel::<()>();
    let hold: Work = Box::new(move |_| held.recv().unwrap());
    store.writer.send(Job::Run(hold, Ticket::new())).await.unwrap();
    let mut outcomes = Vec::new();
    for id in 0..100 {
        let (waiting, outcome) = waiting(vec![sign_in(&format!("{id}"), json!({}))]);
        store.writer.send(Job::Commit(waiting.0, waiting.1)).await.unwrap();
        outcomes.push(outcome);
    }
    release.send(()).unwrap();
    for outcome in outcomes {
        outcome.await.unwrap().unwrap();
    }
    assert_eq!(transactions(&directory), before + 1);
}

#[tokio::test]
async fn commits_are_flushed_to_the_disk() {
    let (_directory, store) = store().await;
    let settings = store
        .write(|connection| {
            let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
            Ok((mode, number(connection, "PRAGMA synchronous")))
        })
        .await
        .unwrap();
    assert_eq!(settings, ("wal".to_owned(), 2));
}
