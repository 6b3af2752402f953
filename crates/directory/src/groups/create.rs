use riskgate_model::Group;
use serde_json::{Map, Value as Json};

use super::rules::GROUP_RULES;
use crate::identifiers::security_identifier;
use crate::properties::{apply, require};
use crate::{Actor, AuditEntry, Directory, DirectoryError, group_target};

/// A group to be created.
#[derive(Debug, Clone, Default)]
pub struct NewGroup {
    /// Graph properties as in the body of `POST /groups`, without `members@odata.bind`.
    pub properties: Map<String, Json>,
    /// Object identifiers of its first members, users or groups, at most 20.
    pub member_ids: Vec<String>,
}

impl NewGroup {
    /// A security group with the required properties.
    pub fn new(display_name: &str, mail_nickname: &str) -> Self {
        let properties = [
            ("displayName", display_name.into()),
            ("mailEnabled", Json::Bool(false)),
            ("mailNickname", mail_nickname.into()),
            ("securityEnabled", Json::Bool(true)),
        ];
        let properties = properties.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
        Self { properties, member_ids: Vec::new() }
    }
}

impl Directory {
    /// Creates a security group.
    ///
    /// # Errors
    /// [`DirectoryError::Required`], [`DirectoryError::InvalidValue`], [`DirectoryError::UnknownProperty`],
    /// [`DirectoryError::ReadOnly`]; [`DirectoryError::NotSupported`] for dynamic, mail-enabled and role-assignable
    /// groups; [`DirectoryError::NotFound`] for a member that does not exist; [`DirectoryError::Store`].
    pub async fn create_group(&self, actor: &Actor, new: &NewGroup) -> Result<Group, DirectoryError> {
        require(&GROUP_RULES, &new.properties)?;
        let (id, now) = (self.rng.uuid(), self.now());
        let empty = Group {
            id: id.hyphenated().to_string(),
            created_date_time: Some(now),
            renewed_date_time: Some(now),
            security_identifier: Some(security_identifier(id)),
            ..Group::default()
        };
        let (group, _) = apply(&GROUP_RULES, &empty, &new.properties)?;
        let mut batch = self.batch();
        batch.insert(&group)?;
        let entry = AuditEntry::new("Add group", "GroupManagement", "Add").target(group_target(&group, &[]));
        self.audit(&mut batch, actor, entry)?;
        self.put_members(&mut batch, actor, &group, &new.member_ids).await?;
        self.store.commit(batch).await?;
        Ok(group)
    }
}
