//! One sign-in assessed by every detection; the budget is a median of 20 µs.

#![allow(missing_docs, unreachable_pub, reason = "criterion's macros")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use riskgate_risk::{RiskConfig, assess, detections};

fn bench(criterion: &mut Criterion) {
    let config = RiskConfig::default();
    for sample in detections::ALL.iter().flat_map(|detection| (detection.samples)()) {
        criterion.bench_function(sample.case, |bencher| {
            bencher.iter(|| assess(black_box(&sample.facts), black_box(&sample.context), black_box(&config)));
        });
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
