use riskgate_model::{Application, RequiredResourceAccess, ResourceAccess, ServicePrincipal, SpaApplication};
use riskgate_odata::Filter;
use riskgate_store::{StoreError, StoreExt, Versioned, retry};

use super::create::NewApplication;
use super::redirect_uri::Platform;
use crate::audit::application_target;
use crate::identifiers::derived_guid;
use crate::{Actor, AuditEntry, ConsentType, Directory, DirectoryError, GRAPH_APP_ID, permission};

/// `appId` of the console, the same in every tenant.
pub const CONSOLE_APP_ID: &str = "17ecaf24-9332-44f2-ae37-90c3b70f6032";

/// Delegated permissions of the console. They say what it may do on behalf of whoever signs in to it; what that is for
/// a person is still a matter of directory roles.
pub const CONSOLE_PERMISSIONS: &[&str] = &[
    "User.Read",
    "User.Read.All",
    "User.RevokeSessions.All",
    "User.EnableDisableAccount.All",
    "UserAuthenticationMethod.Read.All",
    "Application.Read.All",
    "IdentityRiskyUser.ReadWrite.All",
    "IdentityRiskyServicePrincipal.ReadWrite.All",
    "IdentityRiskEvent.Read.All",
    "AuditLog.Read.All",
    "Policy.Read.All",
    "Policy.ReadWrite.ConditionalAccess",
];

impl Directory {
    /// Sees to it that the console under `base_url` is registered: a public client that returns to `/admin/` there, with
    /// consent to [`CONSOLE_PERMISSIONS`]. A changed address replaces the old one. Permissions that are new since the
    /// last time are consented to; consent an administrator took back stays taken back.
    ///
    /// # Errors
    /// [`DirectoryError::RedirectUri`] if the address cannot be returned to, [`DirectoryError::Store`].
    pub async fn ensure_console(&self, actor: &Actor, base_url: &str) -> Result<(), DirectoryError> {
        let redirect_uri = format!("{base_url}/admin/");
        retry(|| async {
            let filter = Filter::equals("appId", CONSOLE_APP_ID);
            match self.store.find_one::<Application>(self.tenant, filter).await? {
                None => self.register_console(actor, &redirect_uri).await,
                Some(existing) => self.renew_console(actor, existing, &redirect_uri).await,
            }
        })
        .await
    }

    async fn register_console(&self, actor: &Actor, redirect_uri: &str) -> Result<(), DirectoryError> {
        let new = NewApplication {
            display_name: "Riskgate Console".to_owned(),
            delegated_permissions: CONSOLE_PERMISSIONS.iter().map(|&name| name.to_owned()).collect(),
            redirect_uris: vec![(Platform::Spa, redirect_uri.to_owned())],
            ..NewApplication::default()
        };
        let id = derived_guid(self.tenant, "console application");
        match self.register_application(actor, &new, id, CONSOLE_APP_ID.to_owned()).await {
            // Another node was faster: look at what it made.
            Err(DirectoryError::Store(StoreError::Exists { table, id })) => {
                Err(StoreError::Conflict { table, id }.into())
            }
            outcome => outcome.map(drop),
        }
    }

    async fn renew_console(
        &self,
        actor: &Actor,
        mut application: Versioned<Application>,
        redirect_uri: &str,
    ) -> Result<(), DirectoryError> {
        let filter = Filter::equals("appId", CONSOLE_APP_ID);
        let principal = self.store.find_one::<ServicePrincipal>(self.tenant, filter).await?;
        let mut principal = principal.ok_or_else(|| DirectoryError::not_found(CONSOLE_APP_ID))?;
        let added = new_permissions(&application.record);
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

/// What the console needs and the registration does not name yet, with identifiers.
fn new_permissions(application: &Application) -> Vec<(&'static str, &'static str)> {
    let named = |id: &str| {
        let named = application.required_resource_access.iter().flat_map(|access| &access.resource_access);
        named.into_iter().any(|access| access.id == id)
    };
    let all = CONSOLE_PERMISSIONS.iter().filter_map(|name| permission(name));
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
