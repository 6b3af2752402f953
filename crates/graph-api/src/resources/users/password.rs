//! `passwordProfile`: the one property of a user that is not kept with the user.

use riskgate_authentication::{PasswordOwner, PasswordRefused};
use riskgate_directory::DirectoryError;
use riskgate_model::{GraphType, PasswordProfile};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value as Json};

use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;

/// A password profile as sent.
pub(super) struct Profile {
    /// The new password.
    pub(super) password: Option<SecretString>,
    /// Whether it must be changed at the next sign-in, if that is said.
    pub(super) must_change: Option<bool>,
}

/// Takes the password profile out of the properties of a user; `None` if there is none.
///
/// # Errors
/// 400 for a profile that is not one, or asks for what this server does not do.
pub(super) fn take(call: &Call, properties: &mut Map<String, Json>) -> Result<Option<Profile>, GraphError> {
    let profile = match properties.remove("passwordProfile") {
        None | Some(Json::Null) => return Ok(None),
        Some(Json::Object(profile)) => conform(profile, PasswordProfile::TYPE),
        Some(_) => return Err(call.area.bad_request("'passwordProfile' must be an object.")),
    };
    let mut profile = profile.map_err(|found| call.area.bad_request(format!("passwordProfile: {found}")))?;
    if profile.get("forceChangePasswordNextSignInWithMfa") == Some(&Json::Bool(true)) {
        let what = "'forceChangePasswordNextSignInWithMfa'".to_owned();
        return Err(DirectoryError::NotSupported { what }.into());
    }
    let password = match profile.remove("password") {
        Some(Json::String(password)) => Some(SecretString::from(password)),
        _ => None,
    };
    let must_change = profile.get("forceChangePasswordNextSignIn").and_then(Json::as_bool);
    Ok(Some(Profile { password, must_change }))
}

/// Hashes a password that keeps the rules.
///
/// # Errors
/// 400 for a weak one, one of banned terms and one that is known from breaches, 503 if it cannot be hashed now.
pub(in crate::resources) async fn hash(
    call: &Call,
    password: SecretString,
    owner: PasswordOwner<'_>,
) -> Result<String, GraphError> {
    match call.service.api.password_rules.check(password.expose_secret(), owner) {
        Ok(()) => {}
        Err(PasswordRefused::Banned) => return Err(DirectoryError::BannedPassword.into()),
        Err(_) => return Err(DirectoryError::WeakPassword.into()),
    }
    if let Some(check) = &call.service.api.breached_passwords
        && check.refuses(&password).await
    {
        return Err(DirectoryError::BreachedPassword.into());
    }
    call.service.api.passwords.hash(password).await.map_err(|error| {
        tracing::error!(%error, "a password cannot be set");
        GraphError::unavailable()
    })
}
