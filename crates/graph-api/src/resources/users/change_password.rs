use riskgate_authentication::{AuthnError, FirstFactorError, HashError, PasswordAttempt, PasswordRefused};
use riskgate_directory::DirectoryError;
use secrecy::SecretString;
use serde::Deserialize;

use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parameters {
    current_password: SecretString,
    new_password: SecretString,
}

/// A person changes the own password, knowing the current one. Wrong ones are counted like those of a sign-in, so a stolen
/// token is no way to guess. All sessions end.
pub(super) async fn change_password(call: Call) -> Outcome {
    let parameters: Parameters = call.parameters()?;
    let api = &call.service.api;
    let user = api.directory.user(call.key(0)).await?;
    if !call.caller()?.is_user(&user.id) {
        return Err(call.area.missing_permission());
    }
    let attempt = PasswordAttempt {
        user: Some(&user),
        user_principal_name: user.user_principal_name.as_deref().unwrap_or_default(),
        password: parameters.current_password,
        address: call.context.address,
    };
    api.own_passwords.verify(attempt).await.map_err(|error| wrong(&call, error))?;
    let chosen = api.own_passwords.hash_chosen(&user, parameters.new_password).await;
    let hash = chosen.map_err(failed)?.map_err(|refused| not_good(&call, refused))?;
    api.directory.set_password(&call.actor()?, &user.id, &hash, false).await?;
    Ok(Answer::no_content())
}

fn wrong(call: &Call, error: FirstFactorError) -> GraphError {
    match error {
        FirstFactorError::Failed(error) => failed(error),
        FirstFactorError::Locked => {
            call.area.bad_request("There were too many wrong passwords. Wait a few minutes and try again.")
        }
        FirstFactorError::Wrong | FirstFactorError::Disabled => {
            call.area.bad_request("The current password is not right.")
        }
    }
}

fn not_good(call: &Call, refused: PasswordRefused) -> GraphError {
    match refused {
        PasswordRefused::TooWeak => DirectoryError::WeakPassword.into(),
        PasswordRefused::Banned => DirectoryError::BannedPassword.into(),
        PasswordRefused::Breached => DirectoryError::BreachedPassword.into(),
        PasswordRefused::Unchanged => {
            call.area.bad_request("The new password must be another one than the current password.")
        }
    }
}

fn failed(error: AuthnError) -> GraphError {
    if error != AuthnError::Hash(HashError::Busy) {
        tracing::error!(%error, "a password cannot be changed");
    }
    GraphError::unavailable()
}
