use std::collections::BTreeMap;

use crate::event::{Attacker, Label};
use crate::study::{Study, Tenant};

/// How sprays are noticed.
#[derive(Debug, Clone, Default)]
pub struct Spray {
    /// Campaigns.
    pub campaigns: usize,
    /// Those that raised an alarm at any of their attempts.
    pub noticed: usize,
    /// Attempts from the first to the first alarm, for each campaign that was noticed.
    pub attempts: Vec<f64>,
    /// Seconds from the first attempt to the first alarm.
    pub seconds: Vec<f64>,
    /// Right passwords in all campaigns.
    pub hits: usize,
    /// Right passwords that were called spray at once.
    pub hits_noticed: usize,
    /// Right passwords before the first alarm: they are raised afterwards.
    pub hits_before: usize,
    /// Honest sign-ins that were called spray.
    pub false_alarms: usize,
    /// Honest sign-ins.
    pub honest: usize,
}

impl Spray {
    /// Share of campaigns that were noticed.
    pub fn recall(&self) -> f64 {
        self.noticed as f64 / self.campaigns.max(1) as f64
    }

    /// Of the sign-ins that were called spray, or raised to it after the first alarm, the share that was one.
    pub fn precision(&self) -> f64 {
        let right = self.hits_noticed + self.hits_before;
        if right + self.false_alarms == 0 {
            f64::NAN
        } else {
            right as f64 / (right + self.false_alarms) as f64
        }
    }

    /// Share of the campaigns whose first alarm came within so many seconds.
    pub fn within(&self, seconds: f64) -> f64 {
        self.seconds.iter().filter(|latency| **latency <= seconds).count() as f64
            / self.campaigns.max(1) as f64
    }

    fn add(&mut self, tenant: &Tenant, column: usize, attacker: Attacker) {
        let judgements = &tenant.judged.columns[column].judgements;
        let mut campaigns: BTreeMap<u32, Vec<(i64, bool, bool)>> = BTreeMap::new();
        for (row, judgement) in tenant.judged.rows.iter().zip(judgements) {
            if row.label == Label::Attack(attacker) {
                let attempts = campaigns.entry(row.campaign).or_default();
                attempts.push((row.at, row.is_success, judgement.is_spray));
            } else if row.label == Label::Honest && row.is_success {
                self.honest += 1;
                self.false_alarms += usize::from(judgement.is_spray);
            }
        }
        for attempts in campaigns.values() {
            self.campaigns += 1;
            let alarm = attempts.iter().position(|(_, _, is_spray)| *is_spray);
            let hits = || attempts.iter().enumerate().filter(|(_, (_, is_hit, _))| *is_hit);
            self.hits += hits().count();
            self.hits_noticed += hits().filter(|(_, (_, _, is_spray))| *is_spray).count();
            let (Some(alarm), Some(first)) = (alarm, attempts.first()) else { continue };
            self.noticed += 1;
            self.attempts.push(alarm as f64 + 1.0);
            self.seconds.push((attempts[alarm].0 - first.0) as f64);
            self.hits_before += hits().filter(|(index, _)| *index < alarm).count();
        }
    }
}

/// How the sprays of one kind are noticed by a scorer, over the whole time: nothing is set on the first half here.
pub fn spray(study: &Study, column: usize, attacker: Attacker) -> Spray {
    let mut spray = Spray::default();
    for tenant in &study.tenants {
        spray.add(tenant, column, attacker);
    }
    spray.attempts.sort_by(f64::total_cmp);
    spray.seconds.sort_by(f64::total_cmp);
    spray
}
