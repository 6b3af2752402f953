//! What each operation asks for, from the rules that are enforced. As `$metadata` says what there is, to everybody, this
//! says who may.

use riskgate_directory::member_allows;
use serde_json::{Value as Json, json};

use crate::answer::Answer;
use crate::call::Call;
use crate::permissions::roles_with;
use crate::resources::routes;
use crate::route::{Outcome, RouteInfo};

/// `GET /riskgate/operations`
pub(super) async fn list(_: Call) -> Outcome {
    let value: Vec<Json> = routes().iter().map(|route| operation(&route.info())).collect();
    Ok(Answer::json(json!({ "value": value })))
}

/// Permissions are alternatives, each a list of those needed together. Any token will do where the three lists are empty.
fn operation(route: &RouteInfo) -> Json {
    json!({
        "method": route.method.as_str(),
        "path": format!("/{}", route.pattern),
        "isAnonymous": route.is_anonymous,
        "delegatedPermissions": route.delegated,
        "delegatedPermissionsOnOneself": route.own,
        "applicationPermissions": route.application,
        "directoryRoles": route.capability.map(roles_with).unwrap_or_default(),
        "isOpenToMembers": route.capability.is_none_or(member_allows),
    })
}
