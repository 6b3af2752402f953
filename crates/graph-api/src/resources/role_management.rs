//! `/roleManagement/directory` (contract §1.4).

mod assignments;
mod definitions;

use riskgate_model::{GraphType, UnifiedRoleAssignment, UnifiedRoleDefinition};
use riskgate_odata::ValueKind;

use super::directory_roles::{READ, WRITE};
use crate::area::Area::Directory;
use crate::query::Set;
use crate::route::{Access, Route, routes};

static DEFINITIONS: Set = Set {
    page: 999,
    order: &[("displayName", false, ValueKind::Text)],
    ..Set::new(UnifiedRoleDefinition::TYPE, "roleManagement/directory/roleDefinitions")
};
static ASSIGNMENTS: Set = Set::new(UnifiedRoleAssignment::TYPE, "roleManagement/directory/roleAssignments");

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { Directory;
        GET "roleManagement/directory/roleDefinitions", read => definitions::list;
        GET "roleManagement/directory/roleDefinitions/$count", read => definitions::count;
        GET "roleManagement/directory/roleDefinitions/{id}", read => definitions::get;
        GET "roleManagement/directory/roleAssignments", read => assignments::list;
        GET "roleManagement/directory/roleAssignments/$count", read => assignments::count;
        POST "roleManagement/directory/roleAssignments", write => assignments::create;
        GET "roleManagement/directory/roleAssignments/{id}", read => assignments::get;
        DELETE "roleManagement/directory/roleAssignments/{id}", write => assignments::delete;
    }
}
