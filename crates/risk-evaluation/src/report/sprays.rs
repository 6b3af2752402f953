use crate::event::Attacker;
use crate::metrics::{Spray, poisoning, replays, spray, travel_alarms};

use super::collect::{COOKIE, PASSIVE, REFERENCE, SPRAY_RULES};
use super::table::{Table, percent};
use super::{Bar, Data};

fn middle(values: &[f64]) -> f64 {
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// How sprays are noticed, against fixed thresholds.
pub(super) fn section(data: &Data, bars: &mut Vec<Bar>) -> String {
    let mut text = String::from("## Sprays\n\n");
    text += "An alarm is what the detection would say of the attempt if its password were right. Right passwords before the \
             first alarm are raised behind it. Precision is over sign-ins (user and event).\n\n";
    let mut table = Table::new(&[
        "",
        "campaigns noticed",
        "precision",
        "attempts to alarm",
        "seconds to alarm",
        "within 60 s / 5 min",
        "hits called at once / before alarm / all",
        "false alarms per 10,000 sign-ins",
    ]);
    for (attacker, least, seconds) in
        [(Attacker::SpraySingle, 0.99, 60.0), (Attacker::SprayDistributed, 0.95, 300.0)]
    {
        for column in [PASSIVE, SPRAY_RULES] {
            let of = spray(&data.study, column, attacker);
            table.row(row(&of, attacker, data.study.names()[column]));
            if column == PASSIVE {
                bars.push(bar(&of, attacker, least, seconds));
            }
        }
    }
    text + &table.finish()
}

fn row(of: &Spray, attacker: Attacker, name: &str) -> [String; 8] {
    [
        format!("{}: {name}", attacker.name()),
        format!("{} of {}", of.noticed, of.campaigns),
        percent(of.precision()),
        format!("{:.0}", middle(&of.attempts)),
        format!("{:.0}", middle(&of.seconds)),
        format!("{} / {}", percent(of.within(60.0)), percent(of.within(300.0))),
        format!("{} / {} / {}", of.hits_noticed, of.hits_before, of.hits),
        format!("{:.2}", of.false_alarms as f64 / of.honest.max(1) as f64 * 1e4),
    ]
}

fn bar(of: &Spray, attacker: Attacker, least: f64, seconds: f64) -> Bar {
    let (recall, precision, within) = (of.recall(), of.precision(), of.within(seconds));
    Bar::new(
        format!("{}: recall ≥ {least} at precision ≥ .98 within {seconds:.0} s", attacker.name()),
        format!(
            "{} noticed, {} of them in time; precision {}",
            percent(recall),
            percent(within),
            percent(precision)
        ),
        within >= least && precision >= 0.98,
    )
}

/// Stolen sessions, against honest ones that are used from elsewhere.
fn sessions(data: &Data) -> String {
    let mut text = String::from("## Sessions used again\n\n");
    text += "Every third honest sign-in is also judged as if it were the next use of the session in the same browser, every \
             replayed token as the next use of the session it belongs to. Share of replays that are caught when 0.1 % or 1 % of \
             honest uses may be challenged (thresholds from the first half; in brackets from another network owner alone):\n\n";
    let mut table = Table::new(&["", "at 0.1 %", "challenged", "at 1 %", "challenged"]);
    for column in [PASSIVE, COOKIE, REFERENCE] {
        let cells = [0.001, 0.01].map(|rate| {
            let of = replays(&data.study, column, rate);
            [format!("{} ({})", percent(of.caught), percent(of.caught_elsewhere)), percent(of.challenged)]
        });
        table.row(std::iter::once(data.study.names()[column].to_owned()).chain(cells.into_iter().flatten()));
    }
    text + &table.finish()
}

/// Alarms about journeys, and attackers who are patient.
pub(super) fn journeys(data: &Data, bars: &mut Vec<Bar>) -> String {
    let mut text = String::from("## Journeys\n\n");
    text += "Honest sign-ins whose journey is doubted, and attempts of naive attackers whose is.\n\n";
    let mut table = Table::new(&["", "false alarms per 10,000 sign-ins", "naive attempts doubted"]);
    // Travel only stands behind the reference, its variant, the address and the country rule.
    for column in [PASSIVE, COOKIE, REFERENCE + 4] {
        let alarms = travel_alarms(&data.study, column);
        let rate = alarms.false_alarms as f64 / alarms.honest.max(1) as f64;
        let caught = alarms.caught as f64 / alarms.naive.max(1) as f64;
        table.row([data.study.names()[column].to_owned(), format!("{:.2}", rate * 1e4), percent(caught)]);
        if column == PASSIVE {
            bars.push(Bar::new(
                "travel: at most one false alarm in 10,000 honest sign-ins",
                format!("{:.2} in 10,000; {} of naive attempts doubted", rate * 1e4, percent(caught)),
                rate <= 1e-4 && alarms.caught > 0,
            ));
        }
    }
    text += &table.finish();
    text += &sessions(data);
    text += "## Patient attackers\n\n";
    text += "Who knows a password signs in from the same server once a day, sixty times. Share of his first and last ten \
             attempts that are challenged when 2 % of honest sign-ins are:\n\n";
    let mut table = Table::new(&["", "first ten", "last ten", "campaigns"]);
    for column in [PASSIVE, COOKIE, REFERENCE, REFERENCE + 2] {
        let of = poisoning(&data.study, column, 0.02);
        table.row([
            data.study.names()[column].to_owned(),
            percent(of.at_first),
            percent(of.at_last),
            of.campaigns.to_string(),
        ]);
    }
    text + &table.finish()
}
