use std::sync::Arc;

use riskgate_core::{Clock, Rng, TenantId, Timestamp};
use riskgate_model::Organization;
use riskgate_store::{Batch, Store, StoreExt, Versioned};

use crate::{Actor, AuditEntry, DirectoryError};

/// The directory of one tenant: every operation of this crate is a method of it. Cheap to clone.
#[derive(Clone)]
pub struct Directory {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rng: Arc<dyn Rng>,
    pub(crate) tenant: TenantId,
}

impl Directory {
    /// The directory of `tenant`.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, rng: Arc<dyn Rng>, tenant: TenantId) -> Self {
        Self { store, clock, rng, tenant }
    }

    /// Whose directory it is.
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The tenant's own record: its names and domains.
    ///
    /// # Errors
    /// [`DirectoryError::NoOrganization`] if it is not there, [`DirectoryError::Store`].
    pub async fn organization(&self) -> Result<Organization, DirectoryError> {
        Ok(self.versioned_organization().await?.record)
    }

    pub(crate) async fn versioned_organization(&self) -> Result<Versioned<Organization>, DirectoryError> {
        let id = self.tenant.to_string();
        self.store.load(self.tenant, &id).await?.ok_or(DirectoryError::NoOrganization)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn batch(&self) -> Batch {
        Batch::new(self.tenant)
    }

    pub(crate) fn audit(
        &self,
        batch: &mut Batch,
        actor: &Actor,
        entry: AuditEntry,
    ) -> Result<(), DirectoryError> {
        Ok(crate::audit(batch, &*self.clock, &*self.rng, actor, entry)?)
    }
}
