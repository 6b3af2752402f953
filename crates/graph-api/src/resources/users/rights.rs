//! What a caller may see of, and do to, somebody else.

use riskgate_directory::may_manage;
use riskgate_model::User;
use riskgate_store::tables;
use serde_json::Value as Json;

use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Permissions;
use crate::query::Source;

/// What `User.ReadBasic.All` shows of others.
const BASIC: &[&str] = &["id", "displayName", "givenName", "surname", "mail", "userPrincipalName"];
/// What shows all of others.
const FULL: Permissions =
    &[&["User.Read.All"], &["User.ReadWrite.All"], &["Directory.Read.All"], &["Directory.ReadWrite.All"]];

/// The users as this caller sees them.
pub(super) fn source(call: &Call) -> Source {
    let source = Source { prepare: limit, ..Source::all(&tables::USERS) };
    match sees_all(call) {
        true => source,
        false => Source { queryable: Some(BASIC), ..source },
    }
}

/// Takes away what the caller may not see.
pub(super) fn limit(user: &mut Json, call: &Call) {
    let is_own = user
        .get("id")
        .and_then(Json::as_str)
        .is_some_and(|id| call.caller.as_ref().is_some_and(|caller| caller.is_user(id)));
    if is_own || sees_all(call) {
        return;
    }
    if let Some(user) = user.as_object_mut() {
        user.retain(|name, _| BASIC.contains(&name.as_str()));
    }
}

fn sees_all(call: &Call) -> bool {
    call.caller.as_ref().is_some_and(|caller| caller.has_any(FULL))
}

/// Refuses to let somebody take over or lock out somebody with more power. Applications count as having no role here:
/// with a permission alone nobody becomes an administrator.
///
/// # Errors
/// 403
pub(in crate::resources) async fn manage(call: &Call, target: &User) -> Result<(), GraphError> {
    let target_roles = call.service.api.directory.role_template_ids(&target.id).await?;
    let actor_roles = call.caller()?.roles().iter().map(String::as_str);
    match may_manage(actor_roles, target_roles.iter().map(String::as_str)) {
        true => Ok(()),
        false => Err(call.area.missing_permission()),
    }
}
