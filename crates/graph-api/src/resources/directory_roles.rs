//! `/directoryRoles` and `/directoryRoleTemplates` (contract §1.4).

mod list;
mod members;
mod templates;

use riskgate_directory::Capability;
use riskgate_model::{DirectoryObject, DirectoryRole, DirectoryRoleTemplate, GraphType, User};
use riskgate_odata::ValueKind;

use crate::area::Area::Directory;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Rule;
use crate::query::{DefaultOrder, Set};
use crate::route::{Access, Route, routes};

const BY_NAME: &[DefaultOrder] = &[("displayName", false, ValueKind::Text)];
static ROLES: Set = Set { page: 999, order: BY_NAME, ..Set::new(DirectoryRole::TYPE, "directoryRoles") };
static TEMPLATES: Set =
    Set { page: 999, order: BY_NAME, ..Set::new(DirectoryRoleTemplate::TYPE, "directoryRoleTemplates") };
static MEMBERS: Set =
    Set { selectable: User::TYPE, typed: true, ..Set::new(DirectoryObject::TYPE, "directoryObjects") };

pub(super) static READ: Rule = Rule::new(
    &[
        &["RoleManagement.Read.Directory"],
        &["RoleManagement.ReadWrite.Directory"],
        &["Directory.Read.All"],
        &["Directory.ReadWrite.All"],
    ],
    Capability::ReadRoles,
);
pub(super) static WRITE: Rule = Rule::new(&[&["RoleManagement.ReadWrite.Directory"]], Capability::WriteRoles);

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { Directory;
        GET "directoryRoles", read => list::list;
        GET "directoryRoles/$count", read => list::count;
        GET "directoryRoles/{id}", read => list::get;
        GET "directoryRoles/{roleTemplateId=}", read => list::get;
        GET "directoryRoles/{id}/members", read => members::list;
        GET "directoryRoles/{roleTemplateId=}/members", read => members::list;
        POST "directoryRoles/{id}/members/$ref", write => members::add;
        POST "directoryRoles/{roleTemplateId=}/members/$ref", write => members::add;
        DELETE "directoryRoles/{id}/members/{member}/$ref", write => members::remove;
        DELETE "directoryRoles/{roleTemplateId=}/members/{member}/$ref", write => members::remove;
        GET "directoryRoleTemplates", read => templates::list;
        GET "directoryRoleTemplates/{id}", read => templates::get;
    }
}

/// The role the path names, by its identifier or that of its template.
fn named(call: &Call) -> Result<DirectoryRole, GraphError> {
    call.service.api.directory.directory_role(call.key(0)).ok_or_else(|| call.not_found("DirectoryRole", 0))
}
