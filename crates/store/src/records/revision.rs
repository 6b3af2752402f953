use serde::{Deserialize, Serialize};

use crate::{Record, Table, tables};

/// How often something was changed that is kept in memory by every node: a node whose number is another reads anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    /// What it counts the changes of.
    pub id: String,
    /// The number of the last change.
    pub number: i64,
}

impl Revision {
    /// Policies, named locations and whatever else Conditional Access decides with.
    pub const CONDITIONAL_ACCESS: &str = "conditionalAccess";
}

impl Record for Revision {
    const TABLE: &'static Table = &tables::REVISIONS;
    fn id(&self) -> &str {
        &self.id
    }
}
