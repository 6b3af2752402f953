use std::sync::{Mutex, PoisonError};

use aws_lc_rs::hmac;
use riskgate_core::{Rng, Timestamp};

use crate::Protection;

/// Tells equal passwords apart from others for a day, without keeping one: the key is drawn anew each day, lives in memory
/// only, and of the digest 32 bits are used.
#[derive(Default)]
pub(crate) struct PasswordTags(Mutex<Option<(i64, hmac::Key)>>);

impl PasswordTags {
    fn tag(&self, password: &str, now: Timestamp, rng: &dyn Rng) -> u64 {
        let day = now.as_seconds().div_euclid(86_400);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, key) = match kept.take().filter(|(of, _)| *of == day) {
            Some(known) => kept.insert(known),
            None => {
                let mut bytes = [0; 32];
                rng.fill(&mut bytes);
                kept.insert((day, hmac::Key::new(hmac::HMAC_SHA256, &bytes)))
            }
        };
        let digest = hmac::sign(key, password.as_bytes());
        let tag = digest.as_ref().first_chunk::<4>().copied().unwrap_or_default();
        u64::from(u32::from_be_bytes(tag))
    }
}

impl Protection {
    /// A tag that equal passwords of one day share on this node, for [`crate::Attempt::password_tag`]. It is never written
    /// anywhere.
    pub fn password_tag(&self, password: &str) -> u64 {
        self.password_tags.tag(password, self.clock.now(), &*self.rng)
    }
}

#[cfg(test)]
mod tests {
    use riskgate_core::SeededRng;

    use super::*;

    #[test]
    fn equal_passwords_of_a_day_share_a_tag_of_32_bits() {
        let (tags, rng) = (PasswordTags::default(), SeededRng::new(1));
        let at = |seconds, password| tags.tag(password, Timestamp::from_seconds(seconds), &rng);
        let today = at(10, "Spring2026!");
        assert_eq!(at(86_399, "Spring2026!"), today);
        assert_ne!(at(86_399, "Spring2026"), today);
        assert!(today <= u64::from(u32::MAX));
        assert_ne!(at(86_400, "Spring2026!"), today, "tomorrow the key is another");
    }
}
