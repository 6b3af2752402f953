use riskgate_directory::{Actor, DirectoryError, NewUser};
use riskgate_model::User;
use serde_json::Value as Json;

use super::person::internal;
use crate::{Completed, Federation, PersonError};

impl Federation {
    /// Creates the person of an assertion: a member if the mail address is in a domain of the organization, a guest
    /// otherwise. The password is one that nobody knows.
    pub(super) async fn create(&self, completed: &Completed, mail: &str) -> Result<User, PersonError> {
        let assertion = &completed.assertion;
        let organization = self.directory.organization().await.map_err(internal)?;
        let domains: Vec<&str> =
            organization.verified_domains.iter().filter_map(|domain| domain.name.as_deref()).collect();
        let (local, domain) = mail.rsplit_once('@').ok_or(PersonError::Unknown)?;
        let is_member = domains.iter().any(|own| own.eq_ignore_ascii_case(domain));
        let own_domain = domains.first().copied().unwrap_or_default();
        let name = match is_member {
            true => mail.to_owned(),
            false => format!("{local}_{domain}#EXT#@{own_domain}"),
        };
        let nickname: String = local.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
        let secret = self.services.rng.token();
        let hash = self.hasher.hash(secret.into()).await.map_err(internal)?;
        let mut new = NewUser::new(&name, assertion.name.as_deref().unwrap_or(mail), hash, false);
        let mut set = |property: &str, value: Option<&str>| {
            if let Some(value) = value {
                new.properties.insert(property.to_owned(), Json::from(value));
            }
        };
        set("mailNickname", Some(if nickname.is_empty() { "user" } else { &nickname }));
        set("mail", Some(mail));
        set("givenName", assertion.given_name.as_deref().filter(|name| name.chars().count() <= 64));
        set("surname", assertion.family_name.as_deref().filter(|name| name.chars().count() <= 64));
        set("userType", Some(if is_member { "Member" } else { "Guest" }));
        match self.directory.create_user(&Actor::system(), &new).await {
            Ok(user) => Ok(user),
            Err(DirectoryError::Store(error)) => Err(error.into()),
            // The address makes no name, or the name is taken by somebody with another address.
            Err(error) => {
                tracing::warn!(%error, "the person of an external account cannot be created");
                Err(PersonError::NotLinkable)
            }
        }
    }
}
