use crate::event::Attacker;
use crate::metrics::{Interval, Number, challenges_with_hindsight};

use super::asking::{All, CAUGHT};
use super::collect::{BASELINES, PASSIVE, REFERENCE};
use super::table::{Table, interval, percent, three};
use super::{Bar, Data};

/// The passive engine against the others for one attacker.
struct Comparison {
    /// Challenges as a share of those of the reference.
    ratio: f64,
    ratio_interval: Interval,
    /// The baseline that challenges least.
    best: usize,
    ours: f64,
    theirs: f64,
    difference_interval: Interval,
}

/// The passive engine against the reference and against the best of all baselines: as it would have been, and with hindsight
/// where each catches exactly as much.
pub(super) fn section(data: &Data, all: &All, bars: &mut Vec<Bar>) -> String {
    let hindsight: All = (0..BASELINES.end)
        .map(|column| {
            let of = |attacker| challenges_with_hindsight(&data.study, column, attacker, CAUGHT);
            Attacker::PROBES.iter().map(|attacker| of(*attacker)).collect()
        })
        .collect();
    let (forward, hindsight) = (compare(data, all), compare(data, &hindsight));
    let mut text = String::from(
        "Riskgate, passive, against the reference and against the baseline that challenges least, with intervals of 95 % over \
         people drawn anew (paired). With thresholds of the first half:\n\n",
    );
    text += &table(data, &forward);
    text += "With hindsight, where every scorer catches exactly 98 % of the second half; a bar counts as met only if it holds \
             both ways, so that catching less does not pass for asking less:\n\n";
    text += &table(data, &hindsight);
    for (index, attacker) in Attacker::PROBES.iter().enumerate() {
        add_bars(data, attacker.name(), [&forward[index], &hindsight[index]], bars);
    }
    text
}

fn compare(data: &Data, all: &All) -> Vec<Comparison> {
    let bests: Vec<usize> = (0..Attacker::PROBES.len()).map(|attacker| best(all, attacker)).collect();
    let mut numbers: Vec<Number<'_>> = Vec::new();
    for (attacker, best) in bests.iter().enumerate() {
        let (ours, reference) = (&all[PASSIVE][attacker], &all[REFERENCE][attacker]);
        let baseline = &all[*best][attacker];
        numbers.push(Box::new(|weights| {
            ours.challenge_share(Some(weights)) / reference.challenge_share(Some(weights))
        }));
        numbers.push(Box::new(|weights| {
            ours.challenge_share(Some(weights)) - baseline.challenge_share(Some(weights))
        }));
    }
    let intervals = data.bootstrap.intervals(&numbers);
    let share = |column: usize, attacker: usize| all[column][attacker].challenge_share(None);
    bests
        .iter()
        .enumerate()
        .map(|(attacker, best)| Comparison {
            ratio: share(PASSIVE, attacker) / share(REFERENCE, attacker),
            ratio_interval: intervals[2 * attacker],
            best: *best,
            ours: share(PASSIVE, attacker),
            theirs: share(*best, attacker),
            difference_interval: intervals[2 * attacker + 1],
        })
        .collect()
}

/// The baseline with the fewest challenges.
fn best(all: &All, attacker: usize) -> usize {
    let share = |column: usize| all[column][attacker].challenge_share(None);
    BASELINES.min_by(|left, right| share(*left).total_cmp(&share(*right))).unwrap_or(REFERENCE)
}

fn table(data: &Data, comparisons: &[Comparison]) -> String {
    let mut table =
        Table::new(&["", "challenged", "of the reference's challenges", "best baseline", "more than it"]);
    for (attacker, of) in Attacker::PROBES.iter().zip(comparisons) {
        table.row([
            attacker.name().to_owned(),
            percent(of.ours),
            format!("{} {}", three(of.ratio), interval(of.ratio_interval, three)),
            format!("{}, {}", data.study.names()[of.best], percent(of.theirs)),
            format!("{} {}", percent(of.ours - of.theirs), interval(of.difference_interval, percent)),
        ]);
    }
    table.finish()
}

fn add_bars(data: &Data, attacker: &str, both: [&Comparison; 2], bars: &mut Vec<Bar>) {
    let ratio =
        |of: &Comparison| format!("{} of them {}", three(of.ratio), interval(of.ratio_interval, three));
    bars.push(Bar::new(
        format!("{attacker}: at most half the challenges of the reference, passive, TPR .98"),
        format!("{}; with hindsight {}", ratio(both[0]), ratio(both[1])),
        both.iter().all(|of| of.ratio <= 0.5),
    ));
    let against = |of: &Comparison| {
        format!("{} against {} ({})", percent(of.ours), percent(of.theirs), data.study.names()[of.best])
    };
    bars.push(Bar::new(
        format!("{attacker}: fewer challenges than the best baseline, passive, TPR .98"),
        format!("{}; with hindsight {}", against(both[0]), against(both[1])),
        both.iter().all(|of| of.ours < of.theirs),
    ));
}
