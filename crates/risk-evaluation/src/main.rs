//! Writes the report on how well risk is judged: `risk-report [--seeds development|test] [--output FOLDER]`.

use std::io::{IsTerminal, Write as _};
use std::path::PathBuf;
use std::sync::Mutex;

use riskgate_core::{Clock as _, SystemClock, Timestamp};
use riskgate_risk_evaluation::report::{Seeds, report};

const USAGE: &str = "risk-report [--seeds development|test] [--output FOLDER]";

fn main() -> std::process::ExitCode {
    match run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "risk-report: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let (seeds, output) = arguments(std::env::args().skip(1))?;
    let began = SystemClock.now();
    let progress = Progress { began, last: Mutex::new(began) };
    let report = report(seeds, &|what, share| progress.show(what, share));
    let pictures = output.join("risk");
    std::fs::create_dir_all(&pictures)?;
    std::fs::write(output.join("RISK.md"), &report.text)?;
    for (name, picture) in &report.pictures {
        std::fs::write(pictures.join(name), picture)?;
    }
    let mut out = std::io::stdout();
    writeln!(out)?;
    for bar in &report.bars {
        let verdict = if bar.is_met { "met    " } else { "NOT MET" };
        writeln!(out, "{verdict} {}: {}", bar.demanded, bar.measured)?;
    }
    let seconds = SystemClock.now().since(began).as_secs();
    writeln!(out, "{} in {seconds} s", output.join("RISK.md").display())?;
    Ok(())
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<(Seeds, PathBuf), String> {
    let (mut seeds, mut output) = (Seeds::Development, PathBuf::from("artifacts/risk"));
    while let Some(name) = given.next() {
        let value = given.next().ok_or(USAGE)?;
        match (name.as_str(), value.as_str()) {
            ("--seeds", "development") => seeds = Seeds::Development,
            ("--seeds", "test") => seeds = Seeds::Test,
            ("--output", folder) => output = PathBuf::from(folder),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok((seeds, output))
}

/// One line on the terminal, or a line every ten seconds in a log.
struct Progress {
    began: Timestamp,
    last: Mutex<Timestamp>,
}

impl Progress {
    fn show(&self, what: &str, share: f64) {
        let now = SystemClock.now();
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut err = std::io::stderr();
        let pause = if err.is_terminal() { 200 } else { 10_000 };
        if now.since(*last).as_millis() < pause {
            return;
        }
        *last = now;
        let seconds = now.since(self.began).as_secs();
        let (start, end) = if err.is_terminal() { ("\r\x1b[K", "") } else { ("", "\n") };
        let _ = write!(err, "{start}{seconds:>4} s  {what} {:.0} %{end}", share * 100.0);
        let _ = err.flush();
    }
}
