use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{ClientFacts, NetworkFacts, SignInFacts};
use riskgate_risk::{SessionFacts, SessionUse};

use crate::{Attempt, Protection};

/// How long a use is remembered.
const LATELY: Duration = Duration::from_secs(10 * 60);
/// Uses of one session that are remembered.
const MAX_USES: usize = 4;
/// Sessions whose uses are remembered; of those of the last ten minutes, should there be more, some are forgotten.
const MAX_SESSIONS: usize = 20_000;

/// A session that goes on: that of a browser, or the refresh tokens of one grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContinuedSession {
    /// Names it, and no other.
    pub id: String,
    /// When it began.
    pub began_at: Timestamp,
    /// Where it began.
    pub address: IpAddr,
    /// `User-Agent` it began with.
    pub user_agent: Option<String>,
}

/// How sessions were used in the last ten minutes on this node.
#[derive(Default)]
pub(crate) struct SessionUses(Mutex<HashMap<Box<str>, Vec<SessionUse>>>);

impl SessionUses {
    /// The latest uses, newest first.
    fn of(&self, id: &str, now: Timestamp) -> Vec<SessionUse> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut uses = kept.get(id).cloned().unwrap_or_default();
        uses.retain(|used| now.since(used.at) <= LATELY);
        uses
    }

    fn add(&self, id: &str, used: SessionUse) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MAX_SESSIONS && !kept.contains_key(id) {
            let now = used.at;
            kept.retain(|_, uses| uses.first().is_some_and(|last| now.since(last.at) <= LATELY));
            if kept.len() >= MAX_SESSIONS {
                kept.clear();
            }
        }
        let uses = kept.entry(id.into()).or_default();
        uses.insert(0, used);
        uses.truncate(MAX_USES);
    }
}

impl Protection {
    /// How the session of an attempt was used until now; the attempt is remembered as a use.
    pub(crate) fn session_facts(&self, attempt: &Attempt, facts: &SignInFacts) -> Option<SessionFacts> {
        let session = attempt.session.as_ref()?;
        let network = self.intel.network(session.address, facts.at);
        let client = self.intel.client(session.user_agent.as_deref());
        let began = session_use(&network, &client, session.began_at);
        Some(SessionFacts { began, recent: self.session_uses.of(&session.id, facts.at) })
    }

    /// Remembers that the session of an attempt was used, if it continues one.
    pub(crate) fn session_was_used(&self, attempt: &Attempt, facts: &SignInFacts) {
        if let Some(session) = &attempt.session {
            self.session_uses.add(&session.id, session_use(&facts.network, &facts.client, facts.at));
        }
    }
}

fn session_use(network: &NetworkFacts, client: &ClientFacts, at: Timestamp) -> SessionUse {
    SessionUse {
        at,
        network_owner: network.autonomous_system_number.map(|number| format!("AS{number}")),
        country: network.country().map(str::to_owned),
        browser: client.browser.clone(),
        operating_system: client.operating_system.clone(),
        is_egress: network.anonymizer.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(seconds: i64) -> SessionUse {
        let network = NetworkFacts::unknown("192.0.2.1".parse().unwrap());
        session_use(&network, &ClientFacts::default(), Timestamp::from_seconds(seconds))
    }

    #[test]
    fn the_latest_uses_are_remembered_for_a_while() {
        let uses = SessionUses::default();
        for second in 0..6 {
            uses.add("a", used(second * 100));
        }
        let at = |seconds| uses.of("a", Timestamp::from_seconds(seconds));
        assert_eq!(at(500).iter().map(|used| used.at.as_seconds()).collect::<Vec<_>>(), [500, 400, 300, 200]);
        assert_eq!(at(1_050).len(), 1);
        assert!(uses.of("b", Timestamp::from_seconds(500)).is_empty());
    }

    #[test]
    fn many_sessions_take_bounded_memory() {
        let uses = SessionUses::default();
        for n in 0..100_000 {
            uses.add(&n.to_string(), used(n / 1_000));
        }
        assert!(uses.0.lock().unwrap().len() <= MAX_SESSIONS);
        assert_eq!(uses.of("99999", Timestamp::from_seconds(100)).len(), 1);
    }
}
