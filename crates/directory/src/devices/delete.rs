use riskgate_store::records::{DeviceCredential, DeviceRegistration};
use riskgate_store::retry;

use super::find::DeviceKey;
use crate::audit::device_target;
use crate::{Actor, AuditEntry, Directory, DirectoryError};

impl Directory {
    /// Deletes a device, and with it what proved it. It cannot be restored: what was a proof once is never one again.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::Store`].
    pub async fn delete_device(&self, actor: &Actor, key: DeviceKey<'_>) -> Result<(), DirectoryError> {
        retry(|| self.try_delete_device(actor, key)).await
    }

    async fn try_delete_device(&self, actor: &Actor, key: DeviceKey<'_>) -> Result<(), DirectoryError> {
        let device = self.existing_device(key).await?;
        let mut batch = self.batch();
        batch.delete(&device);
        let keys = &device.record.alternative_security_ids;
        self.write_certificates(&mut batch, &device.record.id, keys, &[]).await?;
        self.delete_with_id::<DeviceCredential>(&mut batch, &device.record.id).await?;
        self.delete_where::<DeviceRegistration>(&mut batch, "deviceId", &device.record.id).await?;
        let entry = AuditEntry::new("Delete device", "Device", "Delete");
        self.audit(&mut batch, actor, entry.target(device_target(&device.record, &[])))?;
        Ok(self.store.commit(batch).await?)
    }
}
