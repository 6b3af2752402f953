//! Stores to test.

use std::future::Future;
use std::io::Write;
use std::sync::{Arc, Once};

use riskgate_core::TenantId;
use riskgate_store::Store;
use riskgate_store_sql::SqlStore;
use tokio_postgres::NoTls;
use uuid::Uuid;

/// An empty store.
pub(crate) struct Fixture {
    /// The store.
    pub(crate) store: Arc<dyn Store>,
    /// The same, to close it.
    pub(crate) sql: Arc<SqlStore>,
}

/// A tenant by number.
pub(crate) fn tenant(number: u128) -> TenantId {
    TenantId(Uuid::from_u128(number))
}

/// Runs a case on a store in a file.
pub(crate) fn on_sqlite<F: Future<Output = ()>>(case: impl FnOnce(Fixture) -> F) {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", directory.path().join("store.db").display());
    runtime().block_on(async { case(open(url).await).await });
}

/// Runs a case on a store in memory.
pub(crate) fn on_memory<F: Future<Output = ()>>(case: impl FnOnce(Fixture) -> F) {
    runtime().block_on(async { case(open("sqlite::memory:".to_owned()).await).await });
}

/// Runs a case on PostgreSQL, if there is one.
pub(crate) fn on_postgres<F: Future<Output = ()>>(case: impl FnOnce(Fixture) -> F) {
    with_schema(|url| async { case(open(url).await).await });
}

/// Runs a test with the address of an empty schema of its own, which is removed afterwards, if there is a server.
pub(crate) fn with_schema<F: Future<Output = ()>>(test: impl FnOnce(String) -> F) {
    let Some(server) = server() else { return };
    runtime().block_on(async {
        let schema = format!("test_{}", new_guid().simple());
        administer(&server, &format!("CREATE SCHEMA {schema}")).await;
        let separator = if server.contains('?') { '&' } else { '?' };
        test(format!("{server}{separator}options=-c%20search_path%3D{schema}")).await;
        administer(&server, &format!("DROP SCHEMA {schema} CASCADE")).await;
    });
}

/// Address of the test server.
pub(crate) fn server() -> Option<String> {
    let url = std::env::var("RISKGATE_TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty());
    if url.is_none() {
        // Not `eprintln!`, which is shown for tests that fail only.
        static SAID: Once = Once::new();
        let text = b"PostgreSQL tests skipped: RISKGATE_TEST_POSTGRES_URL is not set; `make test` sets it\n";
        SAID.call_once(|| std::io::stderr().write_all(text).unwrap());
    }
    url
}

/// Executes SQL on the test server.
pub(crate) async fn administer(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    let connection = tokio::spawn(connection);
    client.batch_execute(sql).await.unwrap();
    drop(client);
    connection.await.unwrap().unwrap();
}

/// A runtime with several threads, as the server has.
pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

async fn open(url: String) -> Fixture {
    let sql = Arc::new(SqlStore::open(&url).await.unwrap());
    Fixture { store: sql.clone(), sql }
}

fn new_guid() -> Uuid {
    riskgate_core::Rng::uuid(&riskgate_core::SystemRng)
}
