use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Record, Table, tables};

/// A first factor that was wrong within the last 24 hours, so that every node counts it, also one that starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FailedFirstFactor {
    /// Identifier of the request.
    pub id: String,
    /// Object identifier of the user; of a name that does not exist a keyed digest.
    pub user: String,
    /// Whether there is such a user.
    pub is_known: bool,
    /// Where it came from.
    pub address: String,
    /// `User-Agent`.
    pub user_agent: Option<String>,
    /// Identifier in the device cookie, if a genuine one was brought.
    pub device_cookie_id: Option<String>,
    /// What equal passwords of a day share: 24 bits of a keyed digest.
    pub password_tag: Option<u64>,
    /// When.
    pub created_date_time: Timestamp,
    /// From when on it does not count.
    pub expires_date_time: Timestamp,
}

impl Record for FailedFirstFactor {
    const TABLE: &'static Table = &tables::FAILED_FIRST_FACTORS;
    fn id(&self) -> &str {
        &self.id
    }
}

/// The key of a day for what tells equal passwords and names apart. Gone after the day, and what was made with it tells
/// nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DayKey {
    /// The day, in days since 1970.
    pub id: String,
    /// 32 bytes, sealed with the master key.
    pub sealed_key: Vec<u8>,
    /// The end of the day.
    pub expires_date_time: Timestamp,
}

impl Record for DayKey {
    const TABLE: &'static Table = &tables::DAY_KEYS;
    fn id(&self) -> &str {
        &self.id
    }
}
