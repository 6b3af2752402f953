use std::collections::HashMap;

use riskgate_model::{Group, TargetResource, User};
use riskgate_odata::Filter;
use riskgate_store::records::GroupMembership;
use riskgate_store::{Position, Query, Record, StoreExt};

use crate::{Directory, DirectoryError, group_target, user_target};

/// A member of a group.
#[derive(Debug, Clone, PartialEq)]
pub enum Member {
    /// `#microsoft.graph.user`
    User(Box<User>),
    /// `#microsoft.graph.group`
    Group(Box<Group>),
}

/// Some of a group's members.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberPage {
    /// The members, in a steady order; possibly none although there are more pages.
    pub members: Vec<Member>,
    /// What to ask for the next page with; `None` on the last one.
    pub next: Option<String>,
}

impl Member {
    /// Object identifier.
    pub fn id(&self) -> &str {
        match self {
            Self::User(user) => &user.id,
            Self::Group(group) => &group.id,
        }
    }

    /// Graph type without namespace: `user` or `group`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Group(_) => "group",
        }
    }

    pub(super) fn target(&self) -> TargetResource {
        match self {
            Self::User(user) => user_target(user, &[]),
            Self::Group(group) => group_target(group, &[]),
        }
    }
}

impl Directory {
    /// The direct members of a group, at most `limit` of them, from the place `after` a page named.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::Store`].
    pub async fn members(
        &self,
        group_id: &str,
        after: Option<&str>,
        limit: u64,
    ) -> Result<MemberPage, DirectoryError> {
        let group = self.existing_group(group_id).await?.record;
        let mut query = Query::filtered(Filter::equals("groupId", &group.id), limit);
        query.after = after.map(|id| Position { values: Vec::new(), id: id.to_owned() });
        let page = self.store.find::<GroupMembership>(self.tenant, &query).await?;
        let ids = |kind: &str| {
            let of_kind = page.items.iter().filter(|item| item.record.member_type == kind);
            of_kind.map(|item| item.record.member_id.clone()).collect::<Vec<_>>()
        };
        let mut users = by_id(self.with_ids::<User>(&ids("user")).await?);
        let mut groups = by_id(self.with_ids::<Group>(&ids("group")).await?);
        let members = page.items.iter().filter_map(|item| {
            let id = &item.record.member_id;
            let user = users.remove(id).map(|user| Member::User(Box::new(user)));
            user.or_else(|| groups.remove(id).map(|group| Member::Group(Box::new(group))))
        });
        Ok(MemberPage { members: members.collect(), next: page.next.map(|position| position.id) })
    }

    /// The records with these identifiers that exist, by identifier.
    pub(crate) async fn with_ids<R: Record>(&self, ids: &[String]) -> Result<Vec<R>, DirectoryError> {
        let mut found = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(100) {
            let rows = self.store.find_all::<R>(self.tenant, Filter::one_of("id", chunk)).await?;
            found.extend(rows.into_iter().map(|row| row.record));
        }
        Ok(found)
    }
}

fn by_id<R: Record>(records: Vec<R>) -> HashMap<String, R> {
    records.into_iter().map(|record| (record.id().to_owned(), record)).collect()
}
