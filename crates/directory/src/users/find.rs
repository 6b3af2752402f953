use riskgate_core::is_guid;
use riskgate_model::User;
use riskgate_odata::Filter;
use riskgate_store::{StoreExt, Versioned};

use crate::{Directory, DirectoryError};

impl Directory {
    /// The user with this object identifier or user principal name, both in any case; `None` if there is none.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn find_user(&self, id_or_name: &str) -> Result<Option<User>, DirectoryError> {
        Ok(self.versioned_user(id_or_name).await?.map(|user| user.record))
    }

    /// The same, and [`DirectoryError::NotFound`] if there is none.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::Store`].
    pub async fn user(&self, id_or_name: &str) -> Result<User, DirectoryError> {
        Ok(self.existing_user(id_or_name).await?.record)
    }

    pub(crate) async fn versioned_user(
        &self,
        id_or_name: &str,
    ) -> Result<Option<Versioned<User>>, DirectoryError> {
        if is_guid(id_or_name) {
            return Ok(self.store.load(self.tenant, &id_or_name.to_ascii_lowercase()).await?);
        }
        if !super::is_user_principal_name(id_or_name) {
            return Ok(None);
        }
        Ok(self.store.find_one(self.tenant, Filter::equals("userPrincipalName", id_or_name)).await?)
    }

    pub(crate) async fn existing_user(&self, id_or_name: &str) -> Result<Versioned<User>, DirectoryError> {
        self.versioned_user(id_or_name).await?.ok_or_else(|| DirectoryError::not_found(id_or_name))
    }
}
