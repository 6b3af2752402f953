//! Delegated permissions one by one (contract §1.5, oauth2PermissionGrants): listed, granted, changed and taken back.

use riskgate_model::{OAuth2PermissionGrant, ServicePrincipal};
use riskgate_odata::Filter;
use riskgate_store::{StoreError, StoreExt, Versioned, retry};

use crate::audit::service_principal_target;
use crate::consent::{ConsentType, new_grant, scope_text};
use crate::error::cut;
use crate::{Actor, AuditEntry, Directory, DirectoryError, GRAPH_APP_ID, permission};

/// Graph type of a grant, as errors name it.
const RESOURCE: &str = "OAuth2PermissionGrant";

/// A permission an administrator grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPermissionGrant {
    /// `clientId`: object identifier of the service principal that gets it.
    pub client_id: String,
    /// `resourceId`: object identifier of the service principal it is at.
    pub resource_id: String,
    /// `consentType` with `principalId`.
    pub consent: ConsentType,
    /// `scope`, separated by spaces.
    pub scope: String,
}

impl Directory {
    /// What a user consented to himself, by client.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn consents_of(&self, user_id: &str) -> Result<Vec<OAuth2PermissionGrant>, DirectoryError> {
        let filter = Filter::equals("principalId", user_id);
        let found = self.store.find_all::<OAuth2PermissionGrant>(self.tenant, filter).await?;
        Ok(found.into_iter().map(|grant| grant.record).collect())
    }

    /// Grants a permission. The caller has checked that the actor may.
    ///
    /// # Errors
    /// [`DirectoryError::UnknownPermission`] for a scope the resource does not have, [`DirectoryError::NotFound`] for client,
    /// resource or user, [`DirectoryError::Duplicate`] if there is a grant like it, [`DirectoryError::Store`].
    pub async fn create_permission_grant(
        &self,
        actor: &Actor,
        new: &NewPermissionGrant,
    ) -> Result<OAuth2PermissionGrant, DirectoryError> {
        let client = self.principal(&new.client_id).await?;
        let resource = self.principal(&new.resource_id).await?;
        if let ConsentType::Principal(user_id) = &new.consent {
            self.user(user_id).await?;
        }
        let names = scopes_at(&resource, &new.scope)?;
        let grant = new_grant(&client.id, &resource.id, &new.consent, names.iter().map(String::as_str))?;
        let mut batch = self.batch();
        batch.insert(&grant)?;
        let entry = AuditEntry::new("Add delegated permission grant", "ApplicationManagement", "Assign")
            .target(service_principal_target(&client))
            .detail("DelegatedPermissionGrant.Scope", grant.scope.clone().unwrap_or_default());
        self.audit(&mut batch, actor, entry)?;
        match self.store.commit(batch).await {
            Err(StoreError::Exists { .. }) => Err(DirectoryError::Duplicate { property: "clientId" }),
            outcome => Ok(outcome.map(|()| grant)?),
        }
    }

    /// Changes which scopes a grant has.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::UnknownPermission`], [`DirectoryError::Store`].
    pub async fn update_permission_grant(
        &self,
        actor: &Actor,
        id: &str,
        scope: &str,
    ) -> Result<(), DirectoryError> {
        retry(|| async {
            let mut grant = self.permission_grant(id).await?;
            let resource = self.principal(&grant.record.resource_id).await?;
            let names = scopes_at(&resource, scope)?;
            grant.record.scope = Some(scope_text(names.iter().map(String::as_str))?);
            let mut batch = self.batch();
            batch.update(&grant)?;
            let mut entry =
                AuditEntry::new("Update delegated permission grant", "ApplicationManagement", "Update")
                    .detail("DelegatedPermissionGrant.Scope", grant.record.scope.clone().unwrap_or_default());
            if let Some(client) = self.find_service_principal(&grant.record.client_id).await? {
                entry = entry.target(service_principal_target(&client));
            }
            self.audit(&mut batch, actor, entry)?;
            Ok(self.store.commit(batch).await?)
        })
        .await
    }

    /// Takes a grant back. From then on the client gets no token with it; access tokens it has are good until they expire.
    ///
    /// # Errors
    /// [`DirectoryError::NotFound`], [`DirectoryError::Store`].
    pub async fn delete_permission_grant(&self, actor: &Actor, id: &str) -> Result<(), DirectoryError> {
        retry(|| async {
            let grant = self.permission_grant(id).await?;
            let mut batch = self.batch();
            batch.delete(&grant);
            let mut entry =
                AuditEntry::new("Remove delegated permission grant", "ApplicationManagement", "Unassign")
                    .detail("DelegatedPermissionGrant.Scope", grant.record.scope.clone().unwrap_or_default());
            if let Some(client) = self.find_service_principal(&grant.record.client_id).await? {
                entry = entry.target(service_principal_target(&client));
            }
            self.audit(&mut batch, actor, entry)?;
            Ok(self.store.commit(batch).await?)
        })
        .await
    }

    async fn permission_grant(&self, id: &str) -> Result<Versioned<OAuth2PermissionGrant>, DirectoryError> {
        let found = self.store.load::<OAuth2PermissionGrant>(self.tenant, id).await?;
        found.ok_or_else(|| DirectoryError::not_found(id))
    }

    async fn principal(&self, id: &str) -> Result<ServicePrincipal, DirectoryError> {
        self.find_service_principal(id).await?.ok_or_else(|| DirectoryError::not_found(id))
    }
}

/// The scopes of a text by the names the resource has for them: Microsoft Graph's stand in the table of permissions, others'
/// in `oauth2PermissionScopes`.
fn scopes_at(resource: &ServicePrincipal, text: &str) -> Result<Vec<String>, DirectoryError> {
    let is_graph = resource.app_id.as_deref() == Some(GRAPH_APP_ID);
    let known = |name: &str| match is_graph {
        true => {
            permission(name).filter(|known| known.delegated_id.is_some()).map(|known| known.name.to_owned())
        }
        false => resource
            .oauth2_permission_scopes
            .iter()
            .filter(|scope| scope.is_enabled)
            .find_map(|scope| scope.value.clone().filter(|value| value == name)),
    };
    let mut names: Vec<String> = Vec::new();
    for name in text.split_ascii_whitespace() {
        let unknown = || DirectoryError::UnknownPermission { name: cut(name, 128), form: "a delegated" };
        names.push(known(name).ok_or_else(unknown)?);
    }
    if names.is_empty() {
        return Err(DirectoryError::Required { resource: RESOURCE, property: "scope".to_owned() });
    }
    names.sort();
    names.dedup();
    Ok(names)
}
