use riskgate_core::Timestamp;
use riskgate_store::retry;

use crate::{Actor, AuditEntry, Directory, DirectoryError, user_target};

impl Directory {
    /// Makes every session and refresh token of a user worthless, from the moment returned; browsers and applications
    /// have to sign in again.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::Store`]; running it again is harmless.
    pub async fn revoke_sign_in_sessions(
        &self,
        actor: &Actor,
        id_or_name: &str,
    ) -> Result<Timestamp, DirectoryError> {
        let (id, now) = retry(|| self.try_revoke(actor, id_or_name)).await?;
        self.end_sessions(&id, now).await?;
        Ok(now)
    }

    async fn try_revoke(
        &self,
        actor: &Actor,
        id_or_name: &str,
    ) -> Result<(String, Timestamp), DirectoryError> {
        let mut user = self.existing_user(id_or_name).await?;
        let now = self.now();
        user.record.sign_in_sessions_valid_from_date_time = Some(now);
        let mut batch = self.batch();
        batch.update(&user)?;
        let activity = "Update StsRefreshTokenValidFrom Timestamp";
        let entry =
            AuditEntry::new(activity, "UserManagement", "Update").target(user_target(&user.record, &[]));
        self.audit(&mut batch, actor, entry)?;
        self.store.commit(batch).await?;
        Ok((user.record.id, now))
    }
}
