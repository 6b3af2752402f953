use riskgate_model::{Device, User};
use riskgate_odata::Filter;
use riskgate_store::records::{DeviceRegistration, DeviceRelation};
use riskgate_store::{StoreError, StoreExt, retry, tables};

use super::find::DeviceKey;
use crate::audit::device_target;
use crate::{Actor, AuditEntry, Directory, DirectoryError, other_target, user_target};

impl Directory {
    /// The owner or the users of a device.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::Store`].
    pub async fn device_people(
        &self,
        key: DeviceKey<'_>,
        relation: DeviceRelation,
    ) -> Result<Vec<User>, DirectoryError> {
        let device = self.existing_device(key).await?.record;
        let ids = self.registrations("deviceId", &device.id, relation).await?;
        self.with_ids(&ids.into_iter().map(|found| found.user_id).collect::<Vec<_>>()).await
    }

    /// The devices somebody owns or uses.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn devices_of(
        &self,
        user_id: &str,
        relation: DeviceRelation,
    ) -> Result<Vec<Device>, DirectoryError> {
        let ids = self.registrations("userId", user_id, relation).await?;
        self.with_ids(&ids.into_iter().map(|found| found.device_id).collect::<Vec<_>>()).await
    }

    /// Makes somebody the owner or a user of a device.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`] for a device or user that does not exist; [`DirectoryError::AlreadyReferenced`];
    /// [`DirectoryError::InvalidValue`] for a second owner, or more users than a device may have;
    /// [`DirectoryError::Store`].
    pub async fn add_device_person(
        &self,
        actor: &Actor,
        key: DeviceKey<'_>,
        relation: DeviceRelation,
        user_id: &str,
    ) -> Result<(), DirectoryError> {
        let device = self.existing_device(key).await?.record;
        let user = self.existing_user(user_id).await?.record;
        let existing = self.registrations("deviceId", &device.id, relation).await?;
        let names = Names::of(relation);
        if existing.iter().any(|found| found.user_id == user.id) {
            return Err(DirectoryError::AlreadyReferenced { property: names.property });
        }
        let too_many = || DirectoryError::invalid("Device", names.property, names.too_many);
        if existing.len() >= names.most {
            return Err(too_many());
        }
        let mut batch = self.batch();
        batch.insert(&DeviceRegistration::new(&device.id, &user.id, relation))?;
        let entry = AuditEntry::new(names.added, "Device", "Assign");
        self.audit(
            &mut batch,
            actor,
            entry.target(user_target(&user, &[])).target(device_target(&device, &[])),
        )?;
        match self.store.commit(batch).await {
            // Somebody else was added at the same moment.
            Err(StoreError::Exists { table, .. }) if table == tables::DEVICE_REGISTRATIONS.name => {
                Err(too_many())
            }
            outcome => Ok(outcome?),
        }
    }

    /// Takes a device away from its owner or a user.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`] for a device that does not exist, or somebody who is not its owner or user;
    /// [`DirectoryError::Store`].
    pub async fn remove_device_person(
        &self,
        actor: &Actor,
        key: DeviceKey<'_>,
        relation: DeviceRelation,
        user_id: &str,
    ) -> Result<(), DirectoryError> {
        retry(|| self.try_remove_device_person(actor, key, relation, user_id)).await
    }

    async fn try_remove_device_person(
        &self,
        actor: &Actor,
        key: DeviceKey<'_>,
        relation: DeviceRelation,
        user_id: &str,
    ) -> Result<(), DirectoryError> {
        let device = self.existing_device(key).await?.record;
        let user_id = user_id.to_ascii_lowercase();
        let id = DeviceRegistration::new(&device.id, &user_id, relation).id;
        let found = self.store.load::<DeviceRegistration>(self.tenant, &id).await?;
        let found = found.filter(|found| found.record.user_id == user_id);
        let found = found.ok_or_else(|| DirectoryError::not_found(&user_id))?;
        let mut batch = self.batch();
        batch.delete(&found);
        let entry = AuditEntry::new(Names::of(relation).removed, "Device", "Unassign");
        let entry = entry.target(other_target("User", &user_id, None)).target(device_target(&device, &[]));
        self.audit(&mut batch, actor, entry)?;
        Ok(self.store.commit(batch).await?)
    }

    async fn registrations(
        &self,
        column: &str,
        id: &str,
        relation: DeviceRelation,
    ) -> Result<Vec<DeviceRegistration>, DirectoryError> {
        let rows = self.store.find_all::<DeviceRegistration>(self.tenant, Filter::equals(column, id)).await?;
        Ok(rows.into_iter().map(|row| row.record).filter(|found| found.relation == relation).collect())
    }
}

/// What a relation is called, and how many of it a device may have.
struct Names {
    property: &'static str,
    added: &'static str,
    removed: &'static str,
    most: usize,
    too_many: &'static str,
}

impl Names {
    fn of(relation: DeviceRelation) -> Self {
        match relation {
            DeviceRelation::Owner => Self {
                property: "registeredOwners",
                added: "Add registered owner to device",
                removed: "Remove registered owner from device",
                most: 1,
                too_many: "A device has one registered owner at most; remove the other one first.",
            },
            DeviceRelation::User => Self {
                property: "registeredUsers",
                added: "Add registered users to device",
                removed: "Remove registered users from device",
                most: 100,
                too_many: "A device has 100 registered users at most.",
            },
        }
    }
}
