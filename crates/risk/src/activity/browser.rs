use std::collections::BTreeSet;

use riskgate_core::Timestamp;

use super::Attempt;
use super::tally::{DAY, seconds};
use super::users::hash;
use crate::BrowserUse;

/// Users of one browser that are told apart.
const MAX_USERS: usize = 16;

/// Who signed in with one browser within a day, and from which countries.
#[derive(Debug, Default)]
pub(super) struct BrowserWindow {
    /// User, country, second; newest last.
    uses: Vec<(u64, Option<String>, u32)>,
}

impl BrowserWindow {
    pub(super) fn record(&mut self, attempt: &Attempt<'_>, country: Option<&str>) {
        let (user, at) = (hash(attempt.user), seconds(attempt.at));
        self.uses.retain(|(other, from, then)| {
            at.saturating_sub(*then) <= DAY && !(*other == user && from.as_deref() == country)
        });
        if self.uses.len() >= MAX_USERS {
            self.uses.remove(0);
        }
        self.uses.push((user, country.map(str::to_owned), at));
    }

    pub(super) fn facts(&self, at: Timestamp) -> BrowserUse {
        let after = seconds(at).saturating_sub(DAY);
        let lately = || self.uses.iter().filter(|(_, _, then)| *then >= after);
        let users: BTreeSet<_> = lately().map(|(user, ..)| user).collect();
        let countries: BTreeSet<_> = lately().filter_map(|(_, country, _)| country.as_deref()).collect();
        BrowserUse {
            users: u32::try_from(users.len()).unwrap_or(u32::MAX),
            countries: u32::try_from(countries.len()).unwrap_or(u32::MAX),
        }
    }
}
