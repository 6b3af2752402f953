use crate::event::{Attacker, Label};
use crate::study::{Stratum, Study, Tenant};

/// Sign-ins of each person, and how many of them are challenged; attempts of the attacker likewise.
#[derive(Debug, Clone)]
pub struct Counts {
    /// Honest sign-ins of each person.
    pub honest: Vec<f64>,
    /// Those that are challenged.
    pub challenged: Vec<f64>,
    /// Attempts on each person.
    pub attacks: Vec<f64>,
    /// Those that are challenged.
    pub caught: Vec<f64>,
}

fn share(part: &[f64], whole: &[f64], weights: Option<&[f64]>) -> f64 {
    let sum = |values: &[f64]| match weights {
        Some(weights) => values.iter().zip(weights).map(|(value, weight)| value * weight).sum::<f64>(),
        None => values.iter().sum(),
    };
    let all = sum(whole);
    if all == 0.0 { 0.0 } else { sum(part) / all }
}

impl Counts {
    fn new(people: usize) -> Self {
        let none = || vec![0.0; people];
        Self { honest: none(), challenged: none(), attacks: none(), caught: none() }
    }

    /// Share of honest sign-ins that are challenged; with weights, as often as each person is drawn.
    pub fn challenge_share(&self, weights: Option<&[f64]>) -> f64 {
        share(&self.challenged, &self.honest, weights)
    }

    /// The same share for each person, in the mean over people.
    pub fn mean_over_people(&self) -> f64 {
        let people = self.honest.iter().zip(&self.challenged).filter(|(all, _)| **all > 0.0);
        let (sum, count) =
            people.fold((0.0, 0.0), |(sum, count), (all, challenged)| (sum + challenged / all, count + 1.0));
        if count == 0.0 { 0.0 } else { sum / count }
    }

    /// Share of the attacker's attempts that are challenged.
    pub fn caught_share(&self, weights: Option<&[f64]>) -> f64 {
        share(&self.caught, &self.attacks, weights)
    }
}

/// Who is challenged when so large a share of the attempts of an attacker must be. Looks at the sign-ins with at least
/// `history` earlier ones, of people of one kind.
fn count(
    study: &Study,
    column: usize,
    attacker: Attacker,
    stratum: Stratum,
    least_history: u32,
    threshold: impl Fn(&Tenant) -> u32,
) -> Counts {
    let mut counts = Counts::new(study.people());
    for (offset, tenant) in study.with_offsets() {
        let threshold = threshold(tenant);
        let is_member: Vec<bool> = tenant.people.iter().map(|person| stratum.holds(person)).collect();
        for (row, rank) in tenant.rows(column) {
            let counts_here = row.is_second_half
                && row.is_success
                && row.history >= least_history
                && is_member.get(row.user as usize) == Some(&true);
            if !counts_here {
                continue;
            }
            let (all, challenged) = match row.label {
                Label::Honest => (&mut counts.honest, &mut counts.challenged),
                Label::Attack(kind) if kind == attacker => (&mut counts.attacks, &mut counts.caught),
                Label::Attack(_) => continue,
            };
            let person = offset + row.user as usize;
            all[person] += 1.0;
            challenged[person] += f64::from(u8::from(rank >= threshold));
        }
    }
    counts
}

/// Who is challenged when so large a share of the attempts of an attacker must be, among people of one kind.
pub fn challenges(study: &Study, column: usize, attacker: Attacker, caught: f64, stratum: Stratum) -> Counts {
    count(study, column, attacker, stratum, 0, |tenant| tenant.threshold(column, attacker, caught))
}

/// The same with thresholds set on the second half itself, so that every scorer catches exactly as much.
pub fn challenges_with_hindsight(study: &Study, column: usize, attacker: Attacker, caught: f64) -> Counts {
    let threshold = |tenant: &Tenant| tenant.hindsight_threshold(column, attacker, caught);
    count(study, column, attacker, Stratum::Everyone, 0, threshold)
}

/// What an attacker's attempts meet when so large a share of people's first `history` sign-ins may be challenged.
pub fn caught_at_beginners_rate(
    study: &Study,
    column: usize,
    attacker: Attacker,
    history: u32,
    rate: f64,
) -> Counts {
    let threshold = |tenant: &Tenant| tenant.beginners_threshold(column, history, rate);
    count(study, column, attacker, Stratum::Everyone, 0, threshold)
}

/// Who is challenged after more than ten sign-ins when so large a share of naive and of VPN attackers must be.
pub fn steady_state(study: &Study, column: usize, caught: f64) -> Counts {
    count(study, column, Attacker::Vpn, Stratum::Everyone, 11, |tenant| {
        let of = |attacker| tenant.threshold(column, attacker, caught);
        of(Attacker::Naive).min(of(Attacker::Vpn))
    })
}

/// What an attacker's attempts meet when so large a share of honest sign-ins may be challenged.
pub fn caught_at_rate(study: &Study, column: usize, attacker: Attacker, rate: f64) -> Counts {
    count(study, column, attacker, Stratum::Everyone, 0, |tenant| tenant.honest_threshold(column, rate))
}

/// Sign-ins from one challenge to the next, in the median over people with at least twenty of them; infinite when most
/// are never challenged.
pub fn between_challenges(counts: &Counts) -> f64 {
    let people = counts.honest.iter().zip(&counts.challenged).filter(|(all, _)| **all >= 20.0);
    let mut gaps: Vec<f64> = people.map(|(all, challenged)| all / challenged).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(f64::NAN)
}
