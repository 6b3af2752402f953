use std::collections::BTreeMap;

use crate::event::{Attacker, Label};
use crate::study::Study;

/// How a patient attacker fares who signs in again and again.
#[derive(Debug, Clone, Copy)]
pub struct Poisoning {
    /// Share of his first ten attempts that are challenged.
    pub at_first: f64,
    /// Share of his last ten.
    pub at_last: f64,
    /// Campaigns.
    pub campaigns: usize,
}

/// How poisoners fare when so large a share of honest sign-ins may be challenged.
pub fn poisoning(study: &Study, column: usize, rate: f64) -> Poisoning {
    let (mut first, mut last, mut campaigns) = (Vec::new(), Vec::new(), 0);
    for tenant in &study.tenants {
        let threshold = tenant.honest_threshold(column, rate);
        let mut attempts: BTreeMap<u32, Vec<bool>> = BTreeMap::new();
        for (row, rank) in tenant.rows(column) {
            if row.label == Label::Attack(Attacker::Poisoner) {
                attempts.entry(row.campaign).or_default().push(rank >= threshold);
            }
        }
        campaigns += attempts.len();
        for caught in attempts.values() {
            first.extend(caught.iter().take(10).copied());
            last.extend(caught.iter().rev().take(10).copied());
        }
    }
    let share = |caught: &[bool]| {
        caught.iter().filter(|is_caught| **is_caught).count() as f64 / caught.len().max(1) as f64
    };
    Poisoning { at_first: share(&first), at_last: share(&last), campaigns }
}
