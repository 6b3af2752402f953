//! Facts to begin a sample or a test with.

use std::net::{IpAddr, Ipv4Addr};

use riskgate_core::Timestamp;
use riskgate_model::{
    ApplicationFacts, AuthenticationFacts, ClientAppType, ClientFacts, NetworkFacts, SignInFacts, UserFacts,
};

/// A sign-in with a browser from an address about which nothing is known, at the beginning of 1970. What is no address
/// counts as `0.0.0.0`.
pub fn facts_from(address: &str) -> SignInFacts {
    let address = address.parse().unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    SignInFacts {
        at: Timestamp::from_seconds(0),
        user: UserFacts::new(""),
        application: ApplicationFacts::new("", ClientAppType::Browser),
        client: ClientFacts { is_browser: true, ..ClientFacts::default() },
        network: NetworkFacts::unknown(address),
        device: None,
        authentication: AuthenticationFacts::default(),
    }
}
