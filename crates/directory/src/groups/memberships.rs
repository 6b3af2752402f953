use std::collections::BTreeSet;

use riskgate_model::Group;
use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use riskgate_store::records::GroupMembership;

use super::MembershipChange;
use crate::{Directory, DirectoryError};

/// In how many groups, nested ones counted, a user may be. A decision that left some out could be the wrong one, so more
/// are an error (Entra has the same bound, semantics §3.3).
pub const MOST_GROUPS_OF_A_USER: usize = 2048;

impl Directory {
    /// Object identifiers of all groups a user or group is in, directly or through other groups.
    ///
    /// # Errors
    /// [`DirectoryError::TooManyGroups`], [`DirectoryError::Store`].
    pub async fn transitive_group_ids(&self, member_id: &str) -> Result<BTreeSet<String>, DirectoryError> {
        Ok(self.transitive_member_of(member_id).await?.into_iter().map(|group| group.id).collect())
    }

    /// The same as they would be after a change.
    ///
    /// # Errors
    /// [`DirectoryError::TooManyGroups`], [`DirectoryError::Store`].
    pub async fn transitive_group_ids_after(
        &self,
        member_id: &str,
        change: &MembershipChange,
    ) -> Result<BTreeSet<String>, DirectoryError> {
        Ok(self.closure(member_id, Some(change)).await?.into_iter().map(|group| group.id).collect())
    }

    /// The groups a user or group is in, directly or through other groups, by identifier.
    ///
    /// # Errors
    /// [`DirectoryError::TooManyGroups`], [`DirectoryError::Store`].
    pub async fn transitive_member_of(&self, member_id: &str) -> Result<Vec<Group>, DirectoryError> {
        self.closure(member_id, None).await
    }

    async fn closure(
        &self,
        member_id: &str,
        change: Option<&MembershipChange>,
    ) -> Result<Vec<Group>, DirectoryError> {
        let mut found: BTreeSet<String> = BTreeSet::new();
        let mut groups = Vec::new();
        let mut frontier = vec![member_id.to_ascii_lowercase()];
        while !frontier.is_empty() {
            let direct = self.group_ids_of(&frontier, change).await?;
            let new: Vec<String> = direct.into_iter().filter(|id| found.insert(id.clone())).collect();
            if found.len() > MOST_GROUPS_OF_A_USER {
                let limit = MOST_GROUPS_OF_A_USER;
                return Err(DirectoryError::TooManyGroups { user: member_id.to_owned(), limit });
            }
            // Only groups that exist lead on: a deleted group's memberships are removed behind its deletion.
            let existing: Vec<Group> = self.with_ids(&new).await?;
            frontier = existing.iter().map(|group| group.id.clone()).collect();
            groups.extend(existing);
        }
        groups.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(groups)
    }

    /// The groups a user or group is a direct member of, by identifier.
    ///
    /// # Errors
    /// [`DirectoryError::TooManyGroups`], [`DirectoryError::Store`].
    pub async fn member_of(&self, member_id: &str) -> Result<Vec<Group>, DirectoryError> {
        let ids: Vec<String> =
            self.group_ids_of(&[member_id.to_ascii_lowercase()], None).await?.into_iter().collect();
        if ids.len() > MOST_GROUPS_OF_A_USER {
            let limit = MOST_GROUPS_OF_A_USER;
            return Err(DirectoryError::TooManyGroups { user: member_id.to_owned(), limit });
        }
        let mut groups: Vec<Group> = self.with_ids(&ids).await?;
        groups.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(groups)
    }

    async fn group_ids_of(
        &self,
        member_ids: &[String],
        change: Option<&MembershipChange>,
    ) -> Result<BTreeSet<String>, DirectoryError> {
        let added = change.and_then(|change| change.adds(member_ids));
        let mut ids: BTreeSet<String> = added.map(str::to_owned).into_iter().collect();
        for chunk in member_ids.chunks(100) {
            let filter = Filter::one_of("memberId", chunk);
            let memberships = self.store.find_all::<GroupMembership>(self.tenant, filter).await?;
            let rows = memberships.into_iter().map(|membership| membership.record);
            let stays = |membership: &GroupMembership| change.is_none_or(|change| !change.ends(membership));
            ids.extend(rows.filter(stays).map(|membership| membership.group_id));
        }
        Ok(ids)
    }
}
