use riskgate_core::Timestamp;
use riskgate_model::{Organization, User};
use riskgate_store::records::UserCredential;
use riskgate_store::{StoreError, tables};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::principal_name::is_allowed;
use super::rules::USER_RULES;
use crate::identifiers::security_identifier;
use crate::properties::{apply, require};
use crate::{Actor, AuditEntry, Directory, DirectoryError, user_target};

/// A user to be created.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Graph properties as in the body of `POST /users`, without `passwordProfile`.
    pub properties: Map<String, Json>,
    /// Argon2id hash of the password, in PHC form.
    pub password_hash: String,
    /// Whether the password must be changed at the first sign-in.
    pub must_change: bool,
}

impl NewUser {
    /// An enabled user with the required properties; the mail nickname is the first part of the principal name.
    pub fn new(
        user_principal_name: &str,
        display_name: &str,
        password_hash: String,
        must_change: bool,
    ) -> Self {
        let nickname = user_principal_name.split('@').next().unwrap_or_default();
        let properties = [
            ("accountEnabled", Json::Bool(true)),
            ("displayName", display_name.into()),
            ("mailNickname", nickname.into()),
            ("userPrincipalName", user_principal_name.into()),
        ];
        let properties = properties.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
        Self { properties, password_hash, must_change }
    }
}

impl Directory {
    /// Creates a user with a password.
    ///
    /// # Errors
    /// Those of contract §1.3: [`DirectoryError::Required`], [`DirectoryError::InvalidValue`],
    /// [`DirectoryError::InvalidUserPrincipalName`], [`DirectoryError::UnknownProperty`], [`DirectoryError::ReadOnly`],
    /// [`DirectoryError::Duplicate`] for a user principal name that is taken; [`DirectoryError::Store`].
    pub async fn create_user(&self, actor: &Actor, new: &NewUser) -> Result<User, DirectoryError> {
        let organization = self.organization().await?;
        let now = self.now();
        let user = new_user(&organization, self.rng.uuid(), now, &new.properties)?;
        let mut batch = self.batch();
        batch.insert(&user)?;
        batch.insert(&credential(&user.id, &new.password_hash, new.must_change, now))?;
        self.audit(
            &mut batch,
            actor,
            AuditEntry::new("Add user", "UserManagement", "Add").target(user_target(&user, &[])),
        )?;
        self.store.commit(batch).await.map_err(duplicate_name)?;
        Ok(user)
    }
}

/// The record of a new user, checked; not stored.
pub(crate) fn new_user(
    organization: &Organization,
    id: Uuid,
    now: Timestamp,
    properties: &Map<String, Json>,
) -> Result<User, DirectoryError> {
    require(&USER_RULES, properties)?;
    check_principal_name(organization, properties)?;
    let empty = User {
        id: id.hyphenated().to_string(),
        created_date_time: Some(now),
        last_password_change_date_time: Some(now),
        security_identifier: Some(security_identifier(id)),
        sign_in_sessions_valid_from_date_time: Some(now),
        user_type: Some("Member".to_owned()),
        ..User::default()
    };
    Ok(apply(&USER_RULES, &empty, properties)?.0)
}

/// Refuses a user principal name with the message Graph has for it, before the general rules see it.
pub(super) fn check_principal_name(
    organization: &Organization,
    properties: &Map<String, Json>,
) -> Result<(), DirectoryError> {
    match properties.get("userPrincipalName") {
        Some(Json::String(name)) if !is_allowed(organization, name) => {
            Err(DirectoryError::InvalidUserPrincipalName)
        }
        _ => Ok(()),
    }
}

/// The record that holds a user's password.
pub(crate) fn credential(user_id: &str, hash: &str, must_change: bool, now: Timestamp) -> UserCredential {
    UserCredential {
        id: user_id.to_owned(),
        password_hash: hash.to_owned(),
        changed_date_time: now,
        must_change,
    }
}

/// The only value of users that must be unique and can be chosen is the principal name.
pub(super) fn duplicate_name(error: StoreError) -> DirectoryError {
    match error {
        StoreError::Exists { table, .. } if table == tables::USERS.name => {
            DirectoryError::Duplicate { property: "userPrincipalName" }
        }
        error => error.into(),
    }
}
