//! What a token costs beside the bare signature it cannot do without.

use std::hint::black_box;
use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use riskgate_core::{SystemClock, SystemRng};
use riskgate_keystore::MasterKey;
use riskgate_tokens::{AppTokenRequest, TokenService};
use tokio::runtime::Runtime;

async fn service() -> TokenService {
    let store = riskgate_store_sql::open("sqlite::memory:").await.expect("a store in memory opens");
    let rng = Arc::new(SystemRng);
    let seal = Arc::new(MasterKey::ephemeral(rng.clone()));
    let tenant = "6d3f2a54-4c0a-4f43-9d9f-0f2d43c0a001".parse().expect("a tenant identifier");
    TokenService::new(store, seal, Arc::new(SystemClock), rng, tenant, "https://localhost:8443")
}

fn tokens(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let service = runtime.block_on(service());
    let roles = ["IdentityRiskEvent.Read.All", "Policy.Read.All"].map(str::to_owned);
    let request = AppTokenRequest {
        app_id: "7f3c0d7a-66b6-4e0c-9a37-2c1f5b0d9e11",
        service_principal_id: "1c9f0b9e-7b1f-4f6b-8d52-0a5f4b1e2d33",
        audience: "https://graph.microsoft.com",
        roles: &roles,
        claims: None,
        dpop_key: None,
    };
    let issue = || runtime.block_on(service.issue_app_access_token(request)).expect("a token").token;

    let key = KeyPair::generate(KeySize::Rsa2048).expect("a key");
    let mut signature = vec![0; key.public_modulus_len()];
    criterion.bench_function("yardstick: bare RSA-2048 signature", |bencher| {
        let message = [7; 700];
        bencher
            .iter(|| key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), black_box(&message), &mut signature));
    });
    criterion.bench_function("issue_app_access_token", |bencher| bencher.iter(issue));

    let verify = |token: &str| runtime.block_on(service.verify_access_token(token, |_| true)).expect("good");
    criterion.bench_function("verify_access_token, seen for the first time", |bencher| {
        bencher.iter_batched(issue, |token| verify(&token), BatchSize::SmallInput);
    });
    let token = issue();
    criterion.bench_function("verify_access_token, seen before", |bencher| {
        bencher.iter(|| verify(black_box(&token)));
    });
}

criterion_group!(benches, tokens);
criterion_main!(benches);
