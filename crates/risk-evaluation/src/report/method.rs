use std::fmt::Write as _;

use super::collect::{COOKIE, PASSIVE};
use super::table::{Table, percent, three};
use super::{Bar, Data, bars_table};

/// Beginning of the report: what it is, and the bars.
pub(super) fn head(data: &Data, bars: &[Bar]) -> String {
    let met = bars.iter().filter(|bar| bar.is_met).count();
    format!(
        "# How well risk is judged\n\nWritten by `make risk-report` ({} seeds); every number comes from simulated \
         organisations and can be computed again to the digit. They say how Riskgate compares with other ways of judging \
         the same sign-ins, not what it will catch at your place.\n\n## What was demanded\n\n{met} of {} bars are met.\n\n\
         {}\n![Challenges over attempts caught](risk/curves.svg)\n\n",
        data.seeds.name(),
        bars.len(),
        bars_table(bars)
    )
}

/// Whether scores mean what they say.
pub(super) fn calibration(data: &Data, _: &mut Vec<Bar>) -> String {
    let mut text = String::from("## Do scores mean what they say\n\n");
    text += "A logistic curve is fitted to the scores of the first half; its predictions are compared with the second half, \
             in ten classes of equal weight (attacks and honest sign-ins count the same in all).\n\n";
    let mut table = Table::new(&["", "mean score", "predicted", "are attacks"]);
    for column in [PASSIVE, COOKIE] {
        let of = crate::metrics::calibration(&data.study, column);
        for (index, (score, predicted, attacks)) in of.classes.iter().enumerate() {
            let name = format!("{}, class {}", data.study.names()[column], index + 1);
            table.row([name, format!("{score:.2}"), percent(*predicted), percent(*attacks)]);
        }
        let error = format!("{}, expected calibration error", data.study.names()[column]);
        table.row([error, String::new(), String::new(), three(of.error)]);
    }
    text + &table.finish()
}

/// End of the report: what was simulated and how it was measured.
pub(super) fn tail(data: &Data) -> String {
    let mut text = String::from(METHOD);
    let mut table = Table::new(&["seed", "people", "days", "events", "SHA-256 of the events"]);
    for tenant in &data.study.tenants {
        table.row([
            tenant.seed.to_string(),
            tenant.people.len().to_string(),
            tenant.days.to_string(),
            tenant.events.to_string(),
            format!("`{}`", tenant.digest),
        ]);
    }
    let _ = write!(text, "{}", table.finish());
    text
}

const METHOD: &str = include_str!("method.md");
