//! `/groups` and their members (contract §1.4).

mod count;
mod create;
mod delete;
mod get;
mod list;
mod members;
mod reference;
mod update;

use riskgate_directory::{Capability, MembershipChange};
use riskgate_model::{DirectoryObject, GraphType, Group, User};
use riskgate_odata::ValueKind;
use riskgate_protection::PendingChange;

pub(super) use reference::referenced_id;

use super::policies;
use crate::area::Area::Directory;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

pub(super) static SET: Set =
    Set { order: &[("displayName", false, ValueKind::Text)], ..Set::new(Group::TYPE, "groups") };
/// Members are users and groups; what users have can be selected of both.
pub(super) static MEMBERS: Set = Set {
    selectable: User::TYPE,
    typed: true,
    refused: &["$skip"],
    ..Set::new(DirectoryObject::TYPE, "directoryObjects")
};

static READ: Rule = Rule::new(
    &[
        &["Group.ReadBasic.All"],
        &["GroupMember.Read.All"],
        &["GroupMember.ReadWrite.All"],
        &["Group.Read.All"],
        &["Group.ReadWrite.All"],
        &["Directory.Read.All"],
        &["Directory.ReadWrite.All"],
    ],
    Capability::ReadGroups,
);
static CREATE: Rule = Rule {
    delegated: &[&["Group.ReadWrite.All"], &["Directory.ReadWrite.All"]],
    application: &[&["Group.Create"], &["Group.ReadWrite.All"], &["Directory.ReadWrite.All"]],
    own: &[],
    capability: Capability::WriteGroups,
};
static WRITE: Rule =
    Rule::new(&[&["Group.ReadWrite.All"], &["Directory.ReadWrite.All"]], Capability::WriteGroups);
static WRITE_MEMBERS: Rule = Rule::new(
    &[&["GroupMember.ReadWrite.All"], &["Group.ReadWrite.All"], &["Directory.ReadWrite.All"]],
    Capability::WriteGroups,
);

/// Refuses a change of members that would keep every administrator out. Policies and members are looked at just before the
/// change, not in the same moment with it.
///
/// # Errors
/// 400 with the names of the policies that would keep everyone out.
async fn keep_administrators_in(call: &Call, change: MembershipChange) -> Result<(), GraphError> {
    policies::keep_administrators_in(call, &PendingChange::Memberships(&change)).await
}

/// The group the path names.
fn group_id(call: &Call) -> String {
    call.key(0).to_ascii_lowercase()
}

/// Members that join the group the path names.
fn added(call: &Call, member_ids: &[String]) -> MembershipChange {
    let member_ids = member_ids.iter().map(|id| id.to_ascii_lowercase()).collect();
    MembershipChange::Added { group_id: group_id(call), member_ids }
}

pub(super) fn routes() -> Vec<Route> {
    let (read, write, members) = (Access::Rule(&READ), Access::Rule(&WRITE), Access::Rule(&WRITE_MEMBERS));
    routes! { Directory;
        GET "groups", read => list::list;
        GET "groups/$count", read => count::count;
        POST "groups", Access::Rule(&CREATE) => create::create;
        GET "groups/{id}", read => get::get;
        PATCH "groups/{id}", write => update::update;
        DELETE "groups/{id}", write => delete::delete;
        GET "groups/{id}/members", read => members::list;
        GET "groups/{id}/members/$count", read => members::count;
        POST "groups/{id}/members/$ref", members => members::add;
        DELETE "groups/{id}/members/{member}/$ref", members => members::remove;
    }
}
