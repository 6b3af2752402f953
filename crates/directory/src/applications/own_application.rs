use riskgate_model::{Application, RequiredResourceAccess, ResourceAccess, ServicePrincipal, SpaApplication};
use riskgate_odata::Filter;
use riskgate_store::{StoreError, StoreExt, Versioned, retry};

use super::console::CONSOLE;
use super::create::NewApplication;
use super::explorer::EXPLORER;
use super::redirect_uri::Platform;
use crate::audit::application_target;
use crate::identifiers::derived_guid;
use crate::{Actor, AuditEntry, ConsentType, Directory, DirectoryError, GRAPH_APP_ID, permission};

/// An application that is part of Riskgate and registered in every tenant.
pub(super) struct OwnApplication {
    /// The same in every tenant.
    pub(super) app_id: &'static str,
    /// What the object's identifier is derived from, together with the tenant.
    pub(super) seed: &'static str,
    /// Name that people who sign in read.
    pub(super) display_name: &'static str,
    /// Where its pages are, and where sign-ins return to.
    pub(super) path: &'static str,
    /// Delegated permissions it has from the beginning.
    pub(super) permissions: &'static [&'static str],
}

impl Directory {
    /// Sees to it that console and Explorer under `base_url` are registered: public clients that return to their pages
    /// there, with consent to [`CONSOLE_PERMISSIONS`](crate::CONSOLE_PERMISSIONS) and
    /// [`EXPLORER_PERMISSIONS`](crate::EXPLORER_PERMISSIONS). A changed address replaces the old one. Permissions that
    /// are new since the last time are consented to; consent an administrator took back stays taken back.
    ///
    /// # Errors
    /// [`DirectoryError::RedirectUri`] if the address cannot be returned to, [`DirectoryError::Store`].
    pub async fn ensure_own_applications(&self, actor: &Actor, base_url: &str) -> Result<(), DirectoryError> {
        for own in [&CONSOLE, &EXPLORER] {
            self.ensure_own(own, actor, &format!("{base_url}{}", own.path)).await?;
        }
        Ok(())
    }

    async fn ensure_own(
        &self,
        own: &OwnApplication,
        actor: &Actor,
        redirect_uri: &str,
    ) -> Result<(), DirectoryError> {
        retry(|| async {
            let filter = Filter::equals("appId", own.app_id);
            match self.store.find_one::<Application>(self.tenant, filter).await? {
                None => self.register_own(own, actor, redirect_uri).await,
                Some(existing) => self.renew_own(own, actor, existing, redirect_uri).await,
            }
        })
        .await
    }

    async fn register_own(
        &self,
        own: &OwnApplication,
        actor: &Actor,
        redirect_uri: &str,
    ) -> Result<(), DirectoryError> {
        let new = NewApplication {
            display_name: own.display_name.to_owned(),
            delegated_permissions: own.permissions.iter().map(|&name| name.to_owned()).collect(),
            redirect_uris: vec![(Platform::Spa, redirect_uri.to_owned())],
            ..NewApplication::default()
        };
        let id = derived_guid(self.tenant, own.seed);
        match self.register_application(actor, &new, id, own.app_id.to_owned()).await {
            // Another node was faster: look at what it made.
            Err(DirectoryError::Store(StoreError::Exists { table, id })) => {
                Err(StoreError::Conflict { table, id }.into())
            }
            outcome => outcome.map(drop),
        }
    }

    async fn renew_own(
        &self,
        own: &OwnApplication,
        actor: &Actor,
        mut application: Versioned<Application>,
        redirect_uri: &str,
    ) -> Result<(), DirectoryError> {
        let filter = Filter::equals("appId", own.app_id);
        let principal = self.store.find_one::<ServicePrincipal>(self.tenant, filter).await?;
        let mut principal = principal.ok_or_else(|| DirectoryError::not_found(own.app_id))?;
        let added = new_permissions(own, &application.record);
        let spa = Some(SpaApplication { redirect_uris: vec![redirect_uri.to_owned()] });
        if added.is_empty() && application.record.spa == spa {
            return Ok(());
        }
        if !added.is_empty() {
            let names: Vec<String> = added.iter().map(|(name, _)| (*name).to_owned()).collect();
            let everybody = ConsentType::AllPrincipals;
            self.grant_consent(actor, &principal.record.id, &everybody, &names).await?;
            require(&mut application.record, added.into_iter().map(|(_, id)| id));
        }
        application.record.spa = spa;
        principal.record.reply_urls = vec![redirect_uri.to_owned()];
        let mut batch = self.batch();
        batch.update(&application)?;
        batch.update(&principal)?;
        let entry = AuditEntry::new("Update application", "ApplicationManagement", "Update");
        self.audit(&mut batch, actor, entry.target(application_target(&application.record)))?;
        Ok(self.store.commit(batch).await?)
    }
}

/// What the application needs and the registration does not name yet, with identifiers.
fn new_permissions(own: &OwnApplication, application: &Application) -> Vec<(&'static str, &'static str)> {
    let named = |id: &str| {
        let named = application.required_resource_access.iter().flat_map(|access| &access.resource_access);
        named.into_iter().any(|access| access.id == id)
    };
    let all = own.permissions.iter().filter_map(|name| permission(name));
    let all = all.filter_map(|known| Some((known.name, known.delegated_id?)));
    all.filter(|(_, id)| !named(id)).collect()
}

fn require(application: &mut Application, ids: impl Iterator<Item = &'static str>) {
    let access = ids.map(|id| ResourceAccess { id: id.to_owned(), type_: Some("Scope".to_owned()) });
    match application.required_resource_access.first_mut() {
        Some(graph) => graph.resource_access.extend(access),
        None => application.required_resource_access.push(RequiredResourceAccess {
            resource_access: access.collect(),
            resource_app_id: GRAPH_APP_ID.to_owned(),
        }),
    }
}
