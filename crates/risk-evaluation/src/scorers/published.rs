use crate::reference::{FeatureSet, Reference, Values};

use super::{Attempt, Judgement, Scorer, address_key, digest};

/// The published reference model.
#[derive(Debug, Default)]
pub struct Published(Reference);

/// The score of somebody of whom nothing is known: the published code only scores the second sign-in and later ones.
const UNKNOWN: f64 = 1e9;

impl Scorer for Published {
    fn name(&self) -> &'static str {
        "published reference"
    }

    fn judge(&self, attempt: &Attempt<'_>) -> Judgement {
        self.0
            .score(u64::from(attempt.user), &values(attempt), FeatureSet::PUBLISHED)
            .unwrap_or(UNKNOWN)
            .into()
    }

    fn observe(&mut self, attempt: &Attempt<'_>, is_clean: bool) {
        if is_clean {
            self.0.learn(u64::from(attempt.user), &values(attempt));
        }
    }
}

fn values(attempt: &Attempt<'_>) -> Values {
    let (network, client) = (&attempt.facts.network, &attempt.facts.client);
    Values {
        network: [
            address_key(network.ip_address),
            digest(network.autonomous_system_number),
            digest(network.country()),
        ],
        agent: [
            digest(&client.user_agent),
            digest(&client.browser),
            digest(&client.operating_system),
            digest(client.platform.map(|platform| format!("{platform:?}"))),
        ],
        round_trip: 0,
    }
}
