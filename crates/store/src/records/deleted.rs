use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{Record, Table, tables};

/// An object that was deleted and can still be restored or purged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletedItem {
    /// Identifier the object had.
    pub id: String,
    /// What it was.
    pub kind: DeletedKind,
    /// The object as it was.
    pub document: Json,
    /// When it was deleted.
    pub deleted_date_time: Timestamp,
    /// When it is gone for good: 30 days later.
    pub expires_date_time: Timestamp,
}

/// What a [`DeletedItem`] was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DeletedKind {
    /// `microsoft.graph.user`
    User,
    /// `microsoft.graph.group`
    Group,
    /// `microsoft.graph.application`
    Application,
    /// `microsoft.graph.conditionalAccessPolicy`
    ConditionalAccessPolicy,
    /// `microsoft.graph.namedLocation`
    NamedLocation,
}

impl Record for DeletedItem {
    const TABLE: &'static Table = &tables::DELETED_ITEMS;
    fn id(&self) -> &str {
        &self.id
    }
}
