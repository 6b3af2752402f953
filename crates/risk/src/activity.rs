//! What happens at an address, in a network, with a password and in a browser just now: sliding windows with bounded memory.
//!
//! * Time is an argument. An attempt that is late counts where it belongs, one more than a day late not at all.
//! * An attempt that comes twice counts once, as long as fewer than [`MAX_RECENT_ATTEMPTS`] others lie between.
//! * At most twice the keys given to [`Activity::new`] are kept of each kind; the ones that were quiet longest make room.
//! * Up to 64 different users are counted exactly, more by linear counting over 512 slots: with a standard error of 5 % at
//!   1,000 users, and never more than 3,200.
//! * A failure is never taken back by a success: who knows one password cannot clear his own record.

mod browser;
mod keys;
mod latest;
mod recent;
mod tally;
#[cfg(test)]
mod tests;
mod users;

use riskgate_core::Timestamp;

pub use keys::ActivityKeys;
pub use recent::MAX_RECENT_ATTEMPTS;

use crate::ActivityFacts;
use browser::BrowserWindow;
use latest::Latest;
use recent::RecentAttempts;
use tally::Window;

/// The sliding windows of a tenant. They live in memory and begin empty; whoever keeps attempts gives them again.
#[derive(Debug)]
pub struct Activity {
    addresses: Latest<Window>,
    prefixes: Latest<Window>,
    networks: Latest<Window>,
    passwords: Latest<Window>,
    browsers: Latest<BrowserWindow>,
    recent: RecentAttempts,
}

/// An attempt at a first factor.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// Identifier of the attempt; the same one again is not counted.
    pub id: &'a str,
    /// When.
    pub at: Timestamp,
    /// Identifier of the user, or the name that was typed if there is no such user.
    pub user: &'a str,
    /// How it ended.
    pub outcome: FirstFactor,
}

/// How a first factor ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstFactor {
    /// It was right.
    Right,
    /// It was wrong.
    Wrong,
    /// There is no such user.
    UnknownUser,
}

impl Activity {
    /// Empty windows that keep between `max_keys` and twice as many addresses, prefixes, networks, passwords and browsers.
    pub fn new(max_keys: usize) -> Self {
        Self {
            addresses: Latest::new(max_keys),
            prefixes: Latest::new(max_keys),
            networks: Latest::new(max_keys),
            passwords: Latest::new(max_keys),
            browsers: Latest::new(max_keys),
            recent: RecentAttempts::default(),
        }
    }

    /// Counts an attempt, the one that is being judged too.
    pub fn record(&mut self, keys: &ActivityKeys, attempt: &Attempt<'_>) {
        if !self.recent.is_new(attempt.id) {
            return;
        }
        let kinds = [
            (&mut self.addresses, &keys.address),
            (&mut self.prefixes, &keys.prefix),
            (&mut self.networks, &keys.network_owner_and_program),
            (&mut self.passwords, &keys.password),
        ];
        for (windows, key) in kinds {
            if let Some(key) = key {
                windows.entry(key, attempt.at).record(attempt);
            }
        }
        if let (Some(browser), FirstFactor::Right) = (&keys.device_cookie_id, attempt.outcome) {
            self.browsers.entry(browser, attempt.at).record(attempt, keys.country.as_deref());
        }
    }

    /// What is known at this moment about these keys.
    pub fn facts_for(&self, keys: &ActivityKeys, at: Timestamp) -> ActivityFacts {
        let look = |windows: &Latest<Window>, key: &Option<String>| {
            let window = key.as_deref().and_then(|key| windows.get(key));
            window.map(|window| window.facts(at)).unwrap_or_default()
        };
        let browser = keys.device_cookie_id.as_deref().and_then(|id| self.browsers.get(id));
        ActivityFacts {
            address: look(&self.addresses, &keys.address),
            prefix: look(&self.prefixes, &keys.prefix),
            network_owner_and_program: look(&self.networks, &keys.network_owner_and_program),
            password: look(&self.passwords, &keys.password),
            browser: browser.map(|browser| browser.facts(at)).unwrap_or_default(),
        }
    }
}
