use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use riskgate_core::Timestamp;
use riskgate_model::{ClientFacts, NetworkFacts, SignInFacts};
use riskgate_ports::Intel;

/// Knows of the event at hand what was made up about it.
#[derive(Default)]
pub(super) struct Recorded(Mutex<Option<(NetworkFacts, ClientFacts)>>);

impl Recorded {
    pub(super) fn is(&self, facts: &SignInFacts) {
        let client = ClientFacts { device_cookie_id: None, ..facts.client.clone() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((facts.network.clone(), client));
    }

    fn at_hand(&self) -> Option<(NetworkFacts, ClientFacts)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Intel for Recorded {
    fn network(&self, address: IpAddr, _: Timestamp) -> NetworkFacts {
        self.at_hand().map_or_else(|| NetworkFacts::unknown(address), |(network, _)| network)
    }

    fn client(&self, _: Option<&str>) -> ClientFacts {
        self.at_hand().map(|(_, client)| client).unwrap_or_default()
    }
}
