//! The report: runs everything, and writes tables and pictures.

mod ablation;
mod areas;
mod asking;
mod collect;
mod comparing;
mod learning;
mod levels;
mod method;
mod plots;
mod seeds;
mod sprays;
mod strata;
mod table;

use std::fmt::Write as _;

use crate::metrics::Bootstrap;
use crate::study::Study;

pub use collect::Progress;
pub use seeds::{Seeds, Simulation};

/// What the report is written from.
pub(crate) struct Data {
    seeds: Seeds,
    study: Study,
    bootstrap: Bootstrap,
}

/// A bar of the issue and whether it is met.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What is demanded.
    pub demanded: String,
    /// What was measured.
    pub measured: String,
    /// Whether that is enough.
    pub is_met: bool,
}

impl Bar {
    fn new(demanded: impl Into<String>, measured: impl Into<String>, is_met: bool) -> Self {
        Self { demanded: demanded.into(), measured: measured.into(), is_met }
    }
}

/// The finished report.
#[derive(Debug)]
pub struct Report {
    /// Markdown.
    pub text: String,
    /// Pictures: file name and SVG.
    pub pictures: Vec<(&'static str, String)>,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// Simulates, measures and writes. `progress` is told what is being done and how much of it is.
pub fn report(seeds: Seeds, progress: Progress<'_>) -> Report {
    let study = collect::collect(&seeds.simulations(), &collect::all_scorers, progress);
    let bootstrap = Bootstrap { people: study.people(), repetitions: seeds.repetitions(), seed: 42 };
    let data = Data { seeds, study, bootstrap };
    let mut bars = Vec::new();
    let mut sections = Vec::new();
    type Section = (&'static str, fn(&Data, &mut Vec<Bar>) -> String);
    let all: [Section; 9] = [
        ("challenges", asking::section),
        ("areas", areas::section),
        ("strata", strata::section),
        ("history", learning::section),
        ("steady state", learning::steady),
        ("levels", levels::section),
        ("sprays", sprays::section),
        ("journeys", sprays::journeys),
        ("calibration", method::calibration),
    ];
    for (index, (name, section)) in all.into_iter().enumerate() {
        progress(&format!("measuring {name}"), index as f64 / all.len() as f64);
        sections.push(section(&data, &mut bars));
    }
    progress("drawing", 0.0);
    let pictures = plots::all(&data);
    let ablation = ablation::section(seeds, progress);
    let text = [method::head(&data, &bars), sections.concat(), ablation, method::tail(&data)].concat();
    Report { text, pictures, bars }
}

/// The table of bars.
fn bars_table(bars: &[Bar]) -> String {
    let mut text = String::from("| bar | measured | |\n|---|---|---|\n");
    for bar in bars {
        let verdict = if bar.is_met { "met" } else { "**not met**" };
        let _ = writeln!(text, "| {} | {} | {verdict} |", bar.demanded, bar.measured);
    }
    text
}
