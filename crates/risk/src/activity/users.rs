use crate::Counts;

/// Users counted exactly.
const MAX_EXACT: usize = 64;
/// Slots of the estimate; a power of two.
const SLOTS: usize = 512;

/// Which users failed, each with the moment of the last time, so that the different ones can be counted over any length of
/// time up to now.
#[derive(Debug)]
pub(super) enum FailedUsers {
    Few(Vec<FailedUser>),
    /// Slot by hash: the moment of the last failure of any user who falls there, 0 for none.
    Many {
        all: Box<[u32; SLOTS]>,
        unknown: Box<[u32; SLOTS]>,
    },
}

#[derive(Debug, Clone, Copy)]
pub(super) struct FailedUser {
    hash: u64,
    at: u32,
    is_unknown: bool,
}

impl Default for FailedUsers {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

impl FailedUsers {
    pub(super) fn record(&mut self, user: &str, is_unknown: bool, at: u32) {
        let failed = FailedUser { hash: hash(user), at, is_unknown };
        if let Self::Few(users) = self {
            if let Some(known) = users.iter_mut().find(|known| known.hash == failed.hash) {
                known.at = known.at.max(at);
                return;
            }
            if users.len() < MAX_EXACT {
                users.push(failed);
                return;
            }
            let users = std::mem::take(users);
            *self = Self::Many { all: Box::new([0; SLOTS]), unknown: Box::new([0; SLOTS]) };
            users.into_iter().for_each(|user| self.mark(user));
        }
        self.mark(failed);
    }

    fn mark(&mut self, user: FailedUser) {
        let Self::Many { all, unknown } = self else { return };
        let slot = usize::try_from(user.hash).map_or(0, |hash| hash & (SLOTS - 1));
        for slots in [Some(all), user.is_unknown.then_some(unknown)].into_iter().flatten() {
            if let Some(last) = slots.get_mut(slot) {
                *last = (*last).max(user.at);
            }
        }
    }

    /// Different users, and unknown ones among them, who failed at this second or after it.
    pub(super) fn count(&self, after: u32) -> Counts {
        let (failed_users, unknown_users) = match self {
            Self::Few(users) => {
                let lately = || users.iter().filter(|user| user.at >= after);
                (lately().count() as u64, lately().filter(|user| user.is_unknown).count() as u64)
            }
            Self::Many { all, unknown } => (estimate(all, after), estimate(unknown, after)),
        };
        Counts { failed_users, unknown_users, ..Counts::default() }
    }
}

/// Linear counting (Whang, Vander-Zanden and Taylor 1990): as many users as would leave this many slots empty.
fn estimate(slots: &[u32; SLOTS], after: u32) -> u64 {
    let empty = slots.iter().filter(|last| **last < after.max(1)).count().max(1);
    let slots = SLOTS as f64;
    libm::round(slots * libm::log(slots / empty as f64)) as u64
}

/// FNV-1a with the finish of MurmurHash3, so that all bits depend on all bytes: the same numbers on every machine.
pub(super) fn hash(text: &str) -> u64 {
    let fnv = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (fnv ^ (fnv >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    mixed ^ (mixed >> 33)
}
