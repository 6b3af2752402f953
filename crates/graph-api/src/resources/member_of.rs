//! `/users/{id}/memberOf` and `/transitiveMemberOf`: groups and directory roles of a user (contract §1.3).

use riskgate_directory::Capability;
use riskgate_model::{DirectoryObject, GraphType, Group};
use serde_json::Value as Json;

use crate::area::Area::Directory;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Rule;
use crate::query::{self, Set};
use crate::resources::stored::typed;
use crate::route::{Access, Outcome, Route, routes};

/// What groups have can be selected of roles too.
static SET: Set =
    Set { selectable: Group::TYPE, typed: true, ..Set::new(DirectoryObject::TYPE, "directoryObjects") };

static READ: Rule = Rule::new(
    &[
        &["Directory.Read.All"],
        &["Directory.ReadWrite.All"],
        &["GroupMember.Read.All"],
        &["Group.Read.All"],
        &["User.Read.All"],
    ],
    Capability::ReadGroups,
)
.or_own(&[&["User.Read"], &["User.ReadWrite"]]);

/// Which objects of the answer are wanted.
#[derive(Clone, Copy, PartialEq)]
enum Cast {
    None,
    Groups,
    Roles,
}

pub(super) fn routes() -> Vec<Route> {
    let read = Access::Rule(&READ);
    routes! { Directory;
        GET "users/{id}/memberOf", read => |call| list(call, false, Cast::None);
        GET "users/{id}/memberOf/$count", read => |call| count(call, false);
        GET "users/{id}/memberOf/microsoft.graph.group", read => |call| list(call, false, Cast::Groups);
        GET "users/{id}/memberOf/microsoft.graph.directoryRole", read => |call| list(call, false, Cast::Roles);
        GET "users/{id}/transitiveMemberOf", read => |call| list(call, true, Cast::None);
        GET "users/{id}/transitiveMemberOf/$count", read => |call| count(call, true);
        GET "users/{id}/transitiveMemberOf/microsoft.graph.group", read => |call| list(call, true, Cast::Groups);
        GET "users/{id}/transitiveMemberOf/microsoft.graph.directoryRole", read => |call| list(call, true, Cast::Roles);
    }
}

async fn list(call: Call, transitive: bool, cast: Cast) -> Outcome {
    query::list_of(&call, &SET, &objects(&call, transitive, cast).await?)
}

async fn count(call: Call, transitive: bool) -> Outcome {
    query::count_of(&call, &SET, &objects(&call, transitive, Cast::None).await?)
}

async fn objects(call: &Call, transitive: bool, cast: Cast) -> Result<Vec<Json>, GraphError> {
    let directory = &call.service.api.directory;
    let user = directory.user(call.key(0)).await?;
    let mut objects = Vec::new();
    if cast != Cast::Roles {
        let groups = match transitive {
            true => directory.transitive_member_of(&user.id).await?,
            false => directory.member_of(&user.id).await?,
        };
        for group in groups {
            objects.push(typed("group", &group)?);
        }
    }
    if cast != Cast::Groups {
        for id in directory.role_template_ids(&user.id).await? {
            if let Some(role) = directory.directory_role(&id) {
                objects.push(typed("directoryRole", &role)?);
            }
        }
    }
    Ok(objects)
}
