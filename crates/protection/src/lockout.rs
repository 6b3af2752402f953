use riskgate_access::Lockout;
use riskgate_directory::GRAPH_APP_ID;
use riskgate_model::{
    ConditionalAccessPolicy, ConditionalAccessPolicyState, ConditionalAccessUsers, DeviceFacts, User,
};
use riskgate_store::records::DeviceRelation;

use crate::device::device_facts;
use crate::policies::Definitions;
use crate::{Protection, ProtectionError};

/// Most administrators that are examined, those the policy excludes by name first.
const MOST_ADMINISTRATORS: usize = 100;
/// Most devices of one administrator that are tried.
const MOST_DEVICES: usize = 20;

impl Protection {
    /// Names of the policies that would keep every administrator from undoing the change if `changed` were stored; `None`
    /// if one of them gets in, if none gets in now either, or if there is none.
    ///
    /// An administrator is a user who can sign in and change policies; he gets in if he reaches Microsoft Graph.
    ///
    /// # Errors
    /// [`ProtectionError`] if the store or the directory fails.
    pub async fn lockout(
        &self,
        changed: &ConditionalAccessPolicy,
    ) -> Result<Option<Vec<String>>, ProtectionError> {
        if changed.state != ConditionalAccessPolicyState::Enabled {
            return Ok(None);
        }
        let kept = self.policies.load(&*self.store, self.tenant).await?;
        let before = &kept.definitions;
        let mut after = before.clone();
        after.policies.retain(|policy| policy.id != changed.id);
        after.policies.push(changed.clone());
        let mut administrators = self.policy_administrators().await?;
        let users = changed.conditions.users.as_ref();
        administrators.sort_by_key(|user| !is_excluded_by_name(user, users));
        administrators.truncate(MOST_ADMINISTRATORS);
        let mut closed = self.prepare(&after);
        if administrators.is_empty() || self.admits_one(&mut closed, &administrators).await? {
            return Ok(None);
        }
        // Whoever is locked out already is not helped by a refusal: the change may be a step out.
        match self.admits_one(&mut self.prepare(before), &administrators).await? {
            true => Ok(Some(closed.blocking_policies())),
            false => Ok(None),
        }
    }

    fn prepare(&self, definitions: &Definitions) -> Lockout {
        let Definitions { policies, locations, strengths, .. } = definitions;
        Lockout::new(policies, locations, strengths, GRAPH_APP_ID, self.clock.now())
    }

    async fn admits_one(
        &self,
        lockout: &mut Lockout,
        administrators: &[User],
    ) -> Result<bool, ProtectionError> {
        for user in administrators {
            let Some(administrator) = self.administrator(user).await? else { continue };
            let devices = self.devices_of(user).await?;
            if lockout.admits(&administrator.facts, &devices) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The enabled devices somebody owns or uses, as policies see them.
    async fn devices_of(&self, user: &User) -> Result<Vec<DeviceFacts>, ProtectionError> {
        let at = self.clock.now();
        let mut devices = self.directory.devices_of(&user.id, DeviceRelation::Owner).await?;
        devices.extend(self.directory.devices_of(&user.id, DeviceRelation::User).await?);
        let enabled = devices.into_iter().filter(|device| device.account_enabled == Some(true));
        Ok(enabled.take(MOST_DEVICES).map(|device| device_facts(device, at)).collect())
    }
}

fn is_excluded_by_name(user: &User, users: Option<&ConditionalAccessUsers>) -> bool {
    users.is_some_and(|users| users.exclude_users.iter().any(|id| id.eq_ignore_ascii_case(&user.id)))
}
