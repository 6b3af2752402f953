use riskgate_core::Timestamp;
use riskgate_model::User;
use riskgate_store::records::UserCredential;
use riskgate_store::{Batch, StoreExt};
use serde_json::Map;

use super::create::credential;
use super::update::UserChange;
use crate::{Actor, Directory, DirectoryError};

/// What becomes of a user's password.
#[derive(Debug, Clone, Default)]
pub struct PasswordChange {
    /// Argon2id hash of the new password in PHC form; `None` keeps the old one.
    pub hash: Option<String>,
    /// Whether it must be changed at the next sign-in; `None`: as it is, or not for a new password.
    pub must_change: Option<bool>,
    /// Whether the user himself sets it, because he has forgotten the old one.
    pub is_forgotten: bool,
}

impl Directory {
    /// The user's password, to verify it against; `None` for a user without.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn user_credential(&self, user_id: &str) -> Result<Option<UserCredential>, DirectoryError> {
        let credential = self.store.load::<UserCredential>(self.tenant, user_id).await?;
        Ok(credential.map(|credential| credential.record))
    }

    /// Sets a user's password and ends all sessions that were made with the old one.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::Store`].
    pub async fn set_password(
        &self,
        actor: &Actor,
        id_or_name: &str,
        hash: &str,
        must_change: bool,
    ) -> Result<(), DirectoryError> {
        let password = PasswordChange {
            hash: Some(hash.to_owned()),
            must_change: Some(must_change),
            ..PasswordChange::default()
        };
        let change = UserChange { properties: Map::new(), password: Some(password) };
        self.update_user(actor, id_or_name, &change).await.map(|_| ())
    }

    /// Sets the password of a user who had forgotten it and proved who he is, and ends all sessions.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::Store`].
    pub async fn reset_own_password(
        &self,
        actor: &Actor,
        user_id: &str,
        hash: &str,
    ) -> Result<(), DirectoryError> {
        let hash = Some(hash.to_owned());
        let password = PasswordChange { hash, must_change: Some(false), is_forgotten: true };
        let change = UserChange { properties: Map::new(), password: Some(password) };
        self.update_user(actor, user_id, &change).await.map(|_| ())
    }

    /// Adds the change of the password to `batch` and marks it in `user`.
    pub(super) async fn write_password(
        &self,
        batch: &mut Batch,
        user: &mut User,
        change: &PasswordChange,
        now: Timestamp,
    ) -> Result<(), DirectoryError> {
        let existing = self.store.load::<UserCredential>(self.tenant, &user.id).await?;
        if change.hash.is_some() {
            user.last_password_change_date_time = Some(now);
            user.sign_in_sessions_valid_from_date_time = Some(now);
        }
        match (existing, &change.hash) {
            (Some(mut existing), hash) => {
                if let Some(hash) = hash {
                    existing.record = credential(&user.id, hash, false, now);
                }
                existing.record.must_change = change.must_change.unwrap_or(existing.record.must_change);
                batch.update(&existing)?;
            }
            (None, Some(hash)) => {
                batch.insert(&credential(&user.id, hash, change.must_change.unwrap_or(false), now))?;
            }
            (None, None) => return Err(DirectoryError::not_found(&user.id)),
        }
        Ok(())
    }
}
