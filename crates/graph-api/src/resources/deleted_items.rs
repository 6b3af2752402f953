//! `/directory/deletedItems`: deleted users and groups, kept for 30 days (contract §1.3).

mod get;
mod list;
mod purge;

use riskgate_directory::Capability;
use riskgate_model::{DirectoryObject, GraphType, Group, User};
use riskgate_store::StoreExt;
use riskgate_store::Versioned;
use riskgate_store::records::{DeletedItem, DeletedKind};
use serde_json::Value as Json;

use crate::area::Area::Directory;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::{Permissions, Rule};
use crate::query::Set;
use crate::route::{Access, Route, routes};

static USERS: Set =
    Set { refused: &["$skip"], ..Set::new(User::TYPE, "directory/deletedItems/microsoft.graph.user") };
static GROUPS: Set =
    Set { refused: &["$skip"], ..Set::new(Group::TYPE, "directory/deletedItems/microsoft.graph.group") };
static ANY: Set =
    Set { selectable: User::TYPE, typed: true, ..Set::new(DirectoryObject::TYPE, "directory/deletedItems") };

const USER_READ: Permissions = &[
    &["User.Read.All"],
    &["User.DeleteRestore.All"],
    &["User.ReadWrite.All"],
    &["Directory.Read.All"],
    &["Directory.ReadWrite.All"],
];
const GROUP_READ: Permissions =
    &[&["Group.Read.All"], &["Group.ReadWrite.All"], &["Directory.Read.All"], &["Directory.ReadWrite.All"]];
const USER_WRITE: Permissions = &[&["User.DeleteRestore.All"], &["User.ReadWrite.All"]];
const GROUP_WRITE: Permissions = &[&["Group.ReadWrite.All"]];

static READ_USERS: Rule = Rule::new(USER_READ, Capability::ReadUsers);
static READ_GROUPS: Rule = Rule::new(GROUP_READ, Capability::ReadGroups);
/// An identifier does not tell of which kind the object is: the handler asks again when it knows.
static READ_ANY: Rule = Rule::new(
    &[
        &["User.Read.All"],
        &["User.DeleteRestore.All"],
        &["User.ReadWrite.All"],
        &["Group.Read.All"],
        &["Group.ReadWrite.All"],
        &["Directory.Read.All"],
        &["Directory.ReadWrite.All"],
    ],
    Capability::ReadUsers,
);
static PURGE: Rule = Rule::new(
    &[&["User.DeleteRestore.All"], &["User.ReadWrite.All"], &["Group.ReadWrite.All"]],
    Capability::ReadUsers,
);

pub(super) fn routes() -> Vec<Route> {
    routes! { Directory;
        GET "directory/deletedItems/microsoft.graph.user", Access::Rule(&READ_USERS) => |call| list::list(call, DeletedKind::User);
        GET "directory/deletedItems/microsoft.graph.group", Access::Rule(&READ_GROUPS) => |call| list::list(call, DeletedKind::Group);
        GET "directory/deletedItems/{id}", Access::Rule(&READ_ANY) => get::get;
        DELETE "directory/deletedItems/{id}", Access::Rule(&PURGE) => purge::purge;
    }
}

/// The deleted user or group the path names.
async fn named(call: &Call) -> Result<(Versioned<DeletedItem>, &'static str), GraphError> {
    let id = super::stored::normalized(call.key(0));
    let item = call.store().load::<DeletedItem>(call.service.api.tenant, &id).await?;
    let item = item.filter(|item| item.record.expires_date_time > call.context.at);
    let item = item.ok_or_else(|| call.not_found("DirectoryObject", 0))?;
    match item.record.kind {
        DeletedKind::User => Ok((item, "user")),
        DeletedKind::Group => Ok((item, "group")),
        _ => Err(call.not_found("DirectoryObject", 0)),
    }
}

/// The object with the name of its type.
fn typed(item: &DeletedItem, kind: &str) -> Json {
    let mut document = item.document.clone();
    document["@odata.type"] = Json::from(format!("#microsoft.graph.{kind}"));
    document
}
