//! What a decision costs: 10, 200 and 1,000 policies, asked about sign-ins of an organization of 100,000 users in 5,000
//! groups; and what the compiled set costs in time and memory. The budget is a median of 20 µs at 200 policies.

#![allow(missing_docs, unreachable_pub, reason = "criterion's macros")]
#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]

mod population;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use riskgate_access::{PolicySet, evaluate};
use riskgate_model::{AnyNamedLocation, AuthenticationStrengthPolicy, ConditionalAccessPolicy, RiskLevel};

const SIZES: [usize; 3] = [10, 200, 1_000];
/// How many users the sign-ins are drawn from the population.
const DRAWN: usize = 1_000;
/// How many sets are held at once to see the memory of one.
const HELD: usize = 32;

struct Tenant {
    policies: Vec<ConditionalAccessPolicy>,
    locations: Vec<AnyNamedLocation>,
    strengths: Vec<AuthenticationStrengthPolicy>,
}

impl Tenant {
    fn new(size: usize) -> Self {
        Self {
            policies: (0..size).map(population::policy).collect(),
            locations: population::locations(),
            strengths: population::strengths(),
        }
    }

    fn compile(&self) -> PolicySet {
        PolicySet::new(&self.policies, &self.locations, &self.strengths)
    }
}

/// Runs `work` as often as criterion wants and keeps the time of every single run.
fn measure(criterion: &mut Criterion, name: &str, mut work: impl FnMut(usize)) {
    let mut times = Vec::new();
    criterion.bench_function(name, |bencher| {
        bencher.iter_custom(|runs| {
            (0..runs)
                .map(|run| {
                    let started = Instant::now();
                    work(usize::try_from(run).unwrap_or_default());
                    let taken = started.elapsed();
                    times.push(taken);
                    taken
                })
                .sum::<Duration>()
        });
    });
    if times.is_empty() {
        return;
    }
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    println!("{name}: median {:?}, 99th percentile {:?}, {} runs", at(50), at(99), times.len());
}

/// Memory of the process in KiB, where the system tells (Linux).
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn print_memory(tenant: &Tenant) {
    let before = resident();
    let held: Vec<_> = (0..HELD).map(|_| tenant.compile()).collect();
    if let (Some(before), Some(after)) = (before, resident()) {
        let each = after.saturating_sub(before) / HELD;
        println!("memory of a set of {} policies: {each} KiB", tenant.policies.len());
    }
    drop(black_box(held));
}

fn bench(criterion: &mut Criterion) {
    let facts: Vec<_> = (0..DRAWN).map(population::facts).collect();
    for size in SIZES {
        let tenant = Tenant::new(size);
        print_memory(&tenant);
        measure(criterion, &format!("compile {size} policies"), |_| {
            black_box(tenant.compile());
        });
        let set = tenant.compile();
        measure(criterion, &format!("evaluate {size} policies"), |run| {
            let facts = &facts[run % facts.len()];
            black_box(evaluate(black_box(facts), black_box(RiskLevel::None), black_box(&set)));
        });
    }
}

criterion_group!(benches, bench);
criterion_main!(benches);
