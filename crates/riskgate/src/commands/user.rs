pub(super) mod create;
pub(super) mod list;
pub(super) mod reset_password;

use anyhow::bail;
use riskgate_model::User;
use secrecy::SecretString;
use serde_json::{Value as Json, json};

use crate::wiring::System;

/// Refuses a password that is known from breaches, if that is configured.
async fn refuse_breached(system: &System, password: &SecretString) -> anyhow::Result<()> {
    if let Some(check) = &system.breached_passwords
        && check.refuses(password).await
    {
        bail!("the password is refused: it is known from data breaches, so anybody can try it");
    }
    Ok(())
}

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
