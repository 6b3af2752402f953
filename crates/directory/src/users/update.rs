use riskgate_model::User;
use riskgate_store::retry;
use serde_json::{Map, Value as Json};

use super::create::{check_principal_name, duplicate_name};
use super::password::PasswordChange;
use super::rules::USER_RULES;
use crate::properties::{Change, apply};
use crate::{Actor, AuditEntry, Directory, DirectoryError, user_target};

/// What is to change about a user.
#[derive(Debug, Clone, Default)]
pub struct UserChange {
    /// Graph properties as in the body of `PATCH /users/{id}`, without `passwordProfile`.
    pub properties: Map<String, Json>,
    /// What becomes of the password.
    pub password: Option<PasswordChange>,
}

/// What has changed about a user.
#[derive(Debug, Clone, PartialEq)]
pub struct UserUpdate {
    /// The user now.
    pub user: User,
    /// The properties that have another value now.
    pub changes: Vec<Change>,
}

impl Directory {
    /// Changes a user: absent properties stay, null clears. A new password ends all sessions.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`]; those of [`Directory::create_user`]; [`DirectoryError::LastAdministrator`] when it
    /// would disable the last active Global Administrator; [`DirectoryError::Store`].
    pub async fn update_user(
        &self,
        actor: &Actor,
        id_or_name: &str,
        change: &UserChange,
    ) -> Result<UserUpdate, DirectoryError> {
        let update = retry(|| self.try_update_user(actor, id_or_name, change)).await?;
        if change.password.as_ref().is_some_and(|password| password.hash.is_some())
            && let Some(until) = update.user.sign_in_sessions_valid_from_date_time
        {
            self.end_sessions(&update.user.id, until).await?;
        }
        Ok(update)
    }

    async fn try_update_user(
        &self,
        actor: &Actor,
        id_or_name: &str,
        change: &UserChange,
    ) -> Result<UserUpdate, DirectoryError> {
        let mut user = self.existing_user(id_or_name).await?;
        check_principal_name(&self.organization().await?, &change.properties)?;
        let was_enabled = user.record.account_enabled == Some(true);
        let (record, changes) = apply(&USER_RULES, &user.record, &change.properties)?;
        user.record = record;
        let mut batch = self.batch();
        if was_enabled && user.record.account_enabled != Some(true) {
            self.keep_an_administrator(&mut batch, &user.record.id).await?;
        }
        if let Some(password) = &change.password {
            self.write_password(&mut batch, &mut user.record, password, self.now()).await?;
        }
        if changes.is_empty() && change.password.is_none() {
            return Ok(UserUpdate { user: user.record, changes });
        }
        batch.update(&user)?;
        for entry in entries(actor, &user.record, &changes, change.password.as_ref()) {
            self.audit(&mut batch, actor, entry)?;
        }
        self.store.commit(batch).await.map_err(duplicate_name)?;
        Ok(UserUpdate { user: user.record, changes })
    }
}

/// One entry for the properties, one for enabling or disabling, one for the password.
fn entries(
    actor: &Actor,
    user: &User,
    changes: &[Change],
    password: Option<&PasswordChange>,
) -> Vec<AuditEntry> {
    let mut activities = Vec::new();
    if !changes.is_empty() {
        activities.push("Update user");
    }
    if let Some(switch) = changes.iter().find(|change| change.property == "accountEnabled") {
        activities.push(if switch.new == Json::Bool(true) { "Enable account" } else { "Disable account" });
    }
    match password {
        Some(change) if change.hash.is_none() => activities.push("Set force change user password"),
        Some(change) if change.is_forgotten => activities.push("Reset password (self-service)"),
        Some(_) if actor.is_user(&user.id) => activities.push("Change user password"),
        Some(_) => activities.push("Reset user password"),
        None => {}
    }
    let entry =
        |activity| AuditEntry::new(activity, "UserManagement", "Update").target(user_target(user, changes));
    activities.into_iter().map(entry).collect()
}
