use riskgate_directory::{Actor, AuditEntry, Initiator, audit, other_target};
use riskgate_model::{RiskState, RiskyServicePrincipal, RiskyUser, ServicePrincipal, User};
use riskgate_risk::state::{Action, ServicePrincipalOwner, UserOwner, apply};
use riskgate_store::{Batch, StoreExt, Versioned, retry};

use crate::risk::batch::StoredOwner;
use crate::{Protection, ProtectionError};

impl Protection {
    /// Dismisses all risk of users (`riskyUsers/dismiss`).
    ///
    /// # Errors
    /// [`ProtectionError::UnknownRiskyUser`] for an identifier that never was at risk; then nothing is changed.
    pub async fn dismiss_users(&self, ids: &[String], actor: &Actor) -> Result<(), ProtectionError> {
        self.act_on_users(ids, actor, &Action::Dismiss, "DismissUser").await
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
        self.act_on_users(ids, actor, &Action::ConfirmCompromised, "ConfirmAccountCompromised").await
    }

    /// Says that accounts are safe (`riskyUsers/confirmSafe`).
    ///
    /// # Errors
    /// [`ProtectionError::UnknownRiskyUser`]; then nothing is changed.
    pub async fn confirm_users_safe(&self, ids: &[String], actor: &Actor) -> Result<(), ProtectionError> {
        self.act_on_users(ids, actor, &Action::ConfirmSafe, "ConfirmAccountSafe").await
    }

    /// Closes the risk of a user whose password an administrator has set. A user without open risk stays as he is.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn password_was_reset(&self, user_id: &str, actor: &Actor) -> Result<(), ProtectionError> {
        self.act_on_user(user_id, actor, &Action::AdminResetPassword, "AdminResetPassword").await
    }

    /// Closes the risk of a user who chose a new password himself, because his risk asked for it and after he had passed
    /// multifactor authentication. A user without open risk stays as he is.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn password_was_secured(&self, user_id: &str, actor: &Actor) -> Result<(), ProtectionError> {
        self.act_on_user(user_id, actor, &Action::SecuredPasswordChange, "SecuredPasswordChange").await
    }

    /// Closes the risk of a user who had forgotten his password, proved who he is and set a new one. A user without open risk
    /// stays as he is.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn password_was_reset_by_user(
        &self,
        user_id: &str,
        actor: &Actor,
    ) -> Result<(), ProtectionError> {
        self.act_on_user(user_id, actor, &Action::SecuredPasswordReset, "SecuredPasswordReset").await
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
            self.act_on_user(&user, actor, &action(id.clone()), activity).await?;
        }
        Ok(())
    }

    /// Dismisses all risk of service principals (`riskyServicePrincipals/dismiss`). What was found was no risk, so they are
    /// learned anew: there is no `confirmSafe` for them.
    ///
    /// # Errors
    /// [`ProtectionError::UnknownRiskyServicePrincipal`] for one that never was at risk; then nothing is changed.
    pub async fn dismiss_service_principals(
        &self,
        ids: &[String],
        actor: &Actor,
    ) -> Result<(), ProtectionError> {
        let mut owners = Vec::new();
        for id in ids {
            let unknown = || ProtectionError::UnknownRiskyServicePrincipal(id.clone());
            owners.push(self.risky_service_principal(id).await?.ok_or_else(unknown)?);
        }
        self.act_on(&owners, actor, &Action::Dismiss, "DismissServicePrincipal").await?;
        for owner in &owners {
            retry(|| self.relearn_workload(&owner.service_principal_id)).await?;
        }
        Ok(())
    }

    /// Says that service principals are compromised (`riskyServicePrincipals/confirmCompromised`); also of those that never
    /// were at risk.
    ///
    /// # Errors
    /// [`ProtectionError::UnknownServicePrincipal`]; then nothing is changed.
    pub async fn confirm_service_principals_compromised(
        &self,
        ids: &[String],
        actor: &Actor,
    ) -> Result<(), ProtectionError> {
        let mut owners = Vec::new();
        for id in ids {
            let known = self.store.load::<ServicePrincipal>(self.tenant, &id.to_lowercase()).await?;
            let owner = match known {
                Some(known) => Some(ServicePrincipalOwner::from(&known.record)),
                None => self.risky_service_principal(id).await?,
            };
            owners.push(owner.ok_or_else(|| ProtectionError::UnknownServicePrincipal(id.clone()))?);
        }
        let activity = "ConfirmServicePrincipalCompromised";
        self.act_on(&owners, actor, &Action::ConfirmCompromised, activity).await
    }

    async fn risky_service_principal(
        &self,
        id: &str,
    ) -> Result<Option<ServicePrincipalOwner>, ProtectionError> {
        let row = self.store.load::<RiskyServicePrincipal>(self.tenant, &id.to_lowercase()).await?;
        Ok(row.map(|row| ServicePrincipalOwner::from(&row.record)))
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
            owners.push(self.owner(id, *action == Action::ConfirmCompromised).await?);
        }
        self.act_on(&owners, actor, action, activity).await
    }

    async fn owner(&self, id: &str, may_be_new: bool) -> Result<UserOwner, ProtectionError> {
        let risky: Option<Versioned<RiskyUser>> = self.store.load(self.tenant, &id.to_lowercase()).await?;
        if let Some(risky) = risky {
            return Ok(UserOwner::from(&risky.record));
        }
        if !may_be_new {
            return Err(ProtectionError::UnknownRiskyUser(id.to_owned()));
        }
        let user: Option<Versioned<User>> = self.store.load(self.tenant, &id.to_lowercase()).await?;
        let user = user.ok_or_else(|| ProtectionError::UnknownUser(id.to_owned()))?.record;
        Ok(UserOwner::from(&user))
    }

    async fn act_on<O: StoredOwner>(
        &self,
        owners: &[O],
        actor: &Actor,
        action: &Action<O::Detection>,
        activity: &'static str,
    ) -> Result<(), ProtectionError> {
        for owner in owners {
            retry(|| self.act_once(owner.id(), Some(owner), actor, action, activity)).await?;
        }
        Ok(())
    }

    /// Acts on the risk of a user, if he has a row.
    async fn act_on_user(
        &self,
        user_id: &str,
        actor: &Actor,
        action: &Action,
        activity: &'static str,
    ) -> Result<(), ProtectionError> {
        retry(|| self.act_once::<UserOwner>(user_id, None, actor, action, activity)).await
    }

    /// Does what changes, in one batch with its audit entry. `owner` says who has no row yet; without, he stays as he is.
    pub(crate) async fn act_once<O: StoredOwner>(
        &self,
        owner_id: &str,
        owner: Option<&O>,
        actor: &Actor,
        action: &Action<O::Detection>,
        activity: &'static str,
    ) -> Result<(), ProtectionError> {
        let mut open = self.open_risk::<O>(owner_id, action).await?;
        let Some(owner) = open.owner().or_else(|| owner.cloned()) else { return Ok(()) };
        let moment = self.moment(self.clock.now(), initiator_id(actor));
        let change = apply(&open.state(), &owner, action, &moment);
        if change.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new(self.tenant);
        let restarts = O::HAS_SIGN_INS && *action == Action::ConfirmSafe;
        let mut sign_ins = open.changed_sign_ins(&change);
        let learned = self.relearn(&mut batch, owner_id, &mut sign_ins, restarts).await?;
        open.write(&mut batch, &change, None)?;
        let (kind, category) = O::AUDITED;
        let target = other_target(kind, owner.id(), owner.display_name());
        let entry = AuditEntry::new(activity, category, "Update").target(target);
        audit(&mut batch, &*self.clock, &*self.rng, actor, entry)?;
        Ok(self.commit_learned(batch, learned.as_ref()).await?)
    }
}

/// `initiatedBy` of the history: the object identifier of whoever acted, nothing for Riskgate itself.
pub(crate) fn initiator_id(actor: &Actor) -> Option<String> {
    match &actor.who {
        Initiator::User { id, .. } => Some(id.clone()),
        Initiator::Application { service_principal_id, .. } => Some(service_principal_id.clone()),
        Initiator::System | Initiator::CommandLine => None,
    }
}
