use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use riskgate_model::Device;
use riskgate_store::records::{DeviceCredential, DeviceRegistration, DeviceRelation};
use riskgate_store::{StoreExt, retry};

use super::find::DeviceKey;
use crate::{Directory, DirectoryError};

/// How exact `approximateLastSignInDateTime` is: a device that signs in all day is written once.
const APPROXIMATELY: Duration = Duration::from_secs(24 * 60 * 60);

/// Kinds of trust of devices that belong to the organization and not to a person.
const JOINED: [&str; 2] = ["AzureAD", "ServerAD"];

impl Directory {
    /// The device with this object identifier, if it is enabled and the secret is the one it was registered with.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn device_with_secret(&self, id: &str, secret: &str) -> Result<Option<Device>, DirectoryError> {
        let credential = self.store.load::<DeviceCredential>(self.tenant, id).await?;
        match credential.is_some_and(|found| found.record.secret_digest == secret_digest(secret)) {
            true => self.enabled_device(id).await,
            false => Ok(None),
        }
    }

    /// The device with this object identifier, if it is enabled and says something of this user: a joined device does of
    /// whoever signs in on it, any other only of its registered owner and users.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn device_of(&self, id: &str, user_id: &str) -> Result<Option<Device>, DirectoryError> {
        let Some(device) = self.enabled_device(id).await? else { return Ok(None) };
        let trust = device.trust_type.as_deref().unwrap_or_default();
        if JOINED.iter().any(|joined| joined.eq_ignore_ascii_case(trust)) {
            return Ok(Some(device));
        }
        for relation in [DeviceRelation::Owner, DeviceRelation::User] {
            let wanted = DeviceRegistration::new(&device.id, user_id, relation);
            let found = self.store.load::<DeviceRegistration>(self.tenant, &wanted.id).await?;
            if found.is_some_and(|found| found.record == wanted) {
                return Ok(Some(device));
            }
        }
        Ok(None)
    }

    /// Keeps that somebody signed in on a device, to the day.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn device_was_used(&self, id: &str) -> Result<(), DirectoryError> {
        retry(|| async {
            let Ok(mut device) = self.existing_device(DeviceKey::Id(id)).await else { return Ok(()) };
            let (last, now) = (device.record.approximate_last_sign_in_date_time, self.now());
            if last.is_some_and(|last| now.since(last) < APPROXIMATELY) {
                return Ok(());
            }
            device.record.approximate_last_sign_in_date_time = Some(now);
            let mut batch = self.batch();
            batch.update(&device)?;
            Ok(self.store.commit(batch).await?)
        })
        .await
    }

    pub(super) async fn enabled_device(&self, id: &str) -> Result<Option<Device>, DirectoryError> {
        let device = self.find_device(DeviceKey::Id(id)).await?;
        Ok(device.filter(|device| device.account_enabled == Some(true)))
    }
}

/// SHA-256, hexadecimal: how the secret of a device is kept.
pub(super) fn secret_digest(secret: &str) -> String {
    digest(&SHA256, secret.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
