use anyhow::{Context, anyhow};
use riskgate_directory::{Actor, NewUser, ROLES, Role};
use secrecy::ExposeSecret;

use super::refuse_breached;
use crate::cli::{Output, UserCreateArgs};
use crate::commands::open;
use crate::initialise::{new_password, owner, password_from_stdin};
use crate::print;

/// Creates a user with roles.
///
/// # Errors
/// What is wrong with a name, a role or the password; then nobody is created.
pub(crate) async fn run(arguments: UserCreateArgs) -> anyhow::Result<()> {
    let roles = arguments.roles.iter().map(|name| find_role(name)).collect::<anyhow::Result<Vec<_>>>()?;
    let given = if arguments.password_stdin { Some(password_from_stdin()?) } else { None };
    let system = open(&arguments.common).await?;
    let name = &arguments.user_principal_name;
    let password = new_password(given, &*system.foundation.rng, &system.password_rules, owner(name))?;
    refuse_breached(&system, &password).await?;
    let hash = system.foundation.hasher.hash(password.clone()).await?;
    let first_part = name.split('@').next().unwrap_or_default();
    let display_name = arguments.display_name.as_deref().unwrap_or(first_part);
    let new = NewUser::new(name, display_name, hash, !arguments.keep_password);
    let actor = Actor::command_line();
    let user = system.directory.create_user(&actor, &new).await?;
    for role in &roles {
        let assigned = system.directory.add_role_assignment(&actor, &user.id, role.template_id, "/").await;
        assigned
            .with_context(|| format!("{name} was created, but without the role {}", role.display_name))?;
    }
    let names: Vec<_> = roles.iter().map(|role| role.display_name).collect();
    let made_up = (!arguments.password_stdin).then(|| password.expose_secret());
    match arguments.common.output {
        Output::Json => {
            let mut json = super::shown(&user, &names);
            json["password"] = made_up.into();
            print::json(&json)
        }
        Output::Text => {
            let names = names.join(", ");
            let mut rows = vec![("Object ID", user.id.as_str()), ("Name", name)];
            rows.extend((!names.is_empty()).then_some(("Roles", names.as_str())));
            rows.extend(made_up.map(|password| ("Password", password)));
            let note = if made_up.is_some() { "\nThe password is shown this once.\n" } else { "" };
            print::text(&format!("Created {display_name}.\n\n{}{note}", print::pairs(&rows)))
        }
    }
}

fn find_role(name: &str) -> anyhow::Result<&'static Role> {
    let found = ROLES.iter().find(|role| role.display_name.eq_ignore_ascii_case(name.trim()));
    found.ok_or_else(|| {
        let names: Vec<_> = ROLES.iter().map(|role| role.display_name).collect();
        anyhow!("there is no role '{name}'; there are: {}", names.join(", "))
    })
}
