use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Record, Table, tables};

/// Failed attempts counted for one key: an account from familiar networks, the same from unfamiliar ones, or an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FailureCounter {
    /// The key that is counted.
    pub id: String,
    /// Failures since the last success.
    pub failures: u32,
    /// How often it was locked in a row; each time longer.
    pub locks: u32,
    /// Until when attempts are refused.
    pub locked_until: Option<Timestamp>,
    /// Keyed digests of the last wrong passwords, so that repeating one is not counted twice.
    pub recent_digests: Vec<String>,
    /// When it is forgotten.
    pub expires_date_time: Timestamp,
}

impl Record for FailureCounter {
    const TABLE: &'static Table = &tables::FAILURE_COUNTERS;
    fn id(&self) -> &str {
        &self.id
    }
}

/// Networks a user signed in from lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FamiliarNetworks {
    /// Object identifier of the user.
    pub id: String,
    /// The networks, most recent last.
    pub networks: Vec<FamiliarNetwork>,
}

/// One network of [`FamiliarNetworks`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FamiliarNetwork {
    /// `/24` of IPv4, `/48` of IPv6.
    pub prefix: String,
    /// Last successful sign-in from there.
    pub last_seen: Timestamp,
}

impl Record for FamiliarNetworks {
    const TABLE: &'static Table = &tables::FAMILIAR_NETWORKS;
    fn id(&self) -> &str {
        &self.id
    }
}
