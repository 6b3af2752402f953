use crate::event::{Attacker, Label};
use crate::study::{Study, Tenant};

/// How much people are asked in their first sign-ins.
#[derive(Debug, Clone, Copy)]
pub struct ByHistory {
    /// How many sign-ins are looked at, after the very first.
    pub history: u32,
    /// Share that is challenged, in the median over people.
    pub median: f64,
    /// The same in the mean.
    pub mean: f64,
    /// People who have so many.
    pub people: usize,
}

/// The share of the first sign-ins after the very first one that is challenged, for several lengths of history, over the
/// people who joined in the second half: the axes of the published evaluation.
pub fn by_history(
    study: &Study,
    column: usize,
    attacker: Attacker,
    caught: f64,
    lengths: &[u32],
) -> Vec<ByHistory> {
    by_history_at(study, column, lengths, |tenant| tenant.threshold(column, attacker, caught))
}

/// The same at any thresholds.
pub fn by_history_at(
    study: &Study,
    column: usize,
    lengths: &[u32],
    threshold: impl Fn(&Tenant) -> u32,
) -> Vec<ByHistory> {
    let mut shares = vec![Vec::new(); lengths.len()];
    for tenant in &study.tenants {
        let threshold = threshold(tenant);
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let mut first: Vec<Vec<bool>> = vec![Vec::new(); tenant.people.len()];
        for (row, rank) in tenant.rows(column) {
            let own = &mut first[row.user as usize % tenant.people.len()];
            // Whoever joined earlier lacks the first ones here, and is left out.
            let is_next = row.history == own.len() as u32 + 1 && row.history <= longest;
            if row.label == Label::Honest && row.is_second_half && row.is_success && is_next {
                own.push(rank >= threshold);
            }
        }
        for (length, shares) in lengths.iter().zip(&mut shares) {
            let long_enough = first.iter().filter_map(|own| own.get(..*length as usize));
            shares.extend(long_enough.map(|own| {
                own.iter().filter(|is_challenged| **is_challenged).count() as f64 / f64::from(*length)
            }));
        }
    }
    lengths.iter().zip(shares).map(|(length, shares)| summary(*length, shares)).collect()
}

fn summary(history: u32, mut shares: Vec<f64>) -> ByHistory {
    shares.sort_by(f64::total_cmp);
    let people = shares.len();
    ByHistory {
        history,
        median: shares.get(people / 2).copied().unwrap_or(f64::NAN),
        mean: shares.iter().sum::<f64>() / people.max(1) as f64,
        people,
    }
}
