use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{Record, Table};

/// A risk detection: what Graph shows of it, and what it came from. Whoever only reads may read `D` alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RiskDetectionRecord<D> {
    /// The Graph resource.
    #[serde(flatten)]
    pub detection: D,
    /// The episode of its owner's risk it belongs to; `None` in what was found before there were episodes.
    #[serde(rename = "@riskgate.episode", default)]
    pub episode: Option<String>,
    /// Why it was raised, in full; not part of the Graph resource.
    #[serde(rename = "@riskgate.evidence", default)]
    pub evidence: Json,
}

/// An item of the history of somebody's risk: what Graph shows of it, and how it came about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RiskHistoryRecord<H> {
    /// The Graph resource.
    #[serde(flatten)]
    pub item: H,
    /// Object identifier of the user or service principal.
    #[serde(rename = "@riskgate.ownerId", default)]
    pub owner_id: String,
    /// `riskgate_risk::state::Transition`.
    #[serde(rename = "@riskgate.transition", default)]
    pub transition: Json,
}

impl<D: Record> Record for RiskDetectionRecord<D> {
    const TABLE: &'static Table = D::TABLE;
    fn id(&self) -> &str {
        self.detection.id()
    }
}

impl<H: Record> Record for RiskHistoryRecord<H> {
    const TABLE: &'static Table = H::TABLE;
    fn id(&self) -> &str {
        self.item.id()
    }
}
