use serde::{Deserialize, Serialize};

use crate::{Record, Table, tables};

/// A direct membership in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupMembership {
    /// `{group}:{member}`.
    pub id: String,
    /// The group.
    pub group_id: String,
    /// The member.
    pub member_id: String,
    /// Graph type of the member, `user` or `group`.
    pub member_type: String,
}

impl GroupMembership {
    /// The membership of `member_id`, a `member_type`, in `group_id`.
    pub fn new(group_id: &str, member_id: &str, member_type: &str) -> Self {
        Self {
            id: format!("{group_id}:{member_id}"),
            group_id: group_id.to_owned(),
            member_id: member_id.to_owned(),
            member_type: member_type.to_owned(),
        }
    }
}

impl Record for GroupMembership {
    const TABLE: &'static Table = &tables::GROUP_MEMBERSHIPS;
    fn id(&self) -> &str {
        &self.id
    }
}
