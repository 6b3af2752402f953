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

use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use riskgate_access::{PolicySet, evaluate};
use riskgate_core::Rng;
use riskgate_model::{AnyNamedLocation, ConditionalAccessPolicy, RiskDetection, ServicePrincipal};
use riskgate_protection::{SignInKind, Workload};
use riskgate_risk::{RiskConfig, RiskContext, assess};
use riskgate_store::Batch;
use tokio::runtime::Builder;

#[path = "../tests/protection/support.rs"]
mod support;

use support::{HOME, TOR, World};

/// Rounds of the comparison.
const ROUNDS: usize = 500;

fn timed(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn at(samples: &mut [Duration], part: f64) -> Duration {
    samples.sort_unstable();
    samples[((samples.len() - 1) as f64 * part) as usize]
}

/// Runs each in turn, so that a disk that is slow for a while is slow for all, and prints ratios to the first.
fn compare(runs: &[(&str, &dyn Fn())]) {
    let mut samples = vec![Vec::with_capacity(ROUNDS); runs.len()];
    for _ in 0..ROUNDS {
        for ((_, run), samples) in runs.iter().zip(&mut samples) {
            samples.push(timed(run));
        }
    }
    let yardstick = at(&mut samples[0], 0.5);
    for ((name, _), samples) in runs.iter().zip(&mut samples) {
        let (median, p99) = (at(samples, 0.5), at(samples, 0.99));
        let ratio = median.as_secs_f64() / yardstick.as_secs_f64();
        println!("{name}: median {median:?}, p99 {p99:?}, {ratio:.3} x {}", runs[0].0);
    }
}

async fn commit_one_row(it: &World, like: &RiskDetection) {
    let mut batch = Batch::new(it.tenant);
    batch.insert(&RiskDetection { id: it.rng.hex64(), ..like.clone() }).unwrap();
    it.store.commit(batch).await.unwrap();
}

async fn judge(it: &World, kind: SignInKind, address: &str) {
    black_box(it.protection.judge(&it.attempt(kind, address)).await.unwrap());
}

/// What a token of an application costs more since policies can be about it: reading the number of the policies in force
/// and one decision in memory.
async fn judge_workload(it: &World, principal: &ServicePrincipal) {
    let workload = Workload {
        service_principal: principal,
        client_app_id: "7f3c0d7a-66b6-4e0c-9a37-2c1f5b0d9e11",
        resource_app_id: "00000003-0000-0000-c000-000000000000",
        authentication_contexts: BTreeSet::new(),
        address: HOME.parse().unwrap(),
        correlation_id: "8b1a2c34-1111-4222-8333-444455556666",
    };
    black_box(it.protection.judge_workload(&workload).await.unwrap());
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
        let set = PolicySet::new(&policies, &Vec::<AnyNamedLocation>::new(), []);
        let facts = it.record(&judged.sign_in_id).await.evidence.facts;
        // Not the user's own: these rows only take place.
        let like = RiskDetection { user_id: None, ..it.detection(&judged.sign_in_id).await };
        (like, facts, set)
    });
    let config = RiskConfig::default();
    let pure = || {
        let assessment = assess(black_box(&facts), &RiskContext::default(), &config);
        black_box(evaluate(&facts, assessment.sign_in_level, &policies));
    };
    let run = |kind, address| runtime.block_on(judge(&it, kind, address));
    let principal =
        ServicePrincipal { id: "1c9f0b9e-7b1f-4f6b-8d52-0a5f4b1e2d33".to_owned(), ..Default::default() };
    let runs: [(&str, &dyn Fn()); 6] = [
        ("commit of one row", &|| runtime.block_on(commit_one_row(&it, &like))),
        ("assess and evaluate alone", &pure),
        ("clean sign-in", &|| run(SignInKind::Interactive, HOME)),
        ("sign-in from Tor", &|| run(SignInKind::Interactive, TOR)),
        ("clean refresh", &|| run(SignInKind::Refresh, HOME)),
        ("token of an application", &|| runtime.block_on(judge_workload(&it, &principal))),
    ];
    for (name, run) in runs {
        criterion.bench_function(name, |bencher| bencher.iter(run));
    }
    compare(&runs);
}

criterion_group!(benches, bench);
criterion_main!(benches);
