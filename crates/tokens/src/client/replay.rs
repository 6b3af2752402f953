use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use riskgate_core::Timestamp;

use super::ClientAuthError;

/// Most assertions or proofs remembered, about five megabytes.
const CAPACITY: usize = 65_536;

/// Assertions, or proofs of possession, that were used, until they expire. In memory of this process only.
#[derive(Default)]
pub(crate) struct ReplayMemory(Mutex<HashMap<[u8; 32], Timestamp>>);

impl ReplayMemory {
    /// Remembers an assertion.
    ///
    /// # Errors
    /// [`ClientAuthError::AssertionReplayed`] if it is remembered already, or if there is no room for it: only signed
    /// assertions come this far, so a client that fills the memory signs more than it should.
    pub(crate) fn remember(
        &self,
        assertion: [u8; 32],
        until: Timestamp,
        now: Timestamp,
    ) -> Result<(), ClientAuthError> {
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if used.get(&assertion).is_some_and(|until| now < *until) {
            return Err(ClientAuthError::AssertionReplayed);
        }
        if used.len() >= CAPACITY {
            used.retain(|_, until| now < *until);
        }
        if used.len() >= CAPACITY {
            return Err(ClientAuthError::AssertionReplayed);
        }
        used.insert(assertion, until);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    #[test]
    fn an_assertion_is_good_once_until_it_expires() {
        let memory = ReplayMemory::default();
        assert_eq!(memory.remember([1; 32], at(100), at(0)), Ok(()));
        assert_eq!(memory.remember([1; 32], at(100), at(99)), Err(ClientAuthError::AssertionReplayed));
        assert_eq!(memory.remember([2; 32], at(100), at(99)), Ok(()));
        assert_eq!(memory.remember([1; 32], at(200), at(100)), Ok(()));
    }

    #[test]
    fn a_full_memory_forgets_what_expired_and_refuses_the_rest() {
        let memory = ReplayMemory::default();
        let name = |number: usize| {
            let mut name = [0; 32];
            name[..8].copy_from_slice(&number.to_le_bytes());
            name
        };
        for number in 0..CAPACITY {
            memory.remember(name(number), at(100), at(0)).unwrap();
        }
        assert_eq!(memory.remember(name(CAPACITY), at(100), at(99)), Err(ClientAuthError::AssertionReplayed));
        assert_eq!(memory.remember(name(CAPACITY), at(200), at(100)), Ok(()));
        assert_eq!(memory.0.lock().unwrap().len(), 1);
    }
}
