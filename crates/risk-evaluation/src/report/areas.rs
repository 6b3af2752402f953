use crate::event::Attacker;
use crate::metrics::{Area, Number, area};
use crate::study::Stratum;

use super::collect::{BASELINES, PASSIVE, REFERENCE};
use super::table::{Table, four, interval};
use super::{Bar, Data};

/// Areas under the curves, in all and inside activity strata.
pub(super) fn section(data: &Data, bars: &mut Vec<Bar>) -> String {
    let mut text = String::from("## How well attempts are told from honest sign-ins\n\n");
    text += "Area under the curve: the probability that an attempt ranks above an honest sign-in of the same organisation. \
             Intervals of 95 % over people.\n\n";
    let all = measure(data, false);
    text += &table(data, &all);
    text += "Partial area, of the 2 % strictest challenges alone (1 is all attempts caught there):\n\n";
    text += &table(data, &measure(data, true));
    text += &against_baselines(data, &all, bars);
    text += &inside_strata(data, bars);
    text
}

/// Areas of each scorer (first index) and attacker.
fn measure(data: &Data, is_partial: bool) -> Vec<Vec<Area>> {
    let of = |column, attacker| area(&data.study, column, attacker, Stratum::Everyone, is_partial);
    let attackers = |column| Attacker::PROBES.iter().map(|attacker| of(column, *attacker)).collect();
    (0..BASELINES.end).map(attackers).collect()
}

fn table(data: &Data, all: &[Vec<Area>]) -> String {
    let numbers: Vec<Number<'_>> = all
        .iter()
        .flatten()
        .map(|area| -> Number<'_> { Box::new(|weights| area.weighted(weights)) })
        .collect();
    let intervals = data.bootstrap.intervals(&numbers);
    let header: Vec<_> =
        std::iter::once("").chain(Attacker::PROBES.iter().map(|attacker| attacker.name())).collect();
    let mut table = Table::new(&header);
    for (column, areas) in all.iter().enumerate() {
        let cells = areas.iter().enumerate().map(|(attacker, area)| {
            let of = intervals[column * Attacker::PROBES.len() + attacker];
            format!("{} {}", four(area.value()), interval(of, four))
        });
        table.row(std::iter::once(data.study.names()[column].to_owned()).chain(cells));
    }
    table.finish()
}

fn best(all: &[Vec<Area>], attacker: usize) -> usize {
    let value = |column: usize| all[column][attacker].value();
    BASELINES.max_by(|left, right| value(*left).total_cmp(&value(*right))).unwrap_or(REFERENCE)
}

fn against_baselines(data: &Data, all: &[Vec<Area>], bars: &mut Vec<Bar>) -> String {
    let bests: Vec<usize> = (0..Attacker::PROBES.len()).map(|attacker| best(all, attacker)).collect();
    let numbers: Vec<Number<'_>> = bests
        .iter()
        .enumerate()
        .map(|(attacker, best)| -> Number<'_> {
            let (ours, theirs) = (&all[PASSIVE][attacker], &all[*best][attacker]);
            Box::new(|weights| ours.weighted(weights) - theirs.weighted(weights))
        })
        .collect();
    let intervals = data.bootstrap.intervals(&numbers);
    let mut table = Table::new(&["", "best baseline", "its area", "Riskgate, passive, has more"]);
    for (index, attacker) in Attacker::PROBES.iter().enumerate() {
        let (ours, theirs) = (all[PASSIVE][index].value(), all[bests[index]][index].value());
        let name = data.study.names()[bests[index]];
        table.row([
            attacker.name().to_owned(),
            name.to_owned(),
            four(theirs),
            format!("{} {}", four(ours - theirs), interval(intervals[index], four)),
        ]);
        bars.push(Bar::new(
            format!("{}: area under the curve above every baseline, passive", attacker.name()),
            format!("{} against {} ({name})", four(ours), four(theirs)),
            ours > theirs,
        ));
    }
    table.finish()
}

fn in_words(lost: &[String]) -> String {
    let some = lost.iter().take(4).cloned().collect::<Vec<_>>().join(", ");
    format!("not in {} of 24 cases, among them {some}", lost.len())
}

/// So that no gain comes from merely flagging those who sign in rarely.
fn inside_strata(data: &Data, bars: &mut Vec<Bar>) -> String {
    let mut text = String::from(
        "The same inside groups of like activity (passive against the best baseline there):\n\n",
    );
    let header: Vec<_> =
        std::iter::once("").chain(Attacker::PROBES.iter().map(|attacker| attacker.name())).collect();
    let mut table = Table::new(&header);
    let mut lost = Vec::new();
    for stratum in Stratum::ACTIVITY {
        let cells: Vec<String> = Attacker::PROBES
            .iter()
            .map(|attacker| {
                let value = |column| area(&data.study, column, *attacker, stratum, false).value();
                let (ours, theirs) = (value(PASSIVE), BASELINES.map(value).fold(f64::NEG_INFINITY, f64::max));
                if ours <= theirs {
                    lost.push(format!("{} {}", stratum.name(), attacker.name()));
                }
                format!("{} / {}", four(ours), four(theirs))
            })
            .collect();
        table.row(std::iter::once(stratum.name().to_owned()).chain(cells));
    }
    text += &table.finish();
    let measured = if lost.is_empty() { "in all 24 cases".to_owned() } else { in_words(&lost) };
    bars.push(Bar::new(
        "area above every baseline inside each group of activity, passive",
        measured,
        lost.is_empty(),
    ));
    text
}
