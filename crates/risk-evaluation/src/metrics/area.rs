use crate::event::{Attacker, Label};
use crate::study::{Stratum, Study, Tenant};

/// Honest sign-ins beyond this share are not looked at for the partial area.
const PARTIAL: f64 = 0.02;

/// The area under the curve of caught attempts over challenged sign-ins, with what a bootstrap over people needs: to
/// first order (Hájek) it is a sum of contributions of people.
#[derive(Debug, Clone)]
pub struct Area {
    /// Attempts on each person.
    attacks: Vec<f64>,
    /// Sum over them of the share of honest sign-ins that is less risky.
    below: Vec<f64>,
    /// Honest sign-ins of each person.
    honest: Vec<f64>,
    /// Sum over them of the share of attempts that is more risky, each sign-in of an organisation weighted so that
    /// organisations count as they do in the first sum.
    above: Vec<f64>,
}

impl Area {
    fn new(people: usize) -> Self {
        let none = || vec![0.0; people];
        Self { attacks: none(), below: none(), honest: none(), above: none() }
    }

    /// The area: the probability that an attempt is held to be more risky than an honest sign-in of the same organisation.
    pub fn value(&self) -> f64 {
        self.below.iter().sum::<f64>() / self.attacks.iter().sum::<f64>()
    }

    /// The area if each person were drawn so often.
    pub fn weighted(&self, weights: &[f64]) -> f64 {
        let sum =
            |values: &[f64]| values.iter().zip(weights).map(|(value, weight)| value * weight).sum::<f64>();
        sum(&self.below) / sum(&self.attacks) + sum(&self.above) / sum(&self.honest) - self.value()
    }

    fn add(&mut self, offset: usize, tenant: &Tenant, column: usize, question: &Question) {
        let is_member: Vec<bool> =
            tenant.people.iter().map(|person| question.stratum.holds(person)).collect();
        let rows: Vec<(usize, bool)> = tenant
            .by_risk(column)
            .filter(|row| is_member.get(row.user as usize) == Some(&true))
            .filter_map(|row| match row.label {
                Label::Honest => Some((offset + row.user as usize, false)),
                Label::Attack(kind) if kind == question.attacker => Some((offset + row.user as usize, true)),
                Label::Attack(_) => None,
            })
            .collect();
        let attacks = rows.iter().filter(|(_, is_attack)| *is_attack).count() as f64;
        let honest = rows.len() as f64 - attacks;
        let least = if question.is_partial { 1.0 - PARTIAL } else { 0.0 };
        let (mut honest_before, mut attacks_before) = (0.0, 0.0);
        for (person, is_attack) in rows {
            let share_below = honest_before / honest;
            if is_attack {
                self.attacks[person] += 1.0;
                self.below[person] += ((share_below - least) / (1.0 - least)).max(0.0);
                attacks_before += 1.0;
            } else {
                self.honest[person] += attacks / honest;
                let is_in = share_below >= least;
                let above = if is_in { (attacks - attacks_before) / attacks / (1.0 - least) } else { 0.0 };
                self.above[person] += above * attacks / honest;
                honest_before += 1.0;
            }
        }
    }
}

struct Question {
    attacker: Attacker,
    stratum: Stratum,
    is_partial: bool,
}

/// The area for one attacker among people of one kind; the partial one looks at the strictest 2 % of challenges alone and
/// is 1 when every attempt is caught there.
pub fn area(study: &Study, column: usize, attacker: Attacker, stratum: Stratum, is_partial: bool) -> Area {
    let mut area = Area::new(study.people());
    let question = Question { attacker, stratum, is_partial };
    for (offset, tenant) in study.with_offsets() {
        area.add(offset, tenant, column, &question);
    }
    area
}
