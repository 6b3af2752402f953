use anyhow::{Context, anyhow};
use riskgate_directory::Actor;
use secrecy::ExposeSecret;

use super::refuse_breached;
use crate::cli::{Output, UserResetArgs};
use crate::commands::open;
use crate::initialise::{new_password, password_from_stdin};
use crate::print;

/// Sets a user's password, ends all of his sessions, forgets failures that locked him out and closes his open risk.
///
/// # Errors
/// If there is no such user, or the password is refused.
pub(crate) async fn run(arguments: UserResetArgs) -> anyhow::Result<()> {
    let given = if arguments.password_stdin { Some(password_from_stdin()?) } else { None };
    let system = open(&arguments.common).await?;
    let user = system.directory.find_user(&arguments.user).await?;
    let user =
        user.ok_or_else(|| anyhow!("there is no user '{}'; 'riskgate user list' shows all", arguments.user))?;
    let name = user.user_principal_name.clone().unwrap_or_default();
    let rng = &*system.foundation.rng;
    let password = new_password(given, rng, &system.password_rules, (&user).into())?;
    refuse_breached(&system, &password).await?;
    let hash = system.foundation.hasher.hash(password.clone()).await?;
    let actor = Actor::command_line();
    let must_change = !arguments.keep_password;
    system.directory.set_password(&actor, &user.id, &hash, must_change).await?;
    crate::wiring::passwords(&system).unlock(&user.id).await?;
    let closed = system.protection.password_was_reset(&user.id, &actor).await;
    closed
        .context("the password was set, but open risk of the user was not closed; run the command again")?;
    let made_up = (!arguments.password_stdin).then(|| password.expose_secret());
    let roles = super::list::roles_of(&system, &user.id).await?;
    match arguments.common.output {
        Output::Json => {
            let mut json = super::shown(&user, &roles);
            json["password"] = made_up.into();
            print::json(&json)
        }
        Output::Text => {
            let line = made_up.map(|password| format!("New password, shown this once: {password}\n"));
            print::text(&format!(
                "The password of {name} is set; all sessions have ended.\n{}",
                line.unwrap_or_default()
            ))
        }
    }
}
