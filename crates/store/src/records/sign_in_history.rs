use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{Record, Table, tables};

/// What the sign-ins of a user have taught.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInHistory {
    /// Object identifier of the user.
    pub id: String,
    /// `riskgate_risk::UserHistory`.
    pub history: Json,
    /// When it changed last, by the clock of the node that changed it.
    pub changed_date_time: Timestamp,
}

impl Record for SignInHistory {
    const TABLE: &'static Table = &tables::SIGN_IN_HISTORIES;
    fn id(&self) -> &str {
        &self.id
    }
}
