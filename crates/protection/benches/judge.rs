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
use riskgate_core::{Clock, Rng};
use riskgate_model::{
    AnyNamedLocation, ConditionalAccessPolicy, RiskDetection, ServicePrincipal, SignInFacts,
};
use riskgate_protection::{SignInKind, Workload};
use riskgate_risk::{RiskConfig, RiskContext, UserHistory, assess};
use riskgate_store::Batch;
use riskgate_store::records::SignInHistory;
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
        credential: riskgate_risk::CredentialKind::Secret,
        address: HOME.parse().unwrap(),
        user_agent: Some("backup/1.2"),
        correlation_id: "8b1a2c34-1111-4222-8333-444455556666",
    };
    black_box(it.protection.judge_workload(&workload).await.unwrap());
}

/// A first factor that was wrong, at one of many addresses.
async fn count_failure(it: &World) {
    let [_, a, b, c] = it.rng.uuid().as_fields().0.to_be_bytes();
    let attempt = it.attempt(SignInKind::Interactive, &format!("10.{a}.{b}.{c}"));
    it.protection.count_failure(&attempt, true).await.unwrap();
}

/// Users whose histories are read into memory.
const USERS: usize = 5_000;

/// Stores histories of people with two browsers and some addresses, and prints what each takes in memory.
async fn measure_population(it: &World, facts: &SignInFacts) {
    for user in 0..USERS {
        let mut history = UserHistory::default();
        for day in 0..40_u64 {
            let mut facts = facts.clone();
            facts.at = facts.at + Duration::from_secs(day * 86_400 + (user as u64 % 10) * 3_600);
            let address = if day % 5 == 0 {
                format!("10.9.{}.{day}", user % 250)
            } else {
                format!("10.1.{}.7", user % 250)
            };
            facts.network.ip_address = address.parse().unwrap();
            facts.client.browser = Some(format!("Firefox {}", 140 + day / 28));
            facts.client.device_cookie_id = Some(format!("{user:030x}{:02x}", day % 2));
            history.learn(&facts);
        }
        let (id, history) = (it.rng.guid(), serde_json::to_value(&history).unwrap());
        it.insert(&SignInHistory { id, history, changed_date_time: it.clock.now() }).await;
    }
    let before = resident();
    let took = Instant::now();
    it.protection.follow_histories().await.unwrap();
    let (took, each) = (took.elapsed(), (resident() - before) / USERS);
    println!("population: {USERS} histories read in {took:?}, {each} bytes of memory each");
}

/// Resident memory in bytes.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok());
    pages.unwrap_or_default() * 4096
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
    runtime.block_on(measure_population(&it, &facts));
    let runs: [(&str, &dyn Fn()); 9] = [
        ("commit of one row", &|| runtime.block_on(commit_one_row(&it, &like))),
        ("assess and evaluate alone", &pure),
        ("clean sign-in", &|| run(SignInKind::Interactive, HOME)),
        ("clean session used again: the same without learning", &|| run(SignInKind::SessionReuse, HOME)),
        ("wrong first factor counted", &|| runtime.block_on(count_failure(&it))),
        ("nothing new to follow", &|| runtime.block_on(it.protection.follow_sign_ins()).unwrap()),
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
