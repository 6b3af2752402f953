use riskgate_directory::{Actor, AuditEntry, Change, DirectoryError, audit, modified, other_target};
use riskgate_model::OidcIdentityProvider;
use riskgate_store::{Batch, retry};
use secrecy::SecretString;
use serde_json::{Map, Value as Json};

use super::check::{complete, invalid};
use super::create::duplicate_issuer;
use super::secret::seal_secret;
use crate::Federation;

/// A change of a provider.
#[derive(Debug)]
pub struct ProviderChange {
    /// Properties to change, by their wire names; null clears.
    pub properties: Map<String, Json>,
    /// A new secret.
    pub secret: Option<SecretString>,
    /// Whether it does not matter that no administrator is left who signs in here.
    pub allows_lockout: bool,
}

impl Federation {
    /// Changes a provider. The issuer stays: who is linked is linked to it.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::InvalidValue`], [`DirectoryError::Required`],
    /// [`DirectoryError::Store`].
    pub async fn update_provider(
        &self,
        actor: &Actor,
        id: &str,
        change: &ProviderChange,
    ) -> Result<(), DirectoryError> {
        retry(|| self.try_update_provider(actor, id, change)).await
    }

    async fn try_update_provider(
        &self,
        actor: &Actor,
        id: &str,
        change: &ProviderChange,
    ) -> Result<(), DirectoryError> {
        let mut found = self.existing_provider(id).await?;
        let old = found.record.provider.clone();
        let mut provider = merged(&old, &change.properties)?;
        complete(&mut provider);
        self.check(&provider)?;
        if provider.issuer != old.issuer {
            return Err(invalid("issuer", "It cannot be changed; register another identity provider."));
        }
        let known = self.providers().await?;
        self.check_domains(&provider, &known, change.allows_lockout).await?;
        if let Some(secret) = &change.secret {
            found.record.sealed_secret = Some(seal_secret(&*self.services.seal, &provider.id, secret));
        }
        let mut target = other_target("IdentityProvider", &provider.id, provider.display_name.as_deref());
        target.modified_properties = modified(&changes(&old, &provider, change.secret.is_some()));
        found.record.provider = provider;
        let mut batch = Batch::new(self.services.tenant);
        batch.update(&found)?;
        let entry = AuditEntry::new("Update identity provider", "Policy", "Update").target(target);
        audit(&mut batch, &*self.services.clock, &*self.services.rng, actor, entry)?;
        self.services.store.commit(batch).await.map_err(duplicate_issuer)
    }
}

fn json(provider: &OidcIdentityProvider) -> Map<String, Json> {
    match serde_json::to_value(provider) {
        Ok(Json::Object(properties)) => properties,
        _ => Map::new(),
    }
}

fn merged(
    old: &OidcIdentityProvider,
    change: &Map<String, Json>,
) -> Result<OidcIdentityProvider, DirectoryError> {
    let mut properties = json(old);
    properties.extend(change.iter().map(|(name, value)| (name.clone(), value.clone())));
    properties.insert("id".to_owned(), Json::from(old.id.as_str()));
    properties.remove("clientAuthentication");
    serde_json::from_value(Json::Object(properties))
        .map_err(|_| invalid("id", "The identity provider is not valid."))
}

fn changes(old: &OidcIdentityProvider, new: &OidcIdentityProvider, has_new_secret: bool) -> Vec<Change> {
    let (old, new) = (json(old), json(new));
    let changed = new.into_iter().filter_map(|(property, new)| {
        let old = old.get(&property).cloned().unwrap_or_default();
        (old != new).then_some(Change { property, old, new })
    });
    let secret = has_new_secret.then(|| Change {
        property: "clientAuthentication".to_owned(),
        old: Json::from("(secret)"),
        new: Json::from("(new secret)"),
    });
    changed.chain(secret).collect()
}
