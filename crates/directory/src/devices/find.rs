use riskgate_core::is_guid;
use riskgate_model::Device;
use riskgate_odata::Filter;
use riskgate_store::{StoreExt, Versioned};

use crate::{Directory, DirectoryError};

/// What names a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceKey<'a> {
    /// `id`, the object identifier.
    Id(&'a str),
    /// `deviceId`, the alternate key.
    DeviceId(&'a str),
}

impl Directory {
    /// The device with this key; `None` if there is none.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn find_device(&self, key: DeviceKey<'_>) -> Result<Option<Device>, DirectoryError> {
        Ok(self.versioned_device(key).await?.map(|device| device.record))
    }

    pub(super) async fn existing_device(
        &self,
        key: DeviceKey<'_>,
    ) -> Result<Versioned<Device>, DirectoryError> {
        let (DeviceKey::Id(text) | DeviceKey::DeviceId(text)) = key;
        self.versioned_device(key).await?.ok_or_else(|| DirectoryError::not_found(text))
    }

    async fn versioned_device(
        &self,
        key: DeviceKey<'_>,
    ) -> Result<Option<Versioned<Device>>, DirectoryError> {
        match key {
            DeviceKey::Id(id) if is_guid(id) => {
                Ok(self.store.load(self.tenant, &id.to_ascii_lowercase()).await?)
            }
            DeviceKey::DeviceId(id) if is_guid(id) => {
                Ok(self.store.find_one(self.tenant, Filter::equals("deviceId", id)).await?)
            }
            _ => Ok(None),
        }
    }
}
