use std::collections::{BTreeMap, BTreeSet};

use riskgate_access::PolicySet;
use riskgate_model::{SecurityAttributeFacts, ServicePrincipal};
use riskgate_odata::Filter;
use riskgate_store::{StoreError, StoreExt};

use crate::Protection;

impl Protection {
    /// Custom security attributes of what is asked for, by `appId` in lower case, as they are now. Nothing is read, and
    /// nothing known, while no policy looks at them; of an application that is not here nothing is known either.
    ///
    /// # Errors
    /// What the store fails with.
    pub(crate) async fn resource_attributes(
        &self,
        app_ids: &BTreeSet<String>,
        policies: &PolicySet,
    ) -> Result<BTreeMap<String, SecurityAttributeFacts>, StoreError> {
        match app_ids.is_empty() || !policies.looks_at_resource_attributes() {
            true => Ok(BTreeMap::new()),
            false => self.assigned_attributes(app_ids).await,
        }
    }

    /// The same, whatever policies there are.
    pub(crate) async fn assigned_attributes(
        &self,
        app_ids: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, SecurityAttributeFacts>, StoreError> {
        let named = Filter::one_of("appId", app_ids.iter().map(|id| id.to_ascii_lowercase()));
        let found = self.store.find_all::<ServicePrincipal>(self.tenant, named).await?;
        let of = |principal: ServicePrincipal| {
            Some((principal.app_id.as_deref()?.to_ascii_lowercase(), attributes_of(&principal)))
        };
        Ok(found.into_iter().filter_map(|row| of(row.record)).collect())
    }
}

/// Custom security attributes of a service principal, as policies look at them.
pub(crate) fn attributes_of(principal: &ServicePrincipal) -> SecurityAttributeFacts {
    principal.custom_security_attributes.as_ref().map(|assigned| assigned.facts()).unwrap_or_default()
}
