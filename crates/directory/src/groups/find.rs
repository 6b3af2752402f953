use riskgate_core::is_guid;
use riskgate_model::Group;
use riskgate_store::{StoreExt, Versioned};

use crate::{Directory, DirectoryError};

impl Directory {
    /// The group with this object identifier; `None` if there is none.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn find_group(&self, id: &str) -> Result<Option<Group>, DirectoryError> {
        Ok(self.versioned_group(id).await?.map(|group| group.record))
    }

    pub(crate) async fn existing_group(&self, id: &str) -> Result<Versioned<Group>, DirectoryError> {
        self.versioned_group(id).await?.ok_or_else(|| DirectoryError::not_found(id))
    }

    async fn versioned_group(&self, id: &str) -> Result<Option<Versioned<Group>>, DirectoryError> {
        match is_guid(id) {
            true => Ok(self.store.load(self.tenant, &id.to_ascii_lowercase()).await?),
            false => Ok(None),
        }
    }
}
