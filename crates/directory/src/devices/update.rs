use riskgate_model::Device;
use riskgate_store::retry;
use serde_json::{Map, Value as Json};

use super::certificates::duplicate;
use super::find::DeviceKey;
use super::rules::DEVICE_RULES;
use crate::audit::device_target;
use crate::properties::apply;
use crate::{Actor, AuditEntry, Directory, DirectoryError};

impl Directory {
    /// Changes a device: absent properties stay, null clears, extension attributes are merged one by one.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`]; those of [`Directory::create_device`].
    pub async fn update_device(
        &self,
        actor: &Actor,
        key: DeviceKey<'_>,
        properties: &Map<String, Json>,
    ) -> Result<Device, DirectoryError> {
        retry(|| self.try_update_device(actor, key, properties)).await
    }

    async fn try_update_device(
        &self,
        actor: &Actor,
        key: DeviceKey<'_>,
        properties: &Map<String, Json>,
    ) -> Result<Device, DirectoryError> {
        let mut device = self.existing_device(key).await?;
        let (record, changes) = apply(&DEVICE_RULES, &device.record, properties)?;
        let before = std::mem::replace(&mut device.record, record).alternative_security_ids;
        if !changes.is_empty() {
            let mut batch = self.batch();
            batch.update(&device)?;
            let keys = &device.record.alternative_security_ids;
            self.write_certificates(&mut batch, &device.record.id, &before, keys).await?;
            let entry = AuditEntry::new("Update device", "Device", "Update");
            self.audit(&mut batch, actor, entry.target(device_target(&device.record, &changes)))?;
            self.store.commit(batch).await.map_err(duplicate)?;
        }
        Ok(device.record)
    }
}
