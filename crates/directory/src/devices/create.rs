use riskgate_model::Device;
use serde_json::{Map, Value as Json};

use super::certificates::duplicate;
use super::rules::NEW_DEVICE_RULES;
use crate::audit::device_target;
use crate::properties::{apply, require};
use crate::{Actor, AuditEntry, Directory, DirectoryError};

impl Directory {
    /// Creates a device as an administrator or a management tool does; `properties` as in the body of `POST /devices`.
    ///
    /// # Errors
    /// [`DirectoryError::Required`], [`DirectoryError::InvalidValue`], [`DirectoryError::UnknownProperty`],
    /// [`DirectoryError::ReadOnly`]; [`DirectoryError::Duplicate`] for a `deviceId` or certificate that is taken;
    /// [`DirectoryError::Store`].
    pub async fn create_device(
        &self,
        actor: &Actor,
        properties: &Map<String, Json>,
    ) -> Result<Device, DirectoryError> {
        require(&NEW_DEVICE_RULES, properties)?;
        let empty = Device {
            id: self.rng.guid(),
            profile_type: Some("RegisteredDevice".to_owned()),
            registration_date_time: Some(self.now()),
            ..Device::default()
        };
        let (device, _) = apply(&NEW_DEVICE_RULES, &empty, properties)?;
        let mut batch = self.batch();
        batch.insert(&device)?;
        let keys = &device.alternative_security_ids;
        self.write_certificates(&mut batch, &device.id, &[], keys).await?;
        let entry = AuditEntry::new("Add device", "Device", "Add").target(device_target(&device, &[]));
        self.audit(&mut batch, actor, entry)?;
        self.store.commit(batch).await.map_err(duplicate)?;
        Ok(device)
    }
}
