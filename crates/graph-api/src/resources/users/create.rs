use riskgate_authentication::PasswordOwner;
use riskgate_directory::{DirectoryError, NewUser};
use serde_json::Value as Json;

use super::password;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

/// Creates a user. The password need not be changed unless that is asked for: who creates users through Graph often is
/// a test or an application that goes on to use it.
pub(super) async fn create(call: Call) -> Outcome {
    let mut properties = call.json()?;
    let profile = password::take(&call, &mut properties)?;
    for property in ["accountEnabled", "displayName", "mailNickname", "userPrincipalName"] {
        // Before the password, which is expensive to hash.
        if properties.get(property).is_none_or(Json::is_null) {
            return Err(DirectoryError::Required { resource: "User", property: property.to_owned() }.into());
        }
    }
    let Some((password, must_change)) =
        profile.and_then(|profile| Some((profile.password?, profile.must_change)))
    else {
        return Err(
            DirectoryError::Required { resource: "User", property: "passwordProfile".to_owned() }.into()
        );
    };
    let text = |name: &str| properties.get(name).and_then(Json::as_str);
    let owner = PasswordOwner {
        user_principal_name: text("userPrincipalName").unwrap_or_default(),
        names: ["givenName", "surname", "displayName"].map(text),
        password_policies: text("passwordPolicies"),
    };
    let password_hash = password::hash(&call, password, owner).await?;
    let new = NewUser { password_hash, must_change: must_change.unwrap_or(false), properties };
    let user = call.service.api.directory.create_user(&call.actor()?, &new).await?;
    query::created(&call, &super::SET, &user)
}
