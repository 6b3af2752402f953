use std::collections::{HashMap, VecDeque};

use crate::event::Outcome;

use super::{Attempt, Judgement, Scorer, address_key};

/// Fixed thresholds as security products ship them. One source: within an hour fifteen failures on five users from one
/// address. Many sources: within a quarter of an hour twenty-five failures of the whole organisation, on eight users, from
/// five addresses.
#[derive(Debug, Default)]
pub struct SprayRules {
    by_address: HashMap<u64, VecDeque<(i64, u32, u64)>>,
    all: VecDeque<(i64, u32, u64)>,
}

const HOUR: i64 = 3_600;
const QUARTER: i64 = 900;

fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> usize {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values.len()
}

impl SprayRules {
    fn is_one_source(&self, address: u64, at: i64) -> bool {
        let Some(failures) = self.by_address.get(&address) else { return false };
        let recent = || failures.iter().filter(|failure| failure.0 > at - HOUR);
        recent().count() >= 15 && distinct(recent().map(|failure| failure.1)) >= 5
    }

    fn is_distributed(&self, at: i64) -> bool {
        let recent = || self.all.iter().filter(|failure| failure.0 > at - QUARTER);
        recent().count() >= 25
            && distinct(recent().map(|failure| failure.1)) >= 8
            && distinct(recent().map(|failure| failure.2)) >= 5
    }
}

impl Scorer for SprayRules {
    fn name(&self) -> &'static str {
        "fixed spray thresholds"
    }

    fn judge(&self, attempt: &Attempt<'_>) -> Judgement {
        let at = attempt.facts.at.as_seconds();
        let is_spray =
            self.is_one_source(address_key(attempt.facts.network.ip_address), at) || self.is_distributed(at);
        Judgement { score: f64::from(u8::from(is_spray)), is_spray, ..Judgement::default() }
    }

    fn observe(&mut self, attempt: &Attempt<'_>, _: bool) {
        if attempt.outcome == Outcome::Success {
            return;
        }
        let address = address_key(attempt.facts.network.ip_address);
        let failure = (attempt.facts.at.as_seconds(), attempt.user, address);
        for (window, length) in
            [(self.by_address.entry(address).or_default(), HOUR), (&mut self.all, QUARTER)]
        {
            window.push_back(failure);
            // More than a few hundred failures say no more than a few hundred.
            while window.len() > 400 || window.front().is_some_and(|oldest| oldest.0 <= failure.0 - length) {
                window.pop_front();
            }
        }
    }
}
