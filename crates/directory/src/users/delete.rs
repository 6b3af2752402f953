use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{OAuth2PermissionGrant, RiskyUser, UnifiedRoleAssignment, User};
use riskgate_odata::Filter;
use riskgate_store::records::{
    ApprovalRequests, AuthenticationMethod, DeletedItem, DeletedKind, DeviceRegistration, EmailMethod,
    FamiliarNetworks, GroupMembership, RecoveryCodeSet, RefreshTokenFamily, Session, SignInHistory,
    UserCredential,
};
use riskgate_store::{Batch, Record, StoreExt, retry};
use serde::Serialize;

use crate::{Actor, AuditEntry, Directory, DirectoryError, user_target};

/// How long deleted objects can be seen (contract §1.3).
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

impl Directory {
    /// Deletes a user: the object moves to the deleted items for 30 days; password, second factors, what his
    /// sign-ins taught, sessions, refresh tokens, memberships, roles and consents are gone at once. His devices stay, without owner. The user's risk is kept, marked as of a deleted user.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`]; [`DirectoryError::LastAdministrator`]; [`DirectoryError::Store`].
    pub async fn delete_user(&self, actor: &Actor, id_or_name: &str) -> Result<(), DirectoryError> {
        let id = retry(|| self.try_delete_user(actor, id_or_name)).await?;
        // What is left is worthless without the user; if it cannot be removed now, it expires.
        if let Err(error) = self.remove_traces(&id).await {
            tracing::warn!(user = %id, %error, "sessions of a deleted user stay until they expire");
        }
        Ok(())
    }

    async fn try_delete_user(&self, actor: &Actor, id_or_name: &str) -> Result<String, DirectoryError> {
        let user = self.existing_user(id_or_name).await?;
        let id = user.record.id.clone();
        let mut batch = self.batch();
        self.keep_an_administrator(&mut batch, &id).await?;
        batch.delete(&user);
        batch.insert(&deleted_user(&user.record, self.now()))?;
        self.delete_with_id::<UserCredential>(&mut batch, &id).await?;
        self.delete_with_id::<FamiliarNetworks>(&mut batch, &id).await?;
        self.delete_with_id::<SignInHistory>(&mut batch, &id).await?;
        self.delete_with_id::<EmailMethod>(&mut batch, &id).await?;
        self.delete_with_id::<RecoveryCodeSet>(&mut batch, &id).await?;
        self.delete_with_id::<ApprovalRequests>(&mut batch, &id).await?;
        self.delete_where::<UnifiedRoleAssignment>(&mut batch, "principalId", &id).await?;
        self.delete_where::<AuthenticationMethod>(&mut batch, "userId", &id).await?;
        if let Some(mut risky) = self.store.load::<RiskyUser>(self.tenant, &id).await? {
            risky.record.is_deleted = Some(true);
            batch.update(&risky)?;
        }
        let entry = AuditEntry::new("Delete user", "UserManagement", "Delete");
        self.audit(&mut batch, actor, entry.target(user_target(&user.record, &[])))?;
        self.store.commit(batch).await?;
        Ok(id)
    }

    async fn remove_traces(&self, id: &str) -> Result<(), DirectoryError> {
        self.sweep_away::<OAuth2PermissionGrant>("principalId", id).await?;
        self.sweep_away::<GroupMembership>("memberId", id).await?;
        self.sweep_away::<DeviceRegistration>("userId", id).await?;
        self.sweep::<Session>("userId", id, |session, batch| self.end_session(&session, batch)).await?;
        self.sweep_away::<RefreshTokenFamily>("userId", id).await
    }

    pub(crate) async fn delete_with_id<R: Record>(
        &self,
        batch: &mut Batch,
        id: &str,
    ) -> Result<(), DirectoryError> {
        if let Some(row) = self.store.load::<R>(self.tenant, id).await? {
            batch.delete(&row);
        }
        Ok(())
    }

    /// For rows of which an object has few.
    pub(crate) async fn delete_where<R: Record>(
        &self,
        batch: &mut Batch,
        column: &str,
        value: &str,
    ) -> Result<(), DirectoryError> {
        for row in self.store.find_all::<R>(self.tenant, Filter::equals(column, value)).await? {
            batch.delete(&row);
        }
        Ok(())
    }
}

fn deleted_user(user: &User, now: Timestamp) -> DeletedItem {
    deleted_item(DeletedKind::User, &user.id, &User { deleted_date_time: Some(now), ..user.clone() }, now)
}

/// The record an object leaves behind.
pub(crate) fn deleted_item(
    kind: DeletedKind,
    id: &str,
    object: &impl Serialize,
    now: Timestamp,
) -> DeletedItem {
    DeletedItem {
        id: id.to_owned(),
        kind,
        document: serde_json::to_value(object).unwrap_or_default(),
        deleted_date_time: now,
        expires_date_time: now + KEPT,
    }
}
