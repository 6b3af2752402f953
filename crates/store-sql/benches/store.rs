//! What the store costs, beside what bare SQLite costs.
//!
//! `RISKGATE_BENCH_ROWS` sets the number of risk detections (default 100 000); PostgreSQL is measured too where
//! `RISKGATE_TEST_POSTGRES_URL` names a server (`scripts/with-postgres cargo bench -p riskgate-store-sql`).
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "a benchmark fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use riskgate_core::{Rng, SystemRng, TenantId, Timestamp};
use riskgate_odata::Filter;
use riskgate_store::{Batch, Direction, Query, Store, Write, tables};
use riskgate_store_sql::open;
use rusqlite::Connection;
use serde_json::{Value as Json, json};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

const PAGE: u64 = 100;

fn rows() -> u64 {
    std::env::var("RISKGATE_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(100_000)
}

/// About as large as real ones; every user has a thousand, spread over the whole time.
fn detection(number: u64, users: u64) -> Json {
    let user = number % users;
    let at = Timestamp::from_seconds(1_700_000_000 + i64::try_from(number).unwrap() * 7).to_string();
    json!({
        "id": format!("{number:064x}"), "requestId": format!("{number:032x}"), "correlationId": format!("{number:032x}"),
        "riskEventType": "anonymizedIPAddress", "riskType": "anonymizedIPAddress", "riskState": "atRisk",
        "riskLevel": "medium", "riskDetail": "none", "source": "IdentityProtection",
        "detectionTimingType": "realtime", "activity": "signin", "tokenIssuerType": "AzureAD",
        "ipAddress": format!("198.51.{}.{}", number % 251, number % 253), "activityDateTime": at,
        "location": {"city": "Frankfurt", "state": "Hesse", "countryOrRegion": "DE",
            "geoCoordinates": {"latitude": 50.11, "longitude": 8.68}},
        "detectedDateTime": at, "lastUpdatedDateTime": at, "userId": format!("{user:032x}"),
        "userDisplayName": format!("User {user}"), "userPrincipalName": format!("user{user}@contoso.com"),
        "additionalInfo": "[{\"Key\":\"userAgent\",\"Value\":\"Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101\"}]",
    })
}

fn insertion(tenant: TenantId, document: Json) -> Batch {
    let id = document["id"].as_str().unwrap().to_owned();
    Batch { tenant, writes: vec![Write::Insert { table: &tables::RISK_DETECTIONS, id, document }] }
}

async fn fill(store: &dyn Store, tenant: TenantId, rows: u64, users: u64) {
    for begin in (0..rows).step_by(1000) {
        let mut batch = Batch::new(tenant);
        for number in begin..rows.min(begin + 1000) {
            batch.writes.extend(insertion(tenant, detection(number, users)).writes);
        }
        store.commit(batch).await.unwrap();
    }
}

fn list(user: u64) -> Query {
    let filter = Filter::equals("userDisplayName", format!("user {user}"));
    Query::filtered(filter, PAGE).ordered("detectedDateTime", Direction::Descending)
}

fn reads(c: &mut Criterion, runtime: &Runtime, engine: &str, store: &Arc<dyn Store>, tenant: TenantId) {
    let (rows, users) = (rows(), users());
    let mut group = c.benchmark_group("read");
    let next = AtomicU64::new(0);
    let number = || next.fetch_add(7919, Ordering::Relaxed);
    group.bench_function(BenchmarkId::new("get", engine), |b| {
        b.iter(|| {
            let id = format!("{:064x}", number() % rows);
            runtime.block_on(store.get(tenant, &tables::RISK_DETECTIONS, &id)).unwrap().unwrap()
        });
    });
    group.bench_function(BenchmarkId::new("page of 100", engine), |b| {
        b.iter(|| {
            let query = list(number() % users);
            let page = runtime.block_on(store.query(tenant, &tables::RISK_DETECTIONS, &query)).unwrap();
            assert_eq!(page.items.len() as u64, PAGE.min(rows / users));
        });
    });
    let deep = (0..5).fold(list(1), |mut query, _| {
        let page = runtime.block_on(store.query(tenant, &tables::RISK_DETECTIONS, &query)).unwrap();
        query.after = page.next.or(query.after);
        query
    });
    group.bench_function(BenchmarkId::new("sixth page of 100", engine), |b| {
        b.iter(|| runtime.block_on(store.query(tenant, &tables::RISK_DETECTIONS, &deep)).unwrap());
    });
    group.finish();
}

fn commits(c: &mut Criterion, runtime: &Runtime, engine: &str, store: &Arc<dyn Store>, tenant: TenantId) {
    let users = users();
    let mut group = c.benchmark_group("commit");
    let batch = move || {
        let mut document = detection(1, users);
        document["id"] = json!(SystemRng.hex64());
        insertion(tenant, document)
    };
    group.bench_function(BenchmarkId::new("one after the other", engine), |b| {
        b.iter(|| runtime.block_on(store.commit(batch())).unwrap());
    });
    group.throughput(Throughput::Elements(32));
    group.bench_function(BenchmarkId::new("32 at a time", engine), |b| {
        b.iter(|| {
            runtime.block_on(async {
                let mut tasks = JoinSet::new();
                for _ in 0..32 {
                    let store = Arc::clone(store);
                    tasks.spawn(async move { store.commit(batch()).await.unwrap() });
                }
                tasks.join_all().await;
            });
        });
    });
    group.finish();
}

/// The same work by SQLite alone, on the same file.
fn bare(c: &mut Criterion, path: &str, tenant: TenantId) {
    let (rows, users) = (rows(), users());
    let connection = Connection::open(path).unwrap();
    connection.execute_batch("PRAGMA synchronous=FULL; PRAGMA cache_size=-4096").unwrap();
    let tenant = tenant.to_string();
    let next = AtomicU64::new(0);
    let number = || next.fetch_add(7919, Ordering::Relaxed);
    let mut group = c.benchmark_group("read");
    group.bench_function(BenchmarkId::new("get", "bare SQLite"), |b| {
        let sql = "SELECT document FROM risk_detections WHERE tenant_id = ? AND id = ?";
        let mut statement = connection.prepare(sql).unwrap();
        b.iter(|| {
            let id = format!("{:064x}", number() % rows);
            let text: String = statement.query_row((&tenant, id), |row| row.get(0)).unwrap();
            serde_json::from_str::<Json>(&text).unwrap()
        });
    });
    group.bench_function(BenchmarkId::new("page of 100", "bare SQLite"), |b| {
        let sql = "SELECT document FROM risk_detections WHERE tenant_id = ? AND user_display_name = ? \
            ORDER BY detected_date_time DESC, id LIMIT 100";
        let mut statement = connection.prepare(sql).unwrap();
        b.iter(|| {
            let name = format!("user {}", number() % users);
            let texts = statement.query_map((&tenant, name), |row| row.get::<_, String>(0)).unwrap();
            texts.map(|text| serde_json::from_str::<Json>(&text.unwrap()).unwrap()).collect::<Vec<_>>()
        });
    });
    group.finish();
    let mut group = c.benchmark_group("commit");
    group.bench_function(BenchmarkId::new("one after the other", "bare SQLite"), |b| {
        connection
            .execute_batch("CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, document TEXT)")
            .unwrap();
        let mut statement = connection.prepare("INSERT INTO bare VALUES (?, ?)").unwrap();
        let document = detection(1, users).to_string();
        b.iter(|| statement.execute((SystemRng.hex64(), &document)).unwrap());
    });
    group.finish();
}

fn users() -> u64 {
    (rows() / 1000).max(1)
}

fn store(c: &mut Criterion) {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    // A tenant of its own, so that a server that is used again is not in the way.
    let tenant = TenantId(SystemRng.uuid());
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bench.db").display().to_string();
    let mut engines = vec![("SQLite", format!("sqlite://{path}"))];
    if let Ok(url) = std::env::var("RISKGATE_TEST_POSTGRES_URL") {
        engines.push(("PostgreSQL", url));
    }
    for (engine, url) in engines {
        let store = runtime.block_on(open(&url)).unwrap();
        runtime.block_on(fill(&*store, tenant, rows(), users()));
        reads(c, &runtime, engine, &store, tenant);
        if engine == "SQLite" {
            bare(c, &path, tenant);
        }
        commits(c, &runtime, engine, &store, tenant);
    }
}

criterion_group!(benches, store);
criterion_main!(benches);
