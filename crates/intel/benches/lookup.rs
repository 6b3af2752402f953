//! A lookup in 60,000 ranges beside the cheapest thing that could answer at all: one `HashMap::get` by whole address.
//! And what a sign-in asks: every built-in source about one address.

use std::collections::HashMap;
use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use ipnet::{IpNet, Ipv4Net};
use riskgate_core::{ManualClock, Rng, SeededRng, Timestamp};
use riskgate_intel::parse::ListEntry;
use riskgate_intel::{FeedSettings, Feeds, PrefixTable};
use riskgate_ports::Intel;

fn ranges(rng: &SeededRng) -> Vec<IpNet> {
    (0..60_000)
        .map(|_| {
            let mut random = [0; 5];
            rng.fill(&mut random);
            let [a, b, c, d, length] = random;
            IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), 20 + length % 13)).trunc()
        })
        .collect()
}

fn addresses(rng: &SeededRng) -> Vec<IpAddr> {
    (0..4_096)
        .map(|_| {
            let mut random = [0; 4];
            rng.fill(&mut random);
            IpAddr::from(random)
        })
        .collect()
}

fn lookup(criterion: &mut Criterion) {
    let rng = SeededRng::new(1);
    let ranges = ranges(&rng);
    let addresses = addresses(&rng);
    let table =
        PrefixTable::new(ranges.iter().map(|network| ListEntry { network: *network, last_seen: None }));
    let yardstick: HashMap<IpAddr, usize> =
        ranges.iter().enumerate().map(|(index, network)| (network.addr(), index)).collect();
    let (feeds, _) =
        Feeds::load(FeedSettings::default(), Arc::new(ManualClock::new(Timestamp::from_seconds(0))));
    let at = Timestamp::from_seconds(1_795_392_000);

    let mut group = criterion.benchmark_group("address");
    let mut next = addresses.iter().cycle();
    group.bench_function("hash map get (yardstick)", |bencher| {
        bencher.iter(|| yardstick.get(black_box(next.next().unwrap())));
    });
    group.bench_function("prefix table of 60,000", |bencher| {
        bencher.iter(|| table.find(*black_box(next.next().unwrap())));
    });
    group.bench_function("all facts from the built-in sources", |bencher| {
        bencher.iter(|| feeds.network(*black_box(next.next().unwrap()), at));
    });
    group.finish();
}

criterion_group!(benches, lookup);
criterion_main!(benches);
