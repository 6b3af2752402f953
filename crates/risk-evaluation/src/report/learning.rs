use crate::event::Attacker;
use crate::metrics::{
    ByHistory, between_challenges, by_history, by_history_at, caught_at_beginners_rate, challenges,
    steady_state,
};
use crate::study::{Stratum, Tenant};

use super::asking::CAUGHT;
use super::collect::{COOKIE, PASSIVE, REFERENCE};
use super::table::{Table, percent, three};
use super::{Bar, Data};

/// Lengths of history of the published evaluation.
pub(super) const LENGTHS: [u32; 5] = [4, 8, 12, 20, 39];
/// Shares of attempts caught of the published evaluation.
const SHARES: [f64; 5] = [0.97, 0.98, 0.99, 0.995, 0.999];

/// How much people are asked in their first sign-ins.
pub(super) fn section(data: &Data, bars: &mut Vec<Bar>) -> String {
    let mut text = String::from("## While people are new\n\n");
    text += "Share of the first 4, 8, 12, 20 and 39 sign-ins after the very first one that are challenged, in the median over \
             the people who joined in the second half, in brackets the mean. The axes are those of the published evaluation \
             (TOPS 2022); its numbers are of another population and must not be compared with these.\n\n![First sign-ins challenged](risk/history.svg)\n\n";
    for attacker in Attacker::PROBES {
        text += &format!("### {}\n\n", capitalised(attacker.name()));
        let mut table = Table::new(&["caught", "scorer", "4", "8", "12", "20", "39"]);
        for share in SHARES {
            for column in [PASSIVE, COOKIE, REFERENCE] {
                let cells = by_history(&data.study, column, attacker, share, &LENGTHS);
                let cells = cells.iter().map(|cell| format!("{} ({})", three(cell.median), three(cell.mean)));
                let first = [format!("{share}"), data.study.names()[column].to_owned()];
                table.row(first.into_iter().chain(cells));
            }
        }
        text += &table.finish();
    }
    let people: Vec<String> = by_history(&data.study, PASSIVE, Attacker::Naive, CAUGHT, &LENGTHS)
        .iter()
        .map(|cell| format!("{} with {}", cell.people, cell.history))
        .collect();
    text += &format!("People: {}.\n\n", people.join(", "));
    cookie_bars(data, bars);
    text
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What is demanded with the device cookie after twelve sign-ins. Thresholds are of the first half, so a point less caught in
/// the second is tolerated, and no more.
fn cookie_bars(data: &Data, bars: &mut Vec<Bar>) {
    let demands = [(Attacker::Naive, 0.06), (Attacker::Vpn, 0.08), (Attacker::Targeted, 0.12)];
    for (attacker, most) in demands {
        let measured = by_history(&data.study, COOKIE, attacker, 0.99, &[12])[0];
        let achieved = challenges(&data.study, COOKIE, attacker, 0.99, Stratum::Everyone).caught_share(None);
        bars.push(Bar::new(
            format!(
                "{}: with the device cookie at most {} of the first 12 challenged, TPR .99",
                attacker.name(),
                percent(most)
            ),
            in_words(measured, achieved),
            measured.median <= most && achieved >= 0.98,
        ));
    }
    let (attacker, most) = (Attacker::VeryTargeted, 0.17);
    let threshold = |tenant: &Tenant| tenant.beginners_threshold(COOKIE, 12, most);
    let measured = by_history_at(&data.study, COOKIE, &[12], threshold)[0];
    let achieved = caught_at_beginners_rate(&data.study, COOKIE, attacker, 12, most).caught_share(None);
    bars.push(Bar::new(
        "very targeted: with the device cookie TPR ≥ .90 where 17 % of the first 12 are challenged",
        in_words(measured, achieved),
        measured.median <= most && achieved >= 0.9,
    ));
}

fn in_words(measured: ByHistory, achieved: f64) -> String {
    let (median, mean) = (percent(measured.median), percent(measured.mean));
    format!("median {median}, mean {mean}, {} caught", percent(achieved))
}

/// What remains once people are known.
pub(super) fn steady(data: &Data, bars: &mut Vec<Bar>) -> String {
    let mut text = String::from("## Once people are known\n\n");
    text += "Sign-ins with more than ten earlier ones, at the stricter of the thresholds for 98 % of naive and of VPN \
             attackers. Between challenges: median over people with at least twenty such sign-ins.\n\n";
    let mut table =
        Table::new(&["", "challenged", "mean over people", "sign-ins between challenges", "first five"]);
    for column in [PASSIVE, COOKIE, REFERENCE] {
        let counts = steady_state(&data.study, column, CAUGHT);
        let share = counts.challenge_share(None);
        let gap = between_challenges(&counts);
        let gap = if gap.is_infinite() { "never challenged".to_owned() } else { format!("{gap:.0}") };
        let first = by_history(&data.study, column, Attacker::Vpn, CAUGHT, &[5])[0].mean * 5.0;
        table.row([
            data.study.names()[column].to_owned(),
            percent(share),
            percent(counts.mean_over_people()),
            gap,
            format!("{first:.2} challenges"),
        ]);
        if column == COOKIE {
            bars.push(Bar::new(
                "at most 2 % challenged in the steady state, with the device cookie",
                percent(share),
                share <= 0.02,
            ));
        }
    }
    text + &table.finish()
}
