use std::net::IpAddr;

use riskgate_core::Timestamp;
use riskgate_model::{AnonymizerKind, ClientFacts, NetworkFacts};
use riskgate_ports::Intel;

/// Threat data of these addresses; nothing is known about any other. Every program is a browser.
#[derive(Debug, Clone, Copy)]
pub struct KnownAddresses(pub &'static [(&'static str, AnonymizerKind)]);

impl Intel for KnownAddresses {
    fn network(&self, address: IpAddr, _: Timestamp) -> NetworkFacts {
        let known = self.0.iter().find(|(text, _)| *text == address.to_string());
        NetworkFacts { anonymizer: known.map(|(_, kind)| *kind), ..NetworkFacts::unknown(address) }
    }

    fn client(&self, user_agent: Option<&str>) -> ClientFacts {
        ClientFacts { user_agent: user_agent.map(str::to_owned), is_browser: true, ..ClientFacts::default() }
    }
}
