use std::fmt::Write as _;

use crate::metrics::Interval;

/// A Markdown table in the making.
pub(super) struct Table {
    text: String,
}

impl Table {
    pub(super) fn new(columns: &[&str]) -> Self {
        let mut table = Self { text: String::new() };
        table.row(columns.iter().map(|column| (*column).to_owned()));
        let rule = columns.iter().enumerate().map(|(index, _)| if index == 0 { "---" } else { "---:" });
        table.text.push('|');
        for cell in rule {
            let _ = write!(table.text, "{cell}|");
        }
        table.text.push('\n');
        table
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.text.push('|');
        for cell in cells {
            let _ = write!(self.text, " {cell} |");
        }
        self.text.push('\n');
    }

    pub(super) fn finish(mut self) -> String {
        self.text.push('\n');
        self.text
    }
}

/// A share as per cent with enough digits.
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        value if !value.is_finite() => "–".to_owned(),
        value if value != 0.0 && value.abs() < 0.1 => format!("{value:.3} %"),
        value if value.abs() < 10.0 => format!("{value:.2} %"),
        value => format!("{value:.1} %"),
    }
}

/// A number with three digits behind the point.
pub(super) fn three(value: f64) -> String {
    if value.is_finite() { format!("{value:.3}") } else { "–".to_owned() }
}

/// An area under a curve: four digits, because the last ones matter near 1.
pub(super) fn four(value: f64) -> String {
    if value.is_finite() { format!("{value:.4}") } else { "–".to_owned() }
}

/// An interval in brackets.
pub(super) fn interval(of: Interval, with: impl Fn(f64) -> String) -> String {
    format!("[{} … {}]", with(of.low), with(of.high))
}
