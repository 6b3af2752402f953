use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_odata::{Comparison, Filter};
use riskgate_risk::{Features, Population, PopulationFacts, UserHistory};
use riskgate_store::records::SignInHistory;
use riskgate_store::{Direction, Query, Record, Row, StoreError};

use crate::Protection;

/// Most users that are kept; of more, a sample is. One with 40 sign-ins took 6 KiB in a measurement.
const MAX_USERS: usize = 50_000;
/// Histories read at once.
const PAGE: u64 = 200;
/// How far back histories are looked for that changed: clocks of nodes differ, and what is written later may be committed
/// earlier.
const OVERLAP: Duration = Duration::from_secs(5);
/// After this time all histories are read again, which notices users that were deleted.
const COMPLETE_AGAIN: Duration = Duration::from_secs(24 * 60 * 60);

/// What all users of the tenant have in common, in memory. Every node has its own: it follows what it writes itself at once
/// and what others write with [`Protection::follow_histories`]. Nobody waits for it.
#[derive(Default)]
pub(crate) struct KnownPopulation(RwLock<Kept>);

#[derive(Default)]
struct Kept {
    population: Population,
    users: HashMap<Box<str>, KnownUser>,
    /// One user in 2 to this power is kept.
    halvings: u32,
    /// Histories that changed before have been read; `None` before all were.
    read_to: Option<Timestamp>,
    /// When all were read last.
    complete_at: Option<Timestamp>,
}

struct KnownUser {
    version: i64,
    /// As it was put in, without what does not count.
    history: UserHistory,
}

impl KnownPopulation {
    /// What it says about an attempt with these values.
    pub(crate) fn facts_for(&self, features: &Features, at: Timestamp) -> PopulationFacts {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut facts = kept.population.facts_for(features, at);
        facts.is_incomplete = kept.complete_at.is_none();
        if kept.halvings > 0 {
            let factor = 1_u64 << kept.halvings.min(32);
            facts.users = facts.users.saturating_mul(factor);
            facts.weight *= factor as f64;
            for spread in facts.values.values_mut() {
                spread.users = spread.users.saturating_mul(factor);
                spread.weight *= factor as f64;
            }
        }
        facts
    }

    /// Puts a history in, instead of an older one of the same user.
    pub(crate) fn put(&self, user_id: &str, version: i64, history: &UserHistory) {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let kept = &mut *kept;
        let is_known = kept.users.get(user_id).is_some_and(|known| known.version >= version);
        if is_known || !is_sampled(user_id, kept.halvings) {
            return;
        }
        let history = UserHistory { visits: Vec::new(), ..history.clone() };
        kept.population.add(&history);
        if let Some(old) = kept.users.insert(user_id.into(), KnownUser { version, history }) {
            kept.population.remove(&old.history);
        }
        while kept.users.len() > MAX_USERS {
            kept.halvings += 1;
            let halvings = kept.halvings;
            kept.retain(|user_id| is_sampled(user_id, halvings));
        }
    }

    fn is_known(&self, row: &Row) -> bool {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.users.get(&*row.id).is_some_and(|known| known.version >= row.version)
    }

    /// From which moment to read histories; `None`: all.
    fn read_from(&self, now: Timestamp) -> Option<Timestamp> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let is_due = kept.complete_at.is_none_or(|at| now.since(at) >= COMPLETE_AGAIN);
        kept.read_to.filter(|_| !is_due).map(|at| at - OVERLAP)
    }

    /// Everything until `at` was read; if it was all there is, only these users are there.
    fn was_read(&self, at: Timestamp, all: Option<&HashSet<String>>) -> usize {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        kept.read_to = Some(kept.read_to.map_or(at, |known| known.max(at)));
        if let Some(all) = all {
            kept.retain(|user_id| all.contains(user_id));
            kept.complete_at = Some(at);
        }
        kept.users.len()
    }
}

impl Kept {
    fn retain(&mut self, stays: impl Fn(&str) -> bool) {
        let population = &mut self.population;
        self.users.retain(|user_id, user| {
            let stays = stays(user_id);
            if !stays {
                population.remove(&user.history);
            }
            stays
        });
    }
}

/// Whether a user is in the sample; the same on every node.
fn is_sampled(user_id: &str, halvings: u32) -> bool {
    let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(user_id);
    hash.trailing_zeros() >= halvings
}

impl Protection {
    /// Reads the histories that changed since the last time, all of them the first time and once a day, so that the
    /// population in memory is that of the store. To be called about every second by one task.
    ///
    /// # Errors
    /// What the store fails with; the next call goes on where this one failed.
    pub async fn follow_histories(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let from = self.population.read_from(now);
        let filter = match from {
            Some(from) => Filter::compare("changedDateTime", Comparison::GreaterOrEqual, from),
            None => Filter::Constant(true),
        };
        let mut query = Query::filtered(filter, PAGE).ordered("changedDateTime", Direction::Ascending);
        let mut seen = HashSet::new();
        loop {
            let page = self.store.query(self.tenant, SignInHistory::TABLE, &query).await?;
            for row in page.items {
                self.follow(&row);
                if from.is_none() {
                    seen.insert(row.id);
                }
            }
            if from.is_none() && seen.len() % 10_000 < PAGE as usize && seen.len() >= 10_000 {
                tracing::info!(histories = seen.len(), "reading what sign-ins have taught");
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        let users = self.population.was_read(now, from.is_none().then_some(&seen));
        if from.is_none() {
            tracing::info!(histories = seen.len(), users, "what sign-ins have taught is in memory");
        }
        Ok(())
    }

    fn follow(&self, row: &Row) {
        if self.population.is_known(row) {
            return;
        }
        let history = row.document.get("history").cloned().unwrap_or_default();
        match serde_json::from_value(history) {
            Ok(history) => self.population.put(&row.id, row.version, &history),
            Err(error) => {
                tracing::error!(user = %row.id, %error, "the history of a user cannot be read and does not count");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halving_keeps_a_part_of_the_same_users() {
        let ids: Vec<_> = (0..4_000).map(|n| format!("user {n}")).collect();
        let sampled = |halvings| ids.iter().filter(move |id| is_sampled(id, halvings));
        assert_eq!(sampled(0).count(), 4_000);
        assert!((900..1_100).contains(&sampled(2).count()));
        assert!(sampled(3).all(|id| is_sampled(id, 2)));
    }

    #[test]
    fn of_too_many_users_a_sample_stands_for_all() {
        let known = KnownPopulation::default();
        let facts = riskgate_risk::detections::samples::facts_from("203.0.113.7");
        let mut history = UserHistory::default();
        history.learn(&facts);
        let users = MAX_USERS * 3;
        for n in 0..users {
            known.put(&format!("user {n}"), 1, &history);
        }
        let about = known.facts_for(&Features::of(&facts), facts.at);
        let error = (about.users as f64 / users as f64 - 1.0).abs();
        assert!(error < 0.02, "{}", about.users);
        assert!(known.0.read().unwrap().users.len() <= MAX_USERS);
        assert!(about.is_incomplete);
    }
}
