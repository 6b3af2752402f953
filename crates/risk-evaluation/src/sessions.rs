use std::collections::HashMap;

use riskgate_model::SignInFacts;
use riskgate_risk::{SessionFacts, SessionUse};

use crate::agents::{DAY, Program};
use crate::event::{Attacker, Event, Label};
use crate::random::mix;

/// A session lives so long.
const LIFETIME: i64 = 14 * DAY;

/// The sessions people have in their browsers, and the last one of each, which a thief would take.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    of_browser: HashMap<(u32, Program), SessionUse>,
    last: HashMap<u32, SessionUse>,
}

impl Sessions {
    /// The session of which this attempt might be the next use: for a sign-in the one in the same browser, of every third
    /// sign-in, as if it were still in use; for a replayed token the one it belongs to.
    pub(crate) fn continued(&self, event: &Event) -> Option<SessionFacts> {
        let began = match event.label {
            Label::Honest if mix(&[event.at.unsigned_abs(), u64::from(event.user)]).is_multiple_of(3) => {
                self.of_browser.get(&(event.user, event.program))
            }
            Label::Attack(Attacker::TokenReplay) => self.last.get(&event.user),
            _ => None,
        }?;
        let is_alive = event.at - began.at.as_seconds() <= LIFETIME;
        is_alive.then(|| SessionFacts { began: began.clone(), recent: Vec::new() })
    }

    /// A session began.
    pub(crate) fn begin(&mut self, event: &Event, facts: &SignInFacts) {
        let began = SessionUse {
            at: facts.at,
            network_owner: facts.network.autonomous_system_number.map(|number| format!("AS{number}")),
            country: facts.network.country().map(str::to_owned),
            browser: facts.client.browser.clone(),
            operating_system: facts.client.operating_system.clone(),
            is_egress: facts.network.anonymizer.is_some(),
        };
        self.of_browser.insert((event.user, event.program), began.clone());
        self.last.insert(event.user, began);
    }
}
