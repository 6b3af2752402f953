use riskgate_directory::{Capability, PasswordChange, UserChange};
use riskgate_model::User;
use serde_json::{Map, Value as Json};

use super::password::{self, Profile};
use super::rights::manage;
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Permissions;
use crate::route::Outcome;

/// What people may change of themselves with `User.ReadWrite` (the directory's own defaults).
const OWN: [&str; 6] =
    ["mobilePhone", "businessPhones", "preferredLanguage", "otherMails", "usageLocation", "officeLocation"];
/// What gives or takes away the account, or leads to its password.
const SENSITIVE: [&str; 6] =
    ["accountEnabled", "userPrincipalName", "mobilePhone", "businessPhones", "otherMails", "userType"];
const WRITE: Permissions = &[&["User.ReadWrite.All"], &["Directory.ReadWrite.All"]];
const ENABLE: Permissions = &[
    &["User.ReadWrite.All"],
    &["Directory.ReadWrite.All"],
    &["User.EnableDisableAccount.All", "User.Read.All"],
];
const PASSWORD: Permissions = &[&["User-PasswordProfile.ReadWrite.All"]];

/// Changes a user: absent properties stay, null clears.
pub(super) async fn update(call: Call) -> Outcome {
    let mut properties = call.json()?;
    let profile = password::take(&call, &mut properties)?;
    properties.retain(|name, _| !name.starts_with("@odata."));
    let user = call.service.api.directory.user(call.key(0)).await?;
    check_rights(&call, &user, &properties, profile.is_some()).await?;
    let password = match profile {
        Some(profile) => Some(password_change(&call, &user, profile).await?),
        None => None,
    };
    let is_new = password.as_ref().is_some_and(|password| password.hash.is_some());
    let change = UserChange { properties, password };
    let actor = call.actor()?;
    call.service.api.directory.update_user(&actor, &user.id, &change).await?;
    if is_new {
        let closed = call.service.api.protection.password_was_reset(&user.id, &actor).await;
        closed.map_err(|error| crate::failure::from_protection(call.area, error))?;
    }
    Ok(Answer::no_content())
}

async fn check_rights(
    call: &Call,
    user: &User,
    properties: &Map<String, Json>,
    sets_password: bool,
) -> Result<(), GraphError> {
    let caller = call.caller()?;
    let denied = || Err(call.area.missing_permission());
    if sets_password && !(caller.has_any(PASSWORD) && caller.may(Capability::WriteUserPasswords)) {
        return denied();
    }
    let mut names = properties.keys().map(String::as_str);
    let is_own = caller.is_user(&user.id) && names.clone().all(|name| OWN.contains(&name));
    if is_own && !sets_password {
        return Ok(());
    }
    let (enables, others): (Vec<_>, Vec<_>) = names.clone().partition(|name| *name == "accountEnabled");
    let writes = caller.may(Capability::WriteUsers);
    let may_enable = enables.is_empty() || (writes && caller.has_any(ENABLE));
    let may_change = others.is_empty() || (writes && caller.has_any(WRITE));
    if !(may_enable && may_change) {
        return denied();
    }
    if sets_password || names.any(|name| SENSITIVE.contains(&name)) {
        manage(call, user).await?;
    }
    Ok(())
}

/// A password somebody else set is to be changed at the next sign-in, unless it is said otherwise (contract §1.3).
async fn password_change(call: &Call, user: &User, profile: Profile) -> Result<PasswordChange, GraphError> {
    let Some(new) = profile.password else {
        return Ok(PasswordChange { hash: None, must_change: profile.must_change, is_forgotten: false });
    };
    let hash = password::hash(call, new, user.into()).await?;
    Ok(PasswordChange {
        hash: Some(hash),
        must_change: Some(profile.must_change.unwrap_or(true)),
        is_forgotten: false,
    })
}
