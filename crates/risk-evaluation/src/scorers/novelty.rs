use std::collections::HashSet;

use super::{Attempt, Judgement, Scorer, address_key, digest};

/// The common rule of products: a new address or a new user agent is suspicious; both are more so.
#[derive(Debug, Default)]
pub struct NewAddressOrAgent {
    addresses: HashSet<(u32, u64)>,
    agents: HashSet<(u32, u64)>,
}

impl Scorer for NewAddressOrAgent {
    fn name(&self) -> &'static str {
        "new address or agent"
    }

    fn judge(&self, attempt: &Attempt<'_>) -> Judgement {
        let address = (attempt.user, address_key(attempt.facts.network.ip_address));
        let agent = (attempt.user, digest(&attempt.facts.client.user_agent));
        let new = |is_known: bool| f64::from(u8::from(!is_known));
        Judgement::from(new(self.addresses.contains(&address)) + new(self.agents.contains(&agent)))
    }

    fn observe(&mut self, attempt: &Attempt<'_>, is_clean: bool) {
        if is_clean {
            self.addresses.insert((attempt.user, address_key(attempt.facts.network.ip_address)));
            self.agents.insert((attempt.user, digest(&attempt.facts.client.user_agent)));
        }
    }
}
