//! What the pool costs beside the hash itself. `verify/pool` over `verify/bare argon2` is the ratio of one verification;
//! the pair in `saturated` is the same with every processor busy, which is what bounds password sign-ins per second.
#![allow(missing_docs, reason = "the macros of criterion define functions without any")]

use std::hint::black_box;
use std::sync::Arc;

use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, Version};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use riskgate_authentication::{Argon2Cost, PasswordHasher};
use riskgate_core::SystemRng;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

const PASSWORD: &str = "Contoso1234";

/// The library alone, at the cost the product has by default.
fn bare() -> Argon2<'static> {
    let Argon2Cost { memory_kib, passes } = Argon2Cost::default();
    let params = Params::new(memory_kib, passes, 1, None).unwrap();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn bare_verify(argon2: &Argon2<'_>, stored: &str) -> bool {
    let hash = PasswordHash::new(stored).unwrap();
    argon2.verify_password(black_box(PASSWORD.as_bytes()), &hash).is_ok()
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn one(c: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let (argon2, hasher) =
        (bare(), PasswordHasher::new(Argon2Cost::default(), processors(), Arc::new(SystemRng)).unwrap());
    let stored = runtime.block_on(hasher.hash(PASSWORD.into())).unwrap();
    let mut group = c.benchmark_group("verify");
    group.sample_size(30);
    group.bench_function("bare argon2", |b| b.iter(|| assert!(bare_verify(&argon2, &stored))));
    group.bench_function("pool", |b| {
        b.iter(|| assert!(runtime.block_on(hasher.verify(Some(&stored), PASSWORD.into())).unwrap()));
    });
    group.bench_function("pool, no account", |b| {
        b.iter(|| assert!(!runtime.block_on(hasher.verify(None, PASSWORD.into())).unwrap()));
    });
    group.finish();
}

/// Sixteen verifications for each processor, however they are spread.
fn saturated(c: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let hasher = PasswordHasher::new(Argon2Cost::default(), processors(), Arc::new(SystemRng)).unwrap();
    let stored: Arc<str> = runtime.block_on(hasher.hash(PASSWORD.into())).unwrap().into();
    let mut group = c.benchmark_group("saturated");
    group.sample_size(10).throughput(Throughput::Elements(16 * processors() as u64));
    group.bench_function("bare argon2", |b| {
        b.iter(|| {
            std::thread::scope(|scope| {
                for _ in 0..processors() {
                    scope.spawn(|| {
                        let argon2 = bare();
                        (0..16).for_each(|_| assert!(bare_verify(&argon2, &stored)));
                    });
                }
            });
        });
    });
    group.bench_function("pool", |b| {
        b.iter(|| {
            runtime.block_on(async {
                let mut tasks = JoinSet::new();
                for _ in 0..16 * processors() {
                    let (hasher, stored) = (hasher.clone(), stored.clone());
                    tasks.spawn(async move { hasher.verify(Some(&stored), PASSWORD.into()).await });
                }
                for outcome in tasks.join_all().await {
                    assert_eq!(outcome, Ok(true));
                }
            });
        });
    });
    group.finish();
}

criterion_group!(benches, one, saturated);
criterion_main!(benches);
