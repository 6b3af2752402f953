use riskgate_model::{Device, User};
use riskgate_store::records::{DeviceCredential, DeviceRegistration, DeviceRelation};

use super::recognise::secret_digest;
use crate::audit::device_target;
use crate::error::cut;
use crate::{Actor, AuditEntry, Directory, DirectoryError, user_target};

/// How many devices a person may register himself.
pub const MOST_DEVICES_OF_A_PERSON: usize = 20;

/// A browser that its owner registers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewBrowser {
    /// What it is called in lists.
    pub display_name: String,
    /// Graph `operatingSystem`.
    pub operating_system: Option<String>,
    /// Graph `operatingSystemVersion`.
    pub operating_system_version: Option<String>,
}

impl Directory {
    /// Registers a browser as a personal device of a user (`trustType` `Workplace`). Returns the device, and the secret the
    /// browser proves with that it is it; only a digest of the secret is kept.
    ///
    /// # Errors
    /// [`DirectoryError::TooManyDevices`], [`DirectoryError::Store`].
    pub async fn register_browser(
        &self,
        actor: &Actor,
        user: &User,
        browser: &NewBrowser,
    ) -> Result<(Device, String), DirectoryError> {
        if self.devices_of(&user.id, DeviceRelation::Owner).await?.len() >= MOST_DEVICES_OF_A_PERSON {
            return Err(DirectoryError::TooManyDevices { limit: MOST_DEVICES_OF_A_PERSON });
        }
        let (now, secret) = (self.now(), self.rng.token());
        let text = |text: &Option<String>| text.as_deref().map(|text| cut(text, 256));
        let device = Device {
            id: self.rng.guid(),
            account_enabled: Some(true),
            device_id: Some(self.rng.guid()),
            device_ownership: Some("Personal".to_owned()),
            display_name: Some(cut(&browser.display_name, 256)),
            operating_system: text(&browser.operating_system),
            operating_system_version: text(&browser.operating_system_version),
            profile_type: Some("RegisteredDevice".to_owned()),
            registration_date_time: Some(now),
            trust_type: Some("Workplace".to_owned()),
            ..Device::default()
        };
        let credential = DeviceCredential {
            id: device.id.clone(),
            secret_digest: secret_digest(&secret),
            created_date_time: now,
        };
        let mut batch = self.batch();
        batch.insert(&device)?;
        batch.insert(&credential)?;
        for relation in [DeviceRelation::Owner, DeviceRelation::User] {
            batch.insert(&DeviceRegistration::new(&device.id, &user.id, relation))?;
        }
        let entry = AuditEntry::new("Register device", "Device", "Add");
        let entry = entry.target(device_target(&device, &[])).target(user_target(user, &[]));
        self.audit(&mut batch, actor, entry)?;
        self.store.commit(batch).await?;
        Ok((device, secret))
    }
}
