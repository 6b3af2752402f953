use std::collections::BTreeSet;

use riskgate_model::Group;
use riskgate_store::records::GroupMembership;
use riskgate_store::{Batch, StoreError, StoreExt, tables};

use super::members::Member;
use crate::{Actor, AuditEntry, DeviceKey, Directory, DirectoryError, group_target};

/// How many members one request may add (contract §1.4).
pub const MOST_MEMBERS_AT_ONCE: usize = 20;

impl Directory {
    /// Adds users or groups to a group, all or none.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`] for a group or member that does not exist; [`DirectoryError::AlreadyReferenced`] if
    /// one of them is a member; [`DirectoryError::InvalidValue`] for more than 20; [`DirectoryError::NotSupported`] for a device;
    /// [`DirectoryError::Store`].
    pub async fn add_members(
        &self,
        actor: &Actor,
        group_id: &str,
        member_ids: &[String],
    ) -> Result<(), DirectoryError> {
        let group = self.existing_group(group_id).await?.record;
        let mut batch = self.batch();
        self.put_members(&mut batch, actor, &group, member_ids).await?;
        match self.store.commit(batch).await {
            Err(StoreError::Exists { table, .. }) if table == tables::GROUP_MEMBERSHIPS.name => {
                Err(already())
            }
            outcome => Ok(outcome?),
        }
    }

    /// Adds the memberships and their audit entries to `batch`.
    pub(super) async fn put_members(
        &self,
        batch: &mut Batch,
        actor: &Actor,
        group: &Group,
        member_ids: &[String],
    ) -> Result<(), DirectoryError> {
        if member_ids.len() > MOST_MEMBERS_AT_ONCE {
            let reason = format!("At most {MOST_MEMBERS_AT_ONCE} references are allowed.");
            return Err(DirectoryError::invalid("Group", "members", reason));
        }
        let mut seen = BTreeSet::new();
        for member_id in member_ids {
            let member = self.member(member_id).await?;
            let membership = GroupMembership::new(&group.id, member.id(), member.kind());
            let existing = self.store.load::<GroupMembership>(self.tenant, &membership.id).await?;
            if existing.is_some() || !seen.insert(membership.id.clone()) {
                return Err(already());
            }
            batch.insert(&membership)?;
            let entry = AuditEntry::new("Add member to group", "GroupManagement", "Assign");
            self.audit(batch, actor, entry.target(member.target()).target(group_target(group, &[])))?;
        }
        Ok(())
    }

    /// The user or group with this object identifier.
    pub(super) async fn member(&self, id: &str) -> Result<Member, DirectoryError> {
        if !riskgate_core::is_guid(id) {
            return Err(DirectoryError::not_found(id));
        }
        if let Some(user) = self.find_user(id).await? {
            return Ok(Member::User(Box::new(user)));
        }
        if let Some(group) = self.find_group(id).await? {
            return Ok(Member::Group(Box::new(group)));
        }
        match self.find_device(DeviceKey::Id(id)).await? {
            // Policies look at devices through their properties, so a device in a group would mean nothing.
            Some(_) => Err(DirectoryError::not_supported("A device as member of a group")),
            None => Err(DirectoryError::not_found(id)),
        }
    }
}

fn already() -> DirectoryError {
    DirectoryError::AlreadyReferenced { property: "members" }
}
