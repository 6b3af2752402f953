//! What the endpoints cost beside the bare signature that a token cannot do without. Before criterion's own measuring, the
//! ratios to that yardstick are taken in turns, so that other work on the machine weighs on both sides alike.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement reads the clock and prints"
)]

#[allow(dead_code, unused_imports, reason = "the benchmarks use less of it than the tests")]
#[path = "../tests/oauth/common/mod.rs"]
mod common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use common::{World, app_id};
use criterion::{Criterion, criterion_group, criterion_main};
use http::StatusCode;
use tokio::runtime::Runtime;

const ROUNDS: usize = 20;
const EACH: u32 = 50;

struct Bench {
    runtime: Runtime,
    world: World,
    client: [(&'static str, String); 4],
    token: String,
    key: KeyPair,
}

impl Bench {
    /// A server on a store in a file, as it is run.
    fn new(directory: &std::path::Path) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let url = format!("sqlite://{}", directory.join("riskgate.db").display());
        let (world, client, token) = runtime.block_on(async {
            let world = World::at(&url).await;
            let app = world.application(&["IdentityRiskEvent.Read.All", "Policy.Read.All"], &[]).await;
            let client = [
                ("client_id", app_id(&app).to_owned()),
                ("client_secret", world.secret(app_id(&app)).await),
                ("grant_type", "client_credentials".to_owned()),
                ("scope", "https://graph.microsoft.com/.default".to_owned()),
            ];
            let form = client.each_ref().map(|(name, value)| (*name, value.as_str()));
            let token = world.token(&form).await.json()["access_token"].as_str().expect("a token").to_owned();
            (world, client, token)
        });
        let key = KeyPair::generate(KeySize::Rsa2048).expect("a key");
        Self { runtime, world, client, token, key }
    }

    fn sign(&self) {
        let mut signature = vec![0; self.key.public_modulus_len()];
        let message = [7; 700];
        let signed =
            self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), black_box(&message), &mut signature);
        signed.expect("a signature");
    }

    fn client_credentials(&self) {
        let form = self.client.each_ref().map(|(name, value)| (*name, value.as_str()));
        let answer = self.runtime.block_on(self.world.token(&form));
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    }

    fn introspect(&self) {
        let [id, secret, ..] = self.client.each_ref().map(|(name, value)| (*name, value.as_str()));
        let answer =
            self.runtime.block_on(self.world.endpoint("introspect", &[id, secret, ("token", &self.token)]));
        assert!(answer.text.contains("\"active\":true"), "{answer:?}");
    }
}

fn time(work: impl Fn()) -> Duration {
    let started = Instant::now();
    (0..EACH).for_each(|_| work());
    started.elapsed() / EACH
}

/// The median of what each round says.
fn median(rounds: impl Iterator<Item = f64>) -> f64 {
    let mut rounds: Vec<f64> = rounds.collect();
    rounds.sort_by(f64::total_cmp);
    rounds[rounds.len() / 2]
}

fn ratios(bench: &Bench) {
    let rounds: Vec<_> = (0..ROUNDS)
        .map(|_| {
            [time(|| bench.sign()), time(|| bench.client_credentials()), time(|| bench.introspect())]
                .map(|took| took.as_secs_f64())
        })
        .collect();
    let of = |which: usize| median(rounds.iter().map(|round| round[which] / round[0]));
    println!(
        "yardstick, bare RSA-2048 signature: {:.1} us",
        1e6 * median(rounds.iter().map(|round| round[0]))
    );
    println!("client credentials, answered: {:.2} x the yardstick", of(1));
    println!("introspection of an application's token, answered: {:.2} x the yardstick", of(2));
}

fn endpoints(criterion: &mut Criterion) {
    let directory = tempfile::tempdir().expect("a directory");
    let bench = Bench::new(directory.path());
    ratios(&bench);
    criterion.bench_function("yardstick: bare RSA-2048 signature", |bencher| bencher.iter(|| bench.sign()));
    criterion.bench_function("client credentials", |bencher| bencher.iter(|| bench.client_credentials()));
    criterion.bench_function("introspection", |bencher| bencher.iter(|| bench.introspect()));
}

criterion_group!(benches, endpoints);
criterion_main!(benches);
