use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::AccessToken;

/// How many tokens each generation holds; two generations of about a kilobyte each.
const GENERATION: usize = 2048;

/// Tokens whose signature was checked lately, by digest: checking again costs a hash instead of a signature.
///
/// Two generations bound it: when the young one is full it becomes the old one, and what was in the old one and not
/// asked for since is forgotten. Expiry is checked by the caller each time.
#[derive(Default)]
pub(crate) struct VerifiedTokens(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: HashMap<[u8; 32], Arc<AccessToken>>,
    old: HashMap<[u8; 32], Arc<AccessToken>>,
}

impl VerifiedTokens {
    pub(super) fn get(&self, digest: &[u8; 32]) -> Option<Arc<AccessToken>> {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = generations.young.get(digest) {
            return Some(Arc::clone(token));
        }
        let token = generations.old.remove(digest)?;
        generations.insert(*digest, Arc::clone(&token));
        Some(token)
    }

    pub(super) fn insert(&self, digest: [u8; 32], token: Arc<AccessToken>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(digest, token);
    }
}

impl Generations {
    fn insert(&mut self, digest: [u8; 32], token: Arc<AccessToken>) {
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(digest, token);
    }
}

#[cfg(test)]
mod tests {
    use riskgate_core::Timestamp;

    use super::super::Actor;
    use super::*;

    fn digest(number: usize) -> [u8; 32] {
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&number.to_le_bytes());
        digest
    }

    #[test]
    fn holds_a_bounded_number_and_keeps_what_is_asked_for() {
        let at = Timestamp::from_seconds(0);
        let actor = Actor::Application { service_principal_id: String::new(), roles: Vec::new() };
        let token = Arc::new(AccessToken {
            id: String::new(),
            audience: String::new(),
            app_id: String::new(),
            issued_at: at,
            not_before: at,
            expires_at: at,
            handles_claims_challenges: false,
            key_thumbprint: None,
            grant_id: None,
            actor,
        });
        let verified = VerifiedTokens::default();
        for number in 0..10 * GENERATION {
            verified.insert(digest(number), Arc::clone(&token));
            assert!(verified.get(&digest(0)).is_some(), "asked for all the time");
        }
        assert!(verified.get(&digest(1)).is_none());
        let generations = verified.0.lock().unwrap();
        assert!(generations.young.len() + generations.old.len() <= 2 * GENERATION);
    }
}
