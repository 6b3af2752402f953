use crate::event::Attacker;
use crate::metrics::{Counts, caught_at_rate, challenges};
use crate::study::Stratum;

use super::collect::{BASELINES, COOKIE, PASSIVE, REFERENCE};
use super::comparing;
use super::table::{Table, percent};
use super::{Bar, Data};

/// The share of attempts that must be caught for the comparison.
pub(super) const CAUGHT: f64 = 0.98;

/// Counts of each scorer (first index) and attacker.
pub(super) type All = Vec<Vec<Counts>>;

/// How many honest sign-ins are challenged when nearly all attempts are caught, and the other way round.
pub(super) fn section(data: &Data, bars: &mut Vec<Bar>) -> String {
    let all: All = (0..BASELINES.end)
        .map(|column| {
            let of = |attacker| challenges(&data.study, column, attacker, CAUGHT, Stratum::Everyone);
            Attacker::PROBES.iter().map(|attacker| of(*attacker)).collect()
        })
        .collect();
    let mut text = String::from("## Challenges when 98 of 100 attempts are caught\n\n");
    text += "Share of honest sign-ins that are challenged, in brackets the mean over people. Thresholds were set so that \
             98 % of the attempts of the first half are caught; these are the sign-ins of the second half.\n\n";
    text += &table(data, &all, |counts| {
        format!("{} ({})", percent(counts.challenge_share(None)), percent(counts.mean_over_people()))
    });
    text += "Attempts of the second half that these thresholds catch:\n\n";
    text += &table(data, &all, |counts| percent(counts.caught_share(None)));
    text += &comparing::section(data, &all, bars);
    text += &fixed_rates(data);
    text
}

fn header() -> Vec<&'static str> {
    std::iter::once("").chain(Attacker::PROBES.iter().map(|attacker| attacker.name())).collect()
}

fn table(data: &Data, all: &All, cell: impl Fn(&Counts) -> String) -> String {
    let mut table = Table::new(&header());
    for (name, counts) in data.study.names().iter().zip(all) {
        table.row(std::iter::once((*name).to_owned()).chain(counts.iter().map(&cell)));
    }
    table.finish()
}

fn fixed_rates(data: &Data) -> String {
    let mut text = String::from(
        "Share of attempts that are caught when 1, 2, 5 and 10 % of honest sign-ins may be challenged (thresholds from the \
         first half):\n\n",
    );
    let mut table = Table::new(&header());
    for column in [PASSIVE, COOKIE, REFERENCE, REFERENCE + 1, REFERENCE + 2] {
        let cells = Attacker::PROBES.iter().map(|attacker| {
            let caught =
                |rate| caught_at_rate(&data.study, column, *attacker, rate).caught_share(None) * 100.0;
            let rates = [0.01, 0.02, 0.05, 0.1].map(|rate| format!("{:.0}", caught(rate)));
            rates.join(" / ") + " %"
        });
        table.row(std::iter::once(data.study.names()[column].to_owned()).chain(cells));
    }
    text += &table.finish();
    text
}
