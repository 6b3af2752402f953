use riskgate_store::records::GroupMembership;

/// A change of memberships that has not been made. Identifiers are in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MembershipChange {
    /// Users or groups become members of a group.
    Added {
        /// The group.
        group_id: String,
        /// The users or groups.
        member_ids: Vec<String>,
    },
    /// A user or group is a member of a group no longer.
    Removed {
        /// The group.
        group_id: String,
        /// The user or group.
        member_id: String,
    },
    /// A group is deleted.
    Deleted {
        /// The group.
        group_id: String,
    },
}

impl MembershipChange {
    /// The group whose members change.
    pub fn group_id(&self) -> &str {
        match self {
            Self::Added { group_id, .. } | Self::Removed { group_id, .. } | Self::Deleted { group_id } => {
                group_id
            }
        }
    }

    /// Whether a membership is there no longer.
    pub(super) fn ends(&self, membership: &GroupMembership) -> bool {
        match self {
            Self::Added { .. } => false,
            Self::Removed { group_id, member_id } => {
                membership.group_id == *group_id && membership.member_id == *member_id
            }
            Self::Deleted { group_id } => membership.group_id == *group_id,
        }
    }

    /// The group that one of these users or groups is added to.
    pub(super) fn adds(&self, to: &[String]) -> Option<&str> {
        match self {
            Self::Added { group_id, member_ids } => {
                member_ids.iter().any(|id| to.contains(id)).then_some(group_id.as_str())
            }
            Self::Removed { .. } | Self::Deleted { .. } => None,
        }
    }
}
