//! How many Argon2id hashes this machine makes a second on all processors and nothing else: the yardstick of password
//! sign-ins. Arguments: seconds, memory in KiB, passes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};

#[allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement reads the clock and prints"
)]
fn main() {
    let mut arguments = std::env::args().skip(1).filter_map(|text| text.parse::<u32>().ok());
    let seconds = arguments.next().unwrap_or(5);
    let params = Params::new(arguments.next().unwrap_or(19_456), arguments.next().unwrap_or(2), 1, None);
    let Ok(params) = params else { return };
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let (hashes, started) = (AtomicU64::new(0), Instant::now());
    let until = started + Duration::from_secs(u64::from(seconds));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                let mut out = [0; 32];
                while Instant::now() < until {
                    if argon2.hash_password_into(b"Contoso1234", b"0123456789abcdef", &mut out).is_ok() {
                        hashes.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    println!("{:.1}", hashes.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64());
}
