use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{Record, Table, tables};

/// How a service principal asks for tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkloadHistory {
    /// Object identifier of the service principal.
    pub id: String,
    /// `riskgate_risk::UserHistory`, of a service principal.
    pub history: Json,
    /// When it was learned from last.
    pub learned_date_time: Timestamp,
}

/// What a service principal or a person does in the directory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrincipalActivity {
    /// Object identifier of the service principal or user.
    pub id: String,
    /// `riskgate_risk::ActivityHistory`, of a user `UserActivityHistory`.
    pub history: Json,
    /// The audit log is in it up to this moment, which is not.
    pub until_date_time: Timestamp,
}

/// How far somebody has read the audit log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditCursor {
    /// Who reads.
    pub id: String,
    /// Everything before this moment was read.
    pub until_date_time: Timestamp,
}

impl Record for WorkloadHistory {
    const TABLE: &'static Table = &tables::WORKLOAD_HISTORIES;
    fn id(&self) -> &str {
        &self.id
    }
}

impl Record for PrincipalActivity {
    const TABLE: &'static Table = &tables::WORKLOAD_ACTIVITIES;
    fn id(&self) -> &str {
        &self.id
    }
}

impl Record for AuditCursor {
    const TABLE: &'static Table = &tables::AUDIT_CURSORS;
    fn id(&self) -> &str {
        &self.id
    }
}
