use riskgate_directory::{Actor, AuditEntry, Initiator, audit, other_target};
use riskgate_model::{RiskState, RiskyUser, User};
use riskgate_risk::state::{Action, RiskOwner, apply};
use riskgate_store::{Batch, StoreExt, Versioned, retry};

use crate::risk_batch::owner_of;
use crate::{Protection, ProtectionError};

impl Protection {
    /// Dismisses all risk of users (`riskyUsers/dismiss`).
    ///
    /// # Errors
    /// [`ProtectionError::UnknownRiskyUser`] for an identifier that never was at risk; then nothing is changed.
    pub async fn dismiss_users(&self, ids: &[String], actor: &Actor) -> Result<(), ProtectionError> {
        self.act_on_users(ids, actor, &Action::DismissUser, "DismissUser").await
    }

    /// Says that accounts are compromised (`riskyUsers/confirmCompromised`); also of users who never were at risk.
    ///
    /// # Errors
    /// [`ProtectionError::UnknownUser`]; then nothing is changed.
    pub async fn confirm_users_compromised(
        &self,
        ids: &[String],
        actor: &Actor,
    ) -> Result<(), ProtectionError> {
        self.act_on_users(ids, actor, &Action::ConfirmUserCompromised, "ConfirmAccountCompromised").await
    }

    /// Says that accounts are safe (`riskyUsers/confirmSafe`).
    ///
    /// # Errors
    /// [`ProtectionError::UnknownRiskyUser`]; then nothing is changed.
    pub async fn confirm_users_safe(&self, ids: &[String], actor: &Actor) -> Result<(), ProtectionError> {
        self.act_on_users(ids, actor, &Action::ConfirmUserSafe, "ConfirmAccountSafe").await
    }

    /// Closes the risk of a user whose password an administrator has set. A user without open risk stays as he is.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn password_was_reset(&self, user_id: &str, actor: &Actor) -> Result<(), ProtectionError> {
        retry(|| self.act_once(user_id, None, actor, &Action::AdminResetPassword, "AdminResetPassword")).await
    }

    /// Closes the risk of a user who chose a new password himself, because his risk asked for it and after he had passed
    /// multifactor authentication. A user without open risk stays as he is.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn password_was_secured(&self, user_id: &str, actor: &Actor) -> Result<(), ProtectionError> {
        retry(|| self.act_once(user_id, None, actor, &Action::SecuredPasswordChange, "SecuredPasswordChange"))
            .await
    }

    /// Says of sign-ins that they were attacks, were the user, or do not matter (`auditLogs/signIns/...`).
    ///
    /// # Errors
    /// [`ProtectionError::NotRisky`] if one of them does not exist or never was risky; then nothing is changed. One whose
    /// risk is closed already stays as it is.
    pub async fn act_on_sign_ins(
        &self,
        ids: &[String],
        actor: &Actor,
        action: impl Fn(String) -> Action,
        activity: &'static str,
    ) -> Result<(), ProtectionError> {
        let mut users = Vec::new();
        for id in ids {
            let record = self.sign_in_record(id).await.map_err(|error| match error {
                ProtectionError::UnknownSignIn(_) => ProtectionError::NotRisky,
                other => other,
            })?;
            let state = record.record.sign_in.risk_state;
            if matches!(state, None | Some(RiskState::None)) {
                return Err(ProtectionError::NotRisky);
            }
            users.push(record.record.sign_in.user_id);
        }
        for (id, user) in ids.iter().zip(users) {
            let action = action(id.clone());
            retry(|| self.act_once(&user, None, actor, &action, activity)).await?;
        }
        Ok(())
    }

    async fn act_on_users(
        &self,
        ids: &[String],
        actor: &Actor,
        action: &Action,
        activity: &'static str,
    ) -> Result<(), ProtectionError> {
        // All are looked up before any is changed, so that a wrong identifier changes nothing.
        let mut owners = Vec::new();
        for id in ids {
            owners.push(self.owner(id, *action == Action::ConfirmUserCompromised).await?);
        }
        for owner in &owners {
            retry(|| self.act_once(&owner.user_id, Some(owner), actor, action, activity)).await?;
        }
        Ok(())
    }

    async fn owner(&self, id: &str, may_be_new: bool) -> Result<RiskOwner, ProtectionError> {
        let risky: Option<Versioned<RiskyUser>> = self.store.load(self.tenant, &id.to_lowercase()).await?;
        if let Some(risky) = risky {
            return Ok(owner_of(&risky.record));
        }
        if !may_be_new {
            return Err(ProtectionError::UnknownRiskyUser(id.to_owned()));
        }
        let user: Option<Versioned<User>> = self.store.load(self.tenant, &id.to_lowercase()).await?;
        let user = user.ok_or_else(|| ProtectionError::UnknownUser(id.to_owned()))?.record;
        Ok(RiskOwner {
            user_id: user.id,
            display_name: user.display_name,
            user_principal_name: user.user_principal_name,
        })
    }

    async fn act_once(
        &self,
        user_id: &str,
        owner: Option<&RiskOwner>,
        actor: &Actor,
        action: &Action,
        activity: &'static str,
    ) -> Result<(), ProtectionError> {
        let open = self.open_risk(user_id, action).await?;
        let Some(owner) = open.owner().or_else(|| owner.cloned()) else { return Ok(()) };
        let moment = self.moment(self.clock.now(), initiator_id(actor));
        let change = apply(&open.state(), &owner, action, &moment);
        if change.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new(self.tenant);
        open.write(&mut batch, &change, None)?;
        let target = other_target("User", &owner.user_id, owner.display_name.as_deref());
        let entry = AuditEntry::new(activity, "UserManagement", "Update").target(target);
        audit(&mut batch, &*self.clock, &*self.rng, actor, entry)?;
        Ok(self.store.commit(batch).await?)
    }
}

/// `initiatedBy` of the history: the object identifier of whoever acted, nothing for Riskgate itself.
fn initiator_id(actor: &Actor) -> Option<String> {
    match &actor.who {
        Initiator::User { id, .. } => Some(id.clone()),
        Initiator::Application { service_principal_id, .. } => Some(service_principal_id.clone()),
        Initiator::System | Initiator::CommandLine => None,
    }
}
