use riskgate_access::security_attributes;
use riskgate_directory::{Actor, AuditEntry, audit};
use riskgate_model::{
    AttributeSet, ConditionalAccessPolicy, CustomSecurityAttributeDefinition, Organization,
    SecurityAttributeValue, ServicePrincipal,
};
use riskgate_odata::Filter;
use riskgate_store::{Batch, Record, StoreError, StoreExt, retry};

use crate::Protection;

impl Protection {
    /// Defines custom security attributes that came into use before attributes had definitions: those that service principals
    /// have, as their values are, and those that policies ask for, as texts. Attributes that several have in different kinds
    /// are defined as texts if one of them is, for policies look at those. Done at every start; mostly there is nothing to do.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn define_used_attributes(&self) -> Result<(), StoreError> {
        retry(|| self.define_used_once()).await
    }

    async fn define_used_once(&self) -> Result<(), StoreError> {
        let Some(organization) =
            self.store.load::<Organization>(self.tenant, &self.tenant.to_string()).await?
        else {
            return Ok(());
        };
        let mut definitions = self.every::<CustomSecurityAttributeDefinition>().await?;
        let mut sets = self.every::<AttributeSet>().await?;
        let mut batch = Batch::new(self.tenant);
        for missing in self.used_attributes().await? {
            if definitions.iter().any(|known| is_same(&known.id, &missing.id)) {
                continue;
            }
            let set = &missing.attribute_set;
            if !sets.iter().any(|known| is_same(&known.id, set)) {
                let new = AttributeSet { id: set.clone(), ..AttributeSet::default() };
                batch.insert(&new)?;
                sets.push(new);
            }
            batch.insert(&missing)?;
            definitions.push(missing);
        }
        if batch.writes.is_empty() {
            return Ok(());
        }
        // Two nodes that start at the same moment collide here, and so does whoever defines an attribute.
        batch.update(&organization)?;
        let entry = AuditEntry::new("Define custom security attributes in use", "AttributeManagement", "Add");
        audit(&mut batch, &*self.clock, &*self.rng, &Actor::system(), entry)?;
        self.store.commit(batch).await
    }

    /// A definition of every attribute in use; the first of several for the same one counts.
    async fn used_attributes(&self) -> Result<Vec<CustomSecurityAttributeDefinition>, StoreError> {
        let principals = self.every::<ServicePrincipal>().await?;
        let assigned =
            principals.iter().filter_map(|principal| principal.custom_security_attributes.as_ref());
        let mut used: Vec<_> = assigned
            .flat_map(|assigned| assigned.iter())
            .map(|(set, name, value)| CustomSecurityAttributeDefinition::of(set, name, value))
            .collect();
        used.sort_by_key(|definition| !definition.is_text());
        let text = SecurityAttributeValue::Text(String::new());
        let asked = self.every::<ConditionalAccessPolicy>().await?;
        for key in asked.iter().flat_map(security_attributes) {
            if let Some((set, name)) = key.split_once('_') {
                used.push(CustomSecurityAttributeDefinition::of(set, name, &text));
            }
        }
        Ok(used)
    }

    async fn every<R: Record>(&self) -> Result<Vec<R>, StoreError> {
        let rows = self.store.find_all(self.tenant, Filter::Constant(true)).await?;
        Ok(rows.into_iter().map(|row| row.record).collect())
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
