use riskgate_directory::{Actor, AuditEntry, DirectoryError, audit, other_target};
use riskgate_odata::Filter;
use riskgate_store::records::ExternalIdentity;
use riskgate_store::{Batch, StoreExt, retry};

use crate::Federation;

impl Federation {
    /// Deletes a provider and every link to it.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::Store`].
    pub async fn delete_provider(&self, actor: &Actor, id: &str) -> Result<(), DirectoryError> {
        retry(|| self.try_delete_provider(actor, id)).await
    }

    async fn try_delete_provider(&self, actor: &Actor, id: &str) -> Result<(), DirectoryError> {
        let found = self.existing_provider(id).await?;
        let provider = &found.record.provider;
        let filter = Filter::equals("providerId", provider.id.as_str());
        let links = self.services.store.find_all::<ExternalIdentity>(self.services.tenant, filter).await?;
        let mut batch = Batch::new(self.services.tenant);
        for link in &links {
            batch.delete(link);
        }
        batch.delete(&found);
        let target = other_target("IdentityProvider", &provider.id, provider.display_name.as_deref());
        let entry = AuditEntry::new("Delete identity provider", "Policy", "Delete")
            .target(target)
            .detail("Links", links.len().to_string());
        audit(&mut batch, &*self.services.clock, &*self.services.rng, actor, entry)?;
        Ok(self.services.store.commit(batch).await?)
    }
}
