use riskgate_directory::{Actor, is_user_principal_name};
use riskgate_model::User;
use riskgate_odata::Filter;
use riskgate_store::records::ExternalIdentity;
use riskgate_store::{StoreError, StoreExt, Versioned};

use super::identity_id;
use crate::{Completed, Federation, FederationError};

/// Why an assertion is nobody's.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// Nobody is linked to it, and nobody may be.
    #[error("nobody here has this external account")]
    Unknown,
    /// There is a mail address, but the provider does not vouch for it.
    #[error("the provider does not say that it verified the mail address")]
    UnverifiedMail,
    /// The account with this mail address has another external account at the provider already, or several accounts have
    /// the address.
    #[error("the account with this mail address cannot be linked to it")]
    NotLinkable,
    /// What the store or the directory fails with.
    #[error(transparent)]
    Failed(#[from] FederationError),
}

impl From<StoreError> for PersonError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl Federation {
    /// Whose assertion it is: the user linked to issuer and subject; else the one with the mail address, if the provider
    /// verified it and an administrator gave the provider its domain, who is linked now; else a new one, if the provider may
    /// create people.
    ///
    /// # Errors
    /// [`PersonError`].
    pub async fn person(&self, completed: &Completed) -> Result<User, PersonError> {
        let (provider, assertion) = (&completed.provider.provider, &completed.assertion);
        let issuer = provider.issuer.as_deref().unwrap_or_default();
        if let Some(linked) = self.linked(issuer, &assertion.subject).await? {
            let user = self.directory.find_user(&linked.user_id).await;
            return user.map_err(internal)?.ok_or(PersonError::Unknown);
        }
        let Some(mail) = &assertion.verified_mail else {
            return Err(match assertion.has_unverified_mail {
                true => PersonError::UnverifiedMail,
                false => PersonError::Unknown,
            });
        };
        let Some((_, domain)) = mail.rsplit_once('@') else { return Err(PersonError::Unknown) };
        if !provider.domains.iter().any(|own| own.eq_ignore_ascii_case(domain)) {
            return Err(PersonError::Unknown);
        }
        let user = match self.by_mail(mail).await? {
            Some(user) => user,
            None if provider.is_user_creation_enabled == Some(true) => self.create(completed, mail).await?,
            None => return Err(PersonError::Unknown),
        };
        match self.link(&Actor::system(), provider, &assertion.subject, &user).await {
            Ok(_) => Ok(user),
            // Two sign-ins of one person at the same moment, or somebody else has the link.
            Err(FederationError::Store(StoreError::Exists { .. })) => {
                match self.linked(issuer, &assertion.subject).await? {
                    Some(linked) if linked.user_id == user.id => Ok(user),
                    _ => Err(PersonError::NotLinkable),
                }
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn linked(&self, issuer: &str, subject: &str) -> Result<Option<ExternalIdentity>, PersonError> {
        let id = identity_id(issuer, subject);
        let found: Option<Versioned<ExternalIdentity>> =
            self.services.store.load(self.services.tenant, &id).await?;
        Ok(found.map(|found| found.record))
    }

    /// The user whose principal name or mail address it is.
    async fn by_mail(&self, mail: &str) -> Result<Option<User>, PersonError> {
        if is_user_principal_name(mail) {
            let named = self.directory.find_user(mail).await.map_err(internal)?;
            if named.is_some() {
                return Ok(named);
            }
        }
        let filter = Filter::equals("mail", mail);
        let found = self.services.store.find_all::<User>(self.services.tenant, filter).await?;
        match found.len() {
            0 | 1 => Ok(found.into_iter().next().map(|found| found.record)),
            _ => Err(PersonError::NotLinkable),
        }
    }
}

pub(super) fn internal(error: impl std::fmt::Display) -> PersonError {
    PersonError::Failed(FederationError::Internal(error.to_string()))
}
