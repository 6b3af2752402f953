use riskgate_access::{Administrator, Lockout};
use riskgate_directory::{DirectoryError, GRAPH_APP_ID};
use riskgate_model::{ConditionalAccessPolicy, DeviceFacts, User};
use riskgate_store::records::DeviceRelation;

use crate::policies::in_force::Definitions;
use crate::policies::pending_change::{looks_at_attributes, named_groups};
use crate::sign_ins::device::device_facts;
use crate::{PendingChange, Protection, ProtectionError};

/// Most administrators that are examined, those a policy excludes by name first.
const MOST_ADMINISTRATORS: usize = 100;
/// Most devices of one administrator that are tried.
const MOST_DEVICES: usize = 20;

impl Protection {
    /// Names of the policies that would keep every administrator from undoing the change if it were made; `None` if one of
    /// them gets in, if none gets in now either, or if there is none. Little is read and nothing tried unless an enabled
    /// policy looks at what changes.
    ///
    /// An administrator is a user who can sign in and change policies; he gets in if he reaches Microsoft Graph.
    ///
    /// # Errors
    /// [`ProtectionError`] if the store or the directory fails.
    pub async fn lockout(&self, change: &PendingChange<'_>) -> Result<Option<Vec<String>>, ProtectionError> {
        let kept = self.policies.load(&*self.store, self.tenant).await?;
        let before = &kept.definitions;
        if !change.concerns(before, &self.changed_groups(change, before).await?) {
            return Ok(None);
        }
        let after = change.applied_to(before);
        let mut administrators = self.policy_administrators().await?;
        administrators.sort_by_key(|user| !is_excluded_by_name(user, &after.policies));
        administrators.truncate(MOST_ADMINISTRATORS);
        let mut closed = self.prepare(&after, Some(change)).await?;
        if administrators.is_empty() || self.admits_one(&mut closed, &administrators, Some(change)).await? {
            return Ok(None);
        }
        // Whoever is locked out already is not helped by a refusal: the change may be a step out.
        let mut open = self.prepare(before, None).await?;
        match self.admits_one(&mut open, &administrators, None).await? {
            true => Ok(Some(closed.blocking_policies())),
            false => Ok(None),
        }
    }

    /// The groups whose members change, directly or through others; none if no enabled policy names a group.
    async fn changed_groups(
        &self,
        change: &PendingChange<'_>,
        definitions: &Definitions,
    ) -> Result<Vec<String>, ProtectionError> {
        let PendingChange::Memberships(change) = change else { return Ok(Vec::new()) };
        let named = named_groups(definitions);
        if named.is_empty() {
            return Ok(named);
        }
        let id = change.group_id().to_owned();
        match self.directory.transitive_group_ids(&id).await {
            Ok(around) => Ok(around.into_iter().chain([id]).collect()),
            // More than can be looked at: any of them may be the one.
            Err(DirectoryError::TooManyGroups { .. }) => Ok(named),
            Err(error) => Err(error.into()),
        }
    }

    async fn prepare(
        &self,
        definitions: &Definitions,
        change: Option<&PendingChange<'_>>,
    ) -> Result<Lockout, ProtectionError> {
        let Definitions { policies, locations, strengths, .. } = definitions;
        let lockout = Lockout::new(policies, locations, strengths, GRAPH_APP_ID, self.clock.now());
        let attributes = match change {
            _ if !looks_at_attributes(definitions) => None,
            Some(PendingChange::SecurityAttributes { attributes, .. }) => Some((*attributes).clone()),
            _ => self.assigned_attributes(&[GRAPH_APP_ID.to_owned()].into()).await?.remove(GRAPH_APP_ID),
        };
        Ok(lockout.with_resource_attributes(attributes))
    }

    async fn admits_one(
        &self,
        lockout: &mut Lockout,
        administrators: &[User],
        change: Option<&PendingChange<'_>>,
    ) -> Result<bool, ProtectionError> {
        let deleted = match change {
            Some(PendingChange::DeviceDeleted(id)) => Some(*id),
            _ => None,
        };
        for user in administrators {
            let Some(administrator) = self.administrator_after(user, change).await? else { continue };
            let devices = self.devices_of(user, deleted).await?;
            if lockout.admits(&administrator.facts, &devices) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What policies see of an administrator after a change; `None` if he is then in so many groups that he cannot sign in.
    async fn administrator_after(
        &self,
        user: &User,
        change: Option<&PendingChange<'_>>,
    ) -> Result<Option<Administrator>, ProtectionError> {
        let found = self.administrator(user).await?;
        let (Some(mut administrator), Some(PendingChange::Memberships(change))) = (found.clone(), change)
        else {
            return Ok(found);
        };
        match self.directory.transitive_group_ids_after(&user.id, change).await {
            Ok(group_ids) => administrator.facts.group_ids = group_ids,
            Err(DirectoryError::TooManyGroups { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        Ok(Some(administrator))
    }

    /// The enabled devices somebody owns or uses, as policies see them, without the one that is deleted.
    async fn devices_of(
        &self,
        user: &User,
        deleted: Option<&str>,
    ) -> Result<Vec<DeviceFacts>, ProtectionError> {
        let at = self.clock.now();
        let mut devices = self.directory.devices_of(&user.id, DeviceRelation::Owner).await?;
        devices.extend(self.directory.devices_of(&user.id, DeviceRelation::User).await?);
        let left = devices.into_iter().filter(|device| deleted != Some(device.id.as_str()));
        let enabled = left.filter(|device| device.account_enabled == Some(true));
        Ok(enabled.take(MOST_DEVICES).map(|device| device_facts(device, at)).collect())
    }
}

fn is_excluded_by_name(user: &User, policies: &[ConditionalAccessPolicy]) -> bool {
    let users = policies.iter().filter_map(|policy| policy.conditions.users.as_ref());
    users.flat_map(|users| &users.exclude_users).any(|id| id.eq_ignore_ascii_case(&user.id))
}
