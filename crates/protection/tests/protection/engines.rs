//! Databases to run a story on.

use std::future::Future;

use riskgate_core::{Rng, SystemRng};
use tokio_postgres::NoTls;

use crate::support::World;

/// Runs a story on a store in memory.
pub(crate) fn on_memory<F: Future<Output = ()>>(story: impl FnOnce(World) -> F) {
    runtime().block_on(async { story(World::open("sqlite::memory:").await).await });
}

/// Runs a story on PostgreSQL in a schema of its own, if there is a server.
pub(crate) fn on_postgres<F: Future<Output = ()>>(story: impl FnOnce(World) -> F) {
    let Some(server) = std::env::var("RISKGATE_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty()) else {
        #[allow(clippy::print_stderr, reason = "who reads the output of a test must see that it did not run")]
        {
            eprintln!("PostgreSQL story skipped: RISKGATE_TEST_POSTGRES_URL is not set; `make test` sets it");
        }
        return;
    };
    runtime().block_on(async {
        let schema = format!("test_{}", SystemRng.guid().replace('-', ""));
        administer(&server, &format!("CREATE SCHEMA {schema}")).await;
        let separator = if server.contains('?') { '&' } else { '?' };
        story(World::open(&format!("{server}{separator}options=-c%20search_path%3D{schema}")).await).await;
        administer(&server, &format!("DROP SCHEMA {schema} CASCADE")).await;
    });
}

async fn administer(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    let connection = tokio::spawn(connection);
    client.batch_execute(sql).await.unwrap();
    drop(client);
    connection.await.unwrap().unwrap();
}

/// A runtime with several threads, as the server has.
fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}
