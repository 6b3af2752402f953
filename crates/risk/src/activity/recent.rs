use std::collections::{HashSet, VecDeque};

use super::users::hash;

/// Attempts whose identifiers are remembered.
pub const MAX_RECENT_ATTEMPTS: usize = 32_768;

/// The identifiers seen last.
#[derive(Debug, Default)]
pub(super) struct RecentAttempts {
    known: HashSet<u64>,
    order: VecDeque<u64>,
}

impl RecentAttempts {
    /// Whether the identifier was not seen lately; it is remembered.
    pub(super) fn is_new(&mut self, id: &str) -> bool {
        let id = hash(id);
        if !self.known.insert(id) {
            return false;
        }
        self.order.push_back(id);
        if self.order.len() > MAX_RECENT_ATTEMPTS
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        true
    }
}
