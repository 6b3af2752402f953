//! How fast a recording is judged, from text to scores, and in how much memory: `cargo bench -p riskgate-replay`. The
//! recording is made up, in the proportions of the public data set: 45 of 100 rows are of names that do not exist, 40 of
//! sign-ins that succeeded, and there are seven rows for each user and 0.8 addresses. `REPLAY_ROWS` changes its length.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark tells the time, to people")]

use std::fmt::Write as _;
use std::io::Read;
use std::time::Instant;

use riskgate_core::Timestamp;
use riskgate_replay::{Format, Replay, read};
use riskgate_risk::RiskConfig;

const HEADING: &str = "index,Login Timestamp,User ID,Round-Trip Time [ms],IP Address,Country,Region,City,ASN,\
    User Agent String,Browser Name and Version,OS Name and Version,Device Type,Login Successful,Is Attack IP,\
    Is Account Takeover\n";

fn main() {
    let rows = std::env::var("REPLAY_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000);
    let mut replay = Replay::new(RiskConfig::default());
    let (begun, before) = (Instant::now(), busy().unwrap_or_default());
    let (mut judged, mut scores) = (0_u64, 0.0);
    for sign_in in read(Format::RbaCsv, Recording::new(rows)) {
        let sign_in = sign_in.unwrap_or_else(|error| panic!("{error}"));
        scores += replay.judge(&sign_in).score;
        judged += 1;
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!("{judged} sign-ins, {} users, sum of scores {scores:.3}", replay.users());
    let busy = busy().map_or(seconds, |after| after - before);
    println!(
        "{:.0} sign-ins a minute of a core, in {busy:.1} s of its time and {seconds:.1} s by the clock",
        judged as f64 * 60.0 / busy
    );
    println!("making them up, which a file would not, takes {:.1} s of that", making(rows));
    if let Some(peak) = peak() {
        println!(
            "{:.0} MiB of memory at most, {:.0} bytes a user",
            peak / 1_048_576.0,
            peak / replay.users() as f64
        );
    }
}

/// How long the recording alone takes, which a file would not.
fn making(rows: u64) -> f64 {
    let begun = Instant::now();
    let mut recording = Recording::new(rows);
    let _ = std::io::copy(&mut recording, &mut std::io::sink());
    begun.elapsed().as_secs_f64()
}

/// Seconds of a core this thread has had, where the system tells: others may be using the machine.
fn busy() -> Option<f64> {
    let times = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    times.split_ascii_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

/// Highest resident memory, where the system tells.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_ascii_whitespace().nth(1)?.parse::<f64>().ok().map(|kibibytes| kibibytes * 1_024.0)
}

/// Text that is made when it is read, so that its length costs no memory.
struct Recording {
    rows: u64,
    next: u64,
    state: u64,
    text: Vec<u8>,
    given: usize,
}

impl Recording {
    fn new(rows: u64) -> Self {
        Self { rows, next: 0, state: 0x9E37_79B9_7F4A_7C15, text: HEADING.into(), given: 0 }
    }

    /// The next number of a fixed sequence (xorshift64).
    fn random(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }

    fn row(&mut self) {
        let index = self.next;
        self.next += 1;
        // The product of two uniform shares: some users are there all the time, most a few times.
        let share = |random: u64| (random >> 11) as f64 / (1_u64 << 53) as f64;
        let users = self.rows as f64 / 4.5;
        let user = (share(self.random()) * share(self.random()) * users) as u64;
        let random = self.random();
        let is_nobody = random % 100 < 45;
        let seconds = 1_580_000_000 + (index * 34_000_000 / self.rows.max(1)) as i64;
        let at = Timestamp::from_seconds(seconds).without_zone().replace('T', " ");
        // Everybody has a provider, and addresses of its pool that change now and then.
        let provider = 1_000 + user % 300;
        let pool = (self.rows / 9).max(1);
        let address = 0x0B00_0000 + (user * 7_919 + (random >> 20) % 3 * 104_729) % pool;
        let address = std::net::Ipv4Addr::from(u32::try_from(address).unwrap_or(u32::MAX));
        let (browser, version) =
            (["Chrome", "Firefox", "Safari"][(user % 3) as usize], 70 + index * 13 / self.rows.max(1));
        let success = if !is_nobody && (random >> 8) % 100 < 73 { "True" } else { "False" };
        let user = if is_nobody { -4_324_475_583_306_591_935 } else { user as i64 };
        let mut text = String::new();
        let _ = writeln!(
            text,
            "{index},{at}.123,{user},,{address},NO,-,-,{provider},\"Mozilla/5.0 (Windows NT 10.0; Win64; x64) \
             AppleWebKit/537.36 (KHTML, like Gecko) {browser}/{version}.0.1\",{browser} {version}.0.1,Windows 10,desktop,\
             {success},False,False"
        );
        self.text = text.into_bytes();
        self.given = 0;
    }
}

impl Read for Recording {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.given == self.text.len() {
            if self.next == self.rows {
                return Ok(0);
            }
            self.row();
        }
        let left = &self.text[self.given..];
        let length = left.len().min(buffer.len());
        buffer[..length].copy_from_slice(&left[..length]);
        self.given += length;
        Ok(length)
    }
}
