use std::net::IpAddr;

use riskgate_core::Timestamp;
use riskgate_model::{ClientFacts, NetworkFacts};

/// Threat and location data, in memory; both calls are quick and never fail: what is not known is left out.
pub trait Intel: Send + Sync + 'static {
    /// What the loaded sources say about an address at a moment (entries may have expired by then).
    fn network(&self, address: IpAddr, at: Timestamp) -> NetworkFacts;

    /// What a `User-Agent` header claims.
    fn client(&self, user_agent: Option<&str>) -> ClientFacts;
}
