use crate::event::Attacker;
use crate::metrics::{Counts, challenges};
use crate::study::Stratum;

use super::asking::CAUGHT;
use super::collect::{PASSIVE, REFERENCE};
use super::table::{Table, percent};
use super::{Bar, Data};

/// A difference that counts, so that a single sign-in does not decide.
const MARGIN: f64 = 0.001;

/// Challenges of kinds of people, and the worst of them.
pub(super) fn section(data: &Data, bars: &mut Vec<Bar>) -> String {
    let mut text = String::from("## Who is asked\n\n");
    text += "Share of honest sign-ins of each kind of people that are challenged at the thresholds above (98 % caught over \
             all), Riskgate passive / reference; in brackets the share of attempts on these people that Riskgate catches.\n\n";
    let header: Vec<_> =
        std::iter::once("").chain(Attacker::PROBES.iter().map(|attacker| attacker.name())).collect();
    let mut table = Table::new(&header);
    let mut worse = Vec::new();
    let mut worst = (0.0, String::new());
    for stratum in Stratum::ALL {
        let mut cells = vec![stratum.name().to_owned()];
        for attacker in Attacker::PROBES {
            let of = |column| challenges(&data.study, column, attacker, CAUGHT, stratum);
            let (ours, reference) = (of(PASSIVE), of(REFERENCE));
            let shares = (ours.challenge_share(None), reference.challenge_share(None));
            if shares.0 > shares.1 + MARGIN {
                let words = format!("{} for {}", stratum.name(), attacker.name());
                worse.push((shares.0 - shares.1, words, shares));
            }
            if shares.0 > worst.0 {
                worst = (shares.0, format!("{} for {}", stratum.name(), attacker.name()));
            }
            let caught = percent(ours.caught_share(None));
            cells.push(format!("{} / {} ({caught})", percent(shares.0), percent(shares.1)));
        }
        table.row(cells);
    }
    text += &table.finish();
    text += &by_size(data);
    text += &format!("Worst of all: {}, {}.\n\n", worst.1, percent(worst.0));
    bars.push(Bar::new(
        "no kind of people challenged more than with the reference, passive (margin 0.1 points)",
        in_words(worse.clone()),
        worse.is_empty(),
    ));
    text
}

/// The same by size of the organisation.
fn by_size(data: &Data) -> String {
    let mut text = String::from("By size of the organisation:\n\n");
    let header: Vec<_> =
        std::iter::once("people").chain(Attacker::PROBES.iter().map(|attacker| attacker.name())).collect();
    let mut table = Table::new(&header);
    let mut sizes: Vec<usize> = data.study.tenants.iter().map(|tenant| tenant.people.len()).collect();
    sizes.sort_unstable();
    sizes.dedup();
    for size in sizes {
        let weights: Vec<f64> = data
            .study
            .tenants
            .iter()
            .flat_map(|tenant| tenant.people.iter().map(|_| f64::from(u8::from(tenant.people.len() == size))))
            .collect();
        let cells = Attacker::PROBES.iter().map(|attacker| {
            let of = |column| challenges(&data.study, column, *attacker, CAUGHT, Stratum::Everyone);
            let [ours, reference] = [PASSIVE, REFERENCE].map(of);
            let share = |counts: &Counts| percent(counts.challenge_share(Some(&weights)));
            format!(
                "{} / {} ({})",
                share(&ours),
                share(&reference),
                percent(ours.caught_share(Some(&weights)))
            )
        });
        table.row(std::iter::once(size.to_string()).chain(cells));
    }
    text += &table.finish();
    text
}

/// What is worse: difference, where, both shares.
type Worse = (f64, String, (f64, f64));

/// How many are worse, and the three worst.
fn in_words(mut worse: Vec<Worse>) -> String {
    if worse.is_empty() {
        return "none is".to_owned();
    }
    worse.sort_by(|left, right| right.0.total_cmp(&left.0));
    let words =
        |(_, name, shares): &Worse| format!("{name} ({} against {})", percent(shares.0), percent(shares.1));
    let worst: Vec<String> = worse.iter().take(3).map(words).collect();
    let cases = Stratum::ALL.len() * Attacker::PROBES.len();
    format!("{} of {cases} are, most of all {}", worse.len(), worst.join(", "))
}
