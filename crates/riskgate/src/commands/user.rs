pub(super) mod create;
pub(super) mod list;
pub(super) mod reset_password;

use riskgate_model::User;
use serde_json::{Value as Json, json};

/// What every command shows of a user.
fn shown(user: &User, roles: &[&str]) -> Json {
    json!({
        "id": user.id,
        "userPrincipalName": user.user_principal_name,
        "displayName": user.display_name,
        "accountEnabled": user.account_enabled,
        "roles": roles,
    })
}
