use serde::{Deserialize, Serialize};

use crate::{Record, Table, tables};

/// How often something was changed that is kept in memory by every node: a node whose number is another reads anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    /// What it counts the changes of.
    pub id: String,
    /// The number of the last change. What [`Self::counting`] names is counted by the version of the row instead.
    pub number: i64,
}

impl Revision {
    /// Policies, named locations and whatever else Conditional Access decides with.
    pub const CONDITIONAL_ACCESS: &str = "conditionalAccess";
    /// Applications, service principals, what they prove themselves with and may do.
    pub const CLIENTS: &str = "clients";

    /// What counts the changes of a table, which the store does in the same commit, so that no change is forgotten.
    pub fn counting(table: &Table) -> Option<&'static str> {
        let clients = [
            &tables::APPLICATIONS,
            &tables::SERVICE_PRINCIPALS,
            &tables::CLIENT_CREDENTIALS,
            &tables::APP_ROLE_ASSIGNMENTS,
        ];
        clients.iter().any(|counted| counted.name == table.name).then_some(Self::CLIENTS)
    }
}

impl Record for Revision {
    const TABLE: &'static Table = &tables::REVISIONS;
    fn id(&self) -> &str {
        &self.id
    }
}
