//! What was acknowledged is there after the program ended, however it ended.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use riskgate_odata::Filter;
use riskgate_store_sql::{OpenError, SqlStore, open};
use serde_json::json;
use tokio::task::JoinSet;

use crate::fixture::{administer, runtime, server, tenant, with_schema};
use crate::record::*;

/// Tells a child process of this test which store to write to.
const CHILD: &str = "RISKGATE_STORE_TEST_CHILD";

fn in_a_directory(test: impl FnOnce(String)) {
    let directory = tempfile::tempdir().unwrap();
    test(format!("sqlite://{}", directory.path().join("store.db").display()));
}

async fn reopened_store_has_all(url: &str, close: bool) {
    let mut acknowledged = Vec::new();
    for round in 0..3 {
        let store = SqlStore::open(url).await.unwrap();
        let all: &dyn riskgate_store::Store = &store;
        assert_eq!(ids(all, tenant(1), &Filter::Constant(true)).await, acknowledged);
        for number in 0..20 {
            let id = format!("{round}-{number:02}");
            all.commit(insertion(tenant(1), TABLE, &id, json!({"id": id}))).await.unwrap();
            acknowledged.push(id);
        }
        if close {
            store.close().await;
        }
    }
}

#[test]
fn a_store_that_was_dropped_or_closed_has_everything_when_it_is_opened_again() {
    for close in [false, true] {
        in_a_directory(|url| runtime().block_on(reopened_store_has_all(&url, close)));
        with_schema(|url| async move { reopened_store_has_all(&url, close).await });
    }
}

#[cfg(unix)]
#[test]
fn the_file_is_readable_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", directory.path().join("store.db").display());
    runtime().block_on(async {
        let store = open(&url).await.unwrap();
        store.commit(insertion(tenant(1), TABLE, "a", json!({}))).await.unwrap();
        for entry in std::fs::read_dir(directory.path()).unwrap() {
            let entry = entry.unwrap();
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
        }
    });
}

/// Runs itself as a child that writes until it is killed and says what was acknowledged.
fn killed_writer(test: &str, url: &str) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(CHILD, url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut acknowledged = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        // The last line may have been cut by the kill.
        if let Some(id) = line.unwrap().strip_prefix("acknowledged ").and_then(|rest| rest.strip_suffix('.'))
        {
            acknowledged.push(id.to_owned());
        }
        if acknowledged.len() == 200 {
            // SIGKILL on Unix: no handler runs and nothing is flushed. What the pipe still holds is read too.
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(acknowledged.len() >= 200, "the child ended by itself after {}", acknowledged.len());
    acknowledged
}

/// Eight tasks insert pairs of rows, without end.
fn write_until_killed(url: &str) -> ! {
    runtime().block_on(async {
        let store = open(url).await.unwrap();
        let mut tasks = JoinSet::new();
        for task in 0..8 {
            let store = store.clone();
            tasks.spawn(async move {
                for number in 0_u64.. {
                    let id = format!("{task}-{number}");
                    let mut batch = insertion(tenant(1), TABLE, &id, json!({"id": id}));
                    batch.writes.extend(insertion(tenant(1), TABLE, &format!("{id} too"), json!({})).writes);
                    store.commit(batch).await.unwrap();
                    #[allow(clippy::print_stdout, reason = "how the child talks to its parent")]
                    {
                        println!("acknowledged {id}.");
                    }
                }
            });
        }
        tasks.join_all().await;
    });
    unreachable!("the tasks write without end");
}

async fn check_acknowledged(url: &str, acknowledged: &[String]) {
    let store = open(url).await.unwrap();
    for id in acknowledged {
        for id in [id.clone(), format!("{id} too")] {
            assert!(
                store.get(tenant(1), TABLE, &id).await.unwrap().is_some(),
                "{id} was acknowledged and is lost"
            );
        }
    }
    // The store goes on working.
    store.commit(insertion(tenant(3), TABLE, "after", json!({}))).await.unwrap();
}

#[test]
fn a_killed_writer_on_sqlite_loses_nothing_it_acknowledged() {
    if let Ok(url) = std::env::var(CHILD) {
        write_until_killed(&url);
    }
    in_a_directory(|url| {
        for _ in 0..3 {
            let test = "durability::a_killed_writer_on_sqlite_loses_nothing_it_acknowledged";
            let acknowledged = killed_writer(test, &url);
            runtime().block_on(check_acknowledged(&url, &acknowledged));
            for suffix in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{suffix}", url.strip_prefix("sqlite://").unwrap()));
            }
        }
    });
}

#[test]
fn a_killed_writer_on_postgres_loses_nothing_it_acknowledged() {
    if let Ok(url) = std::env::var(CHILD) {
        write_until_killed(&url);
    }
    with_schema(|url| async move {
        let test = "durability::a_killed_writer_on_postgres_loses_nothing_it_acknowledged";
        let acknowledged = killed_writer(test, &url);
        check_acknowledged(&url, &acknowledged).await;
    });
}

#[test]
fn a_lost_connection_is_replaced() {
    let Some(server) = server() else { return };
    with_schema(|url| async move {
        let name = url.rsplit('_').next().unwrap();
        let store = open(&format!("{url}&application_name={name}")).await.unwrap();
        let terminate = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{name}'"
        );
        store.commit(insertion(tenant(1), TABLE, "a", json!({"n": 1}))).await.unwrap();
        for round in 2..10 {
            administer(&server, &terminate).await;
            let read = store.get(tenant(1), TABLE, "a").await.unwrap().unwrap();
            assert_eq!(read.document, json!({"n": round - 1}));
            administer(&server, &terminate).await;
            let mut batch = replacement(tenant(1), TABLE, "a", read.version, json!({"n": round}));
            batch.writes.extend(insertion(tenant(1), TABLE, &format!("{round}"), json!({})).writes);
            store.commit(batch).await.unwrap();
        }
    });
}

#[test]
fn nodes_that_start_together_migrate_once() {
    let start_all = async |url: String| {
        let mut nodes = JoinSet::new();
        for number in 0..6 {
            let url = url.clone();
            nodes.spawn(async move {
                let store = open(&url).await.unwrap();
                let id = format!("{number}");
                store.commit(insertion(tenant(1), TABLE, &id, json!({"id": id}))).await.unwrap();
            });
        }
        while let Some(done) = nodes.join_next().await {
            done.unwrap();
        }
        let store = open(&url).await.unwrap();
        assert_eq!(store.count(tenant(1), TABLE, &Filter::Constant(true)).await, Ok(6));
    };
    in_a_directory(|url| runtime().block_on(start_all(url)));
    with_schema(start_all);
}

#[test]
fn addresses_that_make_no_sense_are_refused_without_showing_them() {
    runtime().block_on(async {
        for url in [
            "",
            "sqlite://",
            "sqlite:store.db",
            "mysql://u:secret@h/d",
            "postgres://u:secret@h:port/d",
            "store.db",
        ] {
            let error = open(url).await.err().expect("refused");
            assert!(matches!(error, OpenError::Address(_)), "{url}: {error}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        let missing = tempfile::tempdir().unwrap().path().join("no/such/directory/store.db");
        let error = open(&format!("sqlite://{}", missing.display())).await.err().expect("refused");
        assert!(matches!(error, OpenError::Unavailable(_)), "{error}");
        let error = open("postgres://u:secret@127.0.0.1:1/d?connect_timeout=2").await.err().expect("refused");
        assert!(matches!(error, OpenError::Unavailable(_)), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    });
}
