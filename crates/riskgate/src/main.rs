//! The command line of Riskgate, and the only place that knows every crate.
//!
//! * `cli` defines what can be typed, `commands/` does it, one file per command.
//! * `config` reads the configuration file and the environment; `data_dir` knows the files beside the database.
//! * `wiring/` builds the parts from configuration and data directory, `initialise` makes a tenant, `server` and
//!   `background` run them.
//!
//! To add a command: 1. define its arguments in `cli`; 2. write `commands/<name>.rs` with an `async fn run`; 3. name it in
//! [`commands::run`]; 4. drive the built program in `tests/commands.rs`, mistakes included.

mod background;
mod cli;
mod commands;
mod config;
mod data_dir;
mod initialise;
mod logging;
mod print;
mod progress;
mod server;
mod whole_file;
mod wiring;

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match start(cli) {
        Ok(code) => code,
        Err(error) => {
            // If even this cannot be written there is nobody left to tell.
            let _ = writeln!(std::io::stderr(), "riskgate: {}", report(&error));
            ExitCode::FAILURE
        }
    }
}

fn start(cli: cli::Cli) -> anyhow::Result<ExitCode> {
    // Fails only if a provider is installed already, and this is the first thing that happens.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.context("the program cannot start its threads")?;
    runtime.block_on(commands::run(cli.command))
}

/// An error with its causes, on one line. Some errors say themselves what caused them; it is not said twice.
fn report(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |text, cause| {
        if text.is_empty() {
            cause
        } else if text.contains(&cause) {
            text
        } else {
            format!("{text}: {cause}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_reported_with_its_causes_each_once() {
        let error = anyhow::anyhow!("no space left")
            .context("a.pem cannot be written: no space left")
            .context("init failed");
        assert_eq!(report(&error), "init failed: a.pem cannot be written: no space left");
    }
}
