use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::SignInFacts;
use riskgate_risk::{Activity, ActivityFacts, ActivityKeys, Attempt, Feature, Features, FirstFactor};

/// Keys of each kind the windows keep at least; twice as many at most. With 10⁶ addresses and users that is some 50 MiB.
const MAX_KEYS: usize = 20_000;
/// Right first factors that are remembered, the latest; about 120 bytes each.
const MAX_SUCCESSES: usize = 100_000;
/// Wrong ones that wait for being looked at.
const MAX_FAILURES: usize = 10_000;
/// Attempts that are known not to be new.
const MAX_IDS: usize = 65_536;
/// How long a right one can still be found to be part of an attack.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// One that was looked at is not looked at again before this many seconds, at first; each time twice as many, up to the
/// other.
const LOOK_AGAIN: (u64, u64) = (1, 60);

/// The first factors of the last 24 hours, as sliding windows count them, and the right ones among them: what turns out
/// later to be an attack may have let somebody in before. Bounded, in memory of each node; failures are kept beside it.
pub(crate) struct RecentSignIns(Mutex<Recent>);

/// A first factor that was tried.
pub(crate) struct Tried<'a> {
    /// Identifier of the sign-in, or of the request.
    pub(crate) id: &'a str,
    /// What is known of it.
    pub(crate) facts: &'a SignInFacts,
    /// [`crate::Attempt::password_tag`].
    pub(crate) password_tag: Option<u64>,
    /// How it ended.
    pub(crate) outcome: FirstFactor,
}

struct Recent {
    activity: Activity,
    ids: HashSet<u64>,
    order: VecDeque<u64>,
    successes: VecDeque<Success>,
    failures: VecDeque<Failure>,
    suspects: VecDeque<Suspect>,
    has_postponed: bool,
    read_to: Option<Timestamp>,
}

struct Success {
    id: Box<str>,
    at: Timestamp,
    password_tag: Option<u64>,
    keys: [Option<u64>; 4],
    looked_at: Option<Timestamp>,
    /// How often.
    looks: u32,
    /// When something it shares was attacked again, too soon to look.
    postponed: Option<Timestamp>,
}

impl Success {
    fn is_due(&self, at: Timestamp) -> bool {
        let (shortest, longest) = LOOK_AGAIN;
        let pause = shortest.saturating_mul(1 << self.looks.min(16).saturating_sub(1)).min(longest);
        self.looked_at.is_none_or(|looked| at.since(looked).as_secs() >= pause)
    }
}

struct Failure {
    facts: SignInFacts,
    password_tag: Option<u64>,
}

/// A sign-in that let somebody in, at an address, in a network or with a password that is attacked since.
#[derive(Debug, Clone)]
pub(crate) struct Suspect {
    /// Identifier of the sign-in.
    pub(crate) id: Box<str>,
    /// See [`crate::Attempt::password_tag`].
    pub(crate) password_tag: Option<u64>,
    /// When the attack showed.
    pub(crate) at: Timestamp,
}

impl Default for RecentSignIns {
    fn default() -> Self {
        Self(Mutex::new(Recent {
            activity: Activity::new(MAX_KEYS),
            ids: HashSet::new(),
            order: VecDeque::new(),
            successes: VecDeque::new(),
            failures: VecDeque::new(),
            suspects: VecDeque::new(),
            has_postponed: false,
            read_to: None,
        }))
    }
}

impl RecentSignIns {
    fn lock(&self) -> MutexGuard<'_, Recent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a first factor; the same one again counts once.
    pub(crate) fn record(&self, tried: &Tried<'_>) {
        let (facts, id) = (tried.facts, tried.id);
        let keys = ActivityKeys::of(facts, tried.password_tag);
        let attempt = Attempt { id, at: facts.at, user: &facts.user.id, outcome: tried.outcome };
        let mut recent = self.lock();
        if !recent.is_new(id) {
            return;
        }
        recent.activity.record(&keys, &attempt);
        let password_tag = tried.password_tag;
        if tried.outcome == FirstFactor::Right {
            let keys = hashes(facts, password_tag);
            let success = Success {
                id: id.into(),
                at: facts.at,
                password_tag,
                keys,
                looked_at: None,
                looks: 0,
                postponed: None,
            };
            recent.successes.push_back(success);
            let after = facts.at - DAY;
            while recent.successes.len() > MAX_SUCCESSES
                || recent.successes.front().is_some_and(|oldest| oldest.at < after)
            {
                recent.successes.pop_front();
            }
        } else {
            if recent.failures.len() >= MAX_FAILURES {
                recent.failures.pop_front();
            }
            recent.failures.push_back(Failure { facts: facts.clone(), password_tag });
        }
    }

    /// What the windows say about a sign-in at a moment.
    pub(crate) fn facts_for(
        &self,
        facts: &SignInFacts,
        password_tag: Option<u64>,
        at: Timestamp,
    ) -> ActivityFacts {
        self.lock().activity.facts_for(&ActivityKeys::of(facts, password_tag), at)
    }

    /// Looks at the failures since the last time: whoever got in with something `is_attacked` says so of is a suspect, at once
    /// or, if he was one a moment ago, soon.
    pub(crate) fn look(&self, now: Timestamp, is_attacked: impl Fn(&SignInFacts, ActivityFacts) -> bool) {
        let recent = &mut *self.lock();
        let (mut attacked, mut at) = (HashSet::new(), None);
        for failure in std::mem::take(&mut recent.failures) {
            let (facts, tag) = (&failure.facts, failure.password_tag);
            let activity = recent.activity.facts_for(&ActivityKeys::of(facts, tag), facts.at);
            if is_attacked(facts, activity) {
                attacked.extend(hashes(facts, tag).into_iter().flatten());
                at = at.max(Some(facts.at));
            }
        }
        if at.is_none() && !recent.has_postponed {
            return;
        }
        recent.has_postponed = false;
        for success in &mut recent.successes {
            let is_attacked = success.keys.iter().flatten().any(|key| attacked.contains(key));
            let (shown, looked) = match (at.filter(|_| is_attacked), success.postponed) {
                (Some(at), _) => (at, at),
                (None, Some(at)) => (at, now),
                (None, None) => continue,
            };
            if success.is_due(looked) {
                (success.looked_at, success.postponed) = (Some(looked), None);
                success.looks = success.looks.saturating_add(1);
                let (id, password_tag) = (success.id.clone(), success.password_tag);
                recent.suspects.push_back(Suspect { id, password_tag, at: shown });
            } else {
                success.postponed = Some(shown);
                recent.has_postponed = true;
            }
        }
    }

    /// The suspect that waits longest; he stays until [`Self::settle`].
    pub(crate) fn suspect(&self) -> Option<Suspect> {
        self.lock().suspects.front().cloned()
    }

    /// The suspect was dealt with.
    pub(crate) fn settle(&self, suspect: &Suspect) {
        self.lock().suspects.retain(|other| other.id != suspect.id);
    }

    /// Until when the sign-in log was read; `None` before the first time.
    pub(crate) fn read_to(&self) -> Option<Timestamp> {
        self.lock().read_to
    }

    /// The log was read until this moment.
    pub(crate) fn was_read(&self, at: Timestamp) {
        let mut recent = self.lock();
        recent.read_to = Some(recent.read_to.map_or(at, |known| known.max(at)));
    }
}

impl Recent {
    fn is_new(&mut self, id: &str) -> bool {
        let id = hash(id);
        if !self.ids.insert(id) {
            return false;
        }
        self.order.push_back(id);
        if self.order.len() > MAX_IDS
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        true
    }
}

/// What attempts of one attack share, by the same values the windows count under.
fn hashes(facts: &SignInFacts, password_tag: Option<u64>) -> [Option<u64>; 4] {
    let features = Features::of(facts);
    let value = |feature| features.get(feature);
    let network = value(Feature::NetworkOwner)
        .map(|owner| hash((2, owner, value(Feature::Browser), value(Feature::OperatingSystem))));
    [
        value(Feature::Address).map(|address| hash((0, address))),
        value(Feature::Prefix).map(|prefix| hash((1, prefix))),
        network,
        password_tag.map(|tag| hash((3, tag))),
    ]
}

fn hash(value: impl std::hash::Hash) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}
