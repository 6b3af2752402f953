use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use riskgate_model::{AlternativeSecurityId, Device};
use riskgate_store::records::DeviceCertificate;
use riskgate_store::{Batch, StoreError, StoreExt, tables};

use crate::{Directory, DirectoryError};

/// `type` of an alternative security identifier that is a certificate: Graph's own number for keys of devices.
const CERTIFICATE: i32 = 2;
/// Length of SHA-256, in bytes.
const THUMBPRINT: usize = 32;

impl Directory {
    /// The device that a certificate with this SHA-256 (hexadecimal) proves, if it is enabled.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn device_with_certificate(&self, thumbprint: &str) -> Result<Option<Device>, DirectoryError> {
        let found = self.store.load::<DeviceCertificate>(self.tenant, thumbprint).await?;
        match found {
            Some(found) => self.enabled_device(&found.record.device_id).await,
            None => Ok(None),
        }
    }

    /// Adds to `batch` what leads from the certificates of a device to it, instead of what led from those it had before.
    pub(super) async fn write_certificates(
        &self,
        batch: &mut Batch,
        device_id: &str,
        before: &[AlternativeSecurityId],
        after: &[AlternativeSecurityId],
    ) -> Result<(), DirectoryError> {
        let (old, new) = (thumbprints(before), thumbprints(after));
        for thumbprint in old.difference(&new) {
            if let Some(row) = self.store.load::<DeviceCertificate>(self.tenant, thumbprint).await? {
                batch.delete(&row);
            }
        }
        for thumbprint in new.difference(&old) {
            batch.insert(&DeviceCertificate { id: thumbprint.clone(), device_id: device_id.to_owned() })?;
        }
        Ok(())
    }
}

/// SHA-256 of each certificate among the keys of a device, hexadecimal. Keys of other kinds prove nothing here.
fn thumbprints(keys: &[AlternativeSecurityId]) -> BTreeSet<String> {
    let certificates = keys.iter().filter(|key| key.type_ == Some(CERTIFICATE));
    let bytes = certificates.filter_map(|key| {
        let text = key.key.as_deref()?;
        STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
    });
    let thumbprints = bytes.filter(|bytes| bytes.len() == THUMBPRINT);
    thumbprints.map(|bytes| bytes.iter().map(|byte| format!("{byte:02x}")).collect()).collect()
}

/// What the store says about values that must be unique and can be chosen: `deviceId` and certificates.
pub(super) fn duplicate(error: StoreError) -> DirectoryError {
    match error {
        StoreError::Exists { table, .. } if table == tables::DEVICES.name => {
            DirectoryError::Duplicate { property: "deviceId" }
        }
        StoreError::Exists { table, .. } if table == tables::DEVICE_CERTIFICATES.name => {
            DirectoryError::Duplicate { property: "alternativeSecurityIds" }
        }
        error => error.into(),
    }
}
