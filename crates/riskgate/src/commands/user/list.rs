use std::collections::HashMap;

use riskgate_directory::role;
use riskgate_model::{UnifiedRoleAssignment, User};
use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use serde_json::Value as Json;

use crate::cli::{Output, UserListArgs};
use crate::commands::open;
use crate::print;
use crate::wiring::System;

/// Lists users with their roles, by name.
///
/// # Errors
/// What the store fails with.
pub(crate) async fn run(arguments: UserListArgs) -> anyhow::Result<()> {
    let system = open(&arguments.common).await?;
    let found = system.foundation.store.find_all::<User>(system.tenant.id, Filter::Constant(true)).await?;
    let mut users: Vec<User> = found.into_iter().map(|user| user.record).collect();
    users.sort_by(|a, b| a.user_principal_name.cmp(&b.user_principal_name));
    let mut roles: HashMap<String, Vec<&'static str>> = HashMap::new();
    for assignment in system.directory.role_assignments(Filter::Constant(true)).await? {
        let name = role_name(&assignment);
        roles.entry(assignment.principal_id.unwrap_or_default()).or_default().extend(name);
    }
    let roles_of = |user: &User| roles.get(&user.id).cloned().unwrap_or_default();
    match arguments.common.output {
        Output::Json => {
            let shown: Vec<Json> = users.iter().map(|user| super::shown(user, &roles_of(user))).collect();
            print::json(&Json::Array(shown))
        }
        Output::Text => {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            let state =
                |user: &User| if user.account_enabled == Some(false) { "disabled" } else { "enabled" };
            let row = |user: &User| {
                let names = roles_of(user).join(", ");
                vec![text(&user.user_principal_name), text(&user.display_name), state(user).to_owned(), names]
            };
            let rows: Vec<_> = users.iter().map(row).collect();
            print::text(&print::table(&["USER PRINCIPAL NAME", "DISPLAY NAME", "STATE", "ROLES"], &rows))
        }
    }
}

/// Names of the roles a user has.
///
/// # Errors
/// What the store fails with.
pub(super) async fn roles_of(system: &System, user_id: &str) -> anyhow::Result<Vec<&'static str>> {
    let assignments = system.directory.role_assignments(Filter::equals("principalId", user_id)).await?;
    Ok(assignments.iter().filter_map(role_name).collect())
}

fn role_name(assignment: &UnifiedRoleAssignment) -> Option<&'static str> {
    Some(role(assignment.role_definition_id.as_deref()?)?.display_name)
}
