use std::collections::HashMap;
use std::time::Duration;

use riskgate_core::Timestamp;

use super::tally::DAY;

/// A map that keeps the entries used last, between `max` and twice as many. Two generations: when the younger one is full, or
/// a day old, the older one is forgotten. What is used moves to the younger.
#[derive(Debug)]
pub(super) struct Latest<V> {
    max: usize,
    younger_since: Timestamp,
    younger: HashMap<String, V>,
    older: HashMap<String, V>,
}

impl<V: Default> Latest<V> {
    pub(super) fn new(max: usize) -> Self {
        Self {
            max: max.max(1),
            younger_since: Timestamp::from_micros(i64::MIN),
            younger: HashMap::new(),
            older: HashMap::new(),
        }
    }

    /// The entry of a key, a new one if there is none.
    pub(super) fn entry(&mut self, key: &str, at: Timestamp) -> &mut V {
        if !self.younger.contains_key(key) {
            let known = self.older.remove(key);
            let is_old = at.since(self.younger_since) > Duration::from_secs(u64::from(DAY));
            if self.younger.len() >= self.max || (is_old && !self.younger.is_empty()) {
                self.older = std::mem::take(&mut self.younger);
                self.younger_since = at;
            }
            if self.younger.is_empty() {
                self.younger_since = at;
            }
            self.younger.insert(key.to_owned(), known.unwrap_or_default());
        }
        self.younger.entry(key.to_owned()).or_default()
    }

    /// The entry of a key, if there is one.
    pub(super) fn get(&self, key: &str) -> Option<&V> {
        self.younger.get(key).or_else(|| self.older.get(key))
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.younger.len() + self.older.len()
    }
}
