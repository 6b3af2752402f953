//! One decision end to end on SQLite in a file, without the password hash, beside what it cannot do without: a commit of
//! one row on the same store, and the two pure functions. The budget is 2 ms at the 99th percentile.
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    reason = "criterion's macros; the tests use more of the support"
)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a benchmark fails by panicking")]
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark reads the clock and prints")]

use std::future::Future;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use riskgate_access::{PolicySet, evaluate};
use riskgate_core::Rng;
use riskgate_model::{AnyNamedLocation, ConditionalAccessPolicy, RiskDetection};
use riskgate_protection::SignInKind;
use riskgate_risk::{RiskConfig, assess};
use riskgate_store::Batch;
use tokio::runtime::{Builder, Runtime};

#[path = "../tests/protection/support.rs"]
mod support;

use support::{HOME, TOR, World};

/// Median and 99th percentile of everything that was measured under a name.
struct Measured {
    name: &'static str,
    samples: Vec<Duration>,
}

impl Measured {
    fn at(&mut self, part: f64) -> Duration {
        self.samples.sort_unstable();
        self.samples[((self.samples.len() - 1) as f64 * part) as usize]
    }
}

/// Measures every single run, so that percentiles can be told.
fn measure<F: Future<Output = ()>>(
    criterion: &mut Criterion,
    runtime: &Runtime,
    name: &'static str,
    mut run: impl FnMut() -> F,
) -> Measured {
    let mut samples = Vec::new();
    criterion.bench_function(name, |bencher| {
        bencher.iter_custom(|times| {
            let mut total = Duration::ZERO;
            for _ in 0..times {
                let run = run();
                let start = Instant::now();
                runtime.block_on(run);
                let took = start.elapsed();
                samples.push(took);
                total += took;
            }
            total
        });
    });
    Measured { name, samples }
}

async fn commit_one_row(it: &World, like: &RiskDetection) {
    let mut batch = Batch::new(it.tenant);
    batch.insert(&RiskDetection { id: it.rng.hex64(), ..like.clone() }).unwrap();
    it.store.commit(batch).await.unwrap();
}

async fn judge(it: &World, kind: SignInKind, address: &str) {
    black_box(it.protection.judge(&it.attempt(kind, address)).await.unwrap());
}

fn bench(criterion: &mut Criterion) {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", directory.path().join("bench.db").display());
    let it = runtime.block_on(async {
        let it = World::open(&url).await;
        it.register_authenticator().await;
        it.add_risk_policy("mfa").await;
        it
    });
    let (like, facts, policies) = runtime.block_on(async {
        let judged = it.sign_in(TOR).await;
        let policies = it.all::<ConditionalAccessPolicy>().await;
        let set = PolicySet::new(&policies, &Vec::<AnyNamedLocation>::new());
        let facts = it.record(&judged.sign_in_id).await.evidence.facts;
        // Not the user's own: these rows only take place.
        let like = RiskDetection { user_id: None, ..it.detection(&judged.sign_in_id).await };
        (like, facts, set)
    });
    let config = RiskConfig::default();
    let mut commit = measure(criterion, &runtime, "commit of one row", || commit_one_row(&it, &like));
    let mut all = vec![
        measure(criterion, &runtime, "assess and evaluate alone", || async {
            let assessment =
                assess(black_box(&facts), policies.is_trusted(facts.network.ip_address), &config);
            black_box(evaluate(&facts, assessment.sign_in_level, &policies));
        }),
        measure(criterion, &runtime, "clean sign-in", || judge(&it, SignInKind::Interactive, HOME)),
        measure(criterion, &runtime, "sign-in from Tor", || judge(&it, SignInKind::Interactive, TOR)),
        measure(criterion, &runtime, "clean refresh", || judge(&it, SignInKind::Refresh, HOME)),
    ];
    let yardstick = commit.at(0.5);
    println!("commit of one row: median {yardstick:?}, p99 {:?}", commit.at(0.99));
    for measured in &mut all {
        let (median, p99) = (measured.at(0.5), measured.at(0.99));
        let ratio = median.as_secs_f64() / yardstick.as_secs_f64();
        println!("{}: median {median:?} = {ratio:.2} commits, p99 {p99:?}", measured.name);
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
