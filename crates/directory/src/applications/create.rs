use riskgate_core::Timestamp;
use riskgate_model::{
    AppRoleAssignment, Application, PublicClientApplication, RequiredResourceAccess, ResourceAccess,
    ServicePrincipal, SpaApplication, WebApplication,
};
use riskgate_store::Batch;
use riskgate_store::records::ClientCredential;

use super::credentials::show_credential;
use super::redirect_uri::{Platform, validate_logout_url, validate_redirect_uri};
use crate::audit::{application_target, service_principal_target};
use crate::consent::{ConsentType, new_grant};
use crate::error::cut;
use crate::identifiers::relation_id;
use crate::{Actor, AuditEntry, Directory, DirectoryError, GRAPH_APP_ID, Permission, permission};

/// How many redirect addresses one application may have.
const MOST_REDIRECT_URIS: usize = 256;

/// An application to be registered, with consent of an administrator to everything it names.
#[derive(Debug, Clone, Default)]
pub struct NewApplication {
    /// Its name, at most 256 characters.
    pub display_name: String,
    /// Application permissions of Microsoft Graph, by name or identifier.
    pub application_permissions: Vec<String>,
    /// Delegated permissions, by name or identifier.
    pub delegated_permissions: Vec<String>,
    /// Where people may be sent back to.
    pub redirect_uris: Vec<(Platform, String)>,
    /// Where the application is told that a session has ended (`web/logoutUrl`): an https address that takes logout tokens
    /// (OpenID Connect Back-Channel Logout).
    pub logout_url: Option<String>,
    /// Whether flows without secret and redirect (device code) are allowed (`isFallbackPublicClient`).
    pub public: bool,
    /// A secret or certificate; `appId` is filled in.
    pub credential: Option<ClientCredential>,
}

/// What was registered.
#[derive(Debug, Clone, PartialEq)]
pub struct CreatedApplication {
    /// The application.
    pub application: Application,
    /// The application as it acts in the tenant.
    pub service_principal: ServicePrincipal,
}

/// Application and delegated permissions meant by a list of names for an application that is public or not: a public
/// client gets delegated ones, any other both forms, where they exist.
///
/// # Errors
/// [`DirectoryError::UnknownPermission`].
pub fn split_permissions(
    names: &[String],
    public: bool,
) -> Result<(Vec<String>, Vec<String>), DirectoryError> {
    let (mut application, mut delegated) = (Vec::new(), Vec::new());
    for name in names {
        let found = permission(name).filter(|found| !public || found.delegated_id.is_some());
        let form = if public { "a delegated" } else { "an application or delegated" };
        let found = found.ok_or_else(|| unknown(name, form))?;
        if !public && found.application_id.is_some() {
            application.push(found.name.to_owned());
        }
        if found.delegated_id.is_some() {
            delegated.push(found.name.to_owned());
        }
    }
    Ok((application, delegated))
}

impl Directory {
    /// Registers an application with its service principal, grants its application permissions, and consents to its
    /// delegated permissions for everybody. The caller has checked that the actor may consent.
    ///
    /// # Errors
    /// [`DirectoryError::Required`] or [`DirectoryError::InvalidValue`] for the name, [`DirectoryError::RedirectUri`],
    /// [`DirectoryError::UnknownPermission`], [`DirectoryError::Store`].
    pub async fn create_application(
        &self,
        actor: &Actor,
        new: &NewApplication,
    ) -> Result<CreatedApplication, DirectoryError> {
        self.register_application(actor, new, self.rng.guid(), self.rng.guid()).await
    }

    /// The same, with identifiers that are not made up here.
    pub(crate) async fn register_application(
        &self,
        actor: &Actor,
        new: &NewApplication,
        id: String,
        app_id: String,
    ) -> Result<CreatedApplication, DirectoryError> {
        check_name(&new.display_name)?;
        check_redirect_uris(&new.redirect_uris)?;
        new.logout_url.as_deref().map_or(Ok(()), validate_logout_url)?;
        let roles = resolve(&new.application_permissions, "an application", |p| p.application_id)?;
        let scopes = resolve(&new.delegated_permissions, "a delegated", |p| p.delegated_id)?;
        let graph = self.graph().await?;
        let organization = self.organization().await?;
        let domain = organization.verified_domains.into_iter().find_map(|verified| verified.name);
        let now = self.now();
        let mut application = new_application(id, app_id, new, &roles, &scopes, now);
        application.publisher_domain = domain;
        let principal = self.new_service_principal(&application);

        let mut batch = self.batch();
        if let Some(credential) = &new.credential {
            let app_id = application.app_id.clone().unwrap_or_default();
            batch.insert(&ClientCredential { app_id, ..credential.clone() })?;
            show_credential(&mut application, credential, None);
        }
        batch.insert(&application)?;
        batch.insert(&principal)?;
        for role in &roles {
            batch.insert(&app_role_assignment(&principal, &graph, role.1, now))?;
        }
        if !scopes.is_empty() {
            let names = scopes.iter().map(|scope| scope.0.name);
            batch.insert(&new_grant(&principal.id, &graph.id, &ConsentType::AllPrincipals, names)?)?;
        }
        self.audit_application(
            &mut batch,
            actor,
            &application,
            &principal,
            !(roles.is_empty() && scopes.is_empty()),
        )?;
        self.store.commit(batch).await?;
        Ok(CreatedApplication { application, service_principal: principal })
    }

    fn new_service_principal(&self, application: &Application) -> ServicePrincipal {
        let uris = [
            application.web.as_ref().map(|web| &web.redirect_uris),
            application.spa.as_ref().map(|spa| &spa.redirect_uris),
            application.public_client.as_ref().map(|public| &public.redirect_uris),
        ];
        ServicePrincipal {
            id: self.rng.guid(),
            account_enabled: Some(true),
            app_display_name: application.display_name.clone(),
            app_id: application.app_id.clone(),
            app_owner_organization_id: Some(self.tenant.to_string()),
            display_name: application.display_name.clone(),
            reply_urls: uris.into_iter().flatten().flatten().cloned().collect(),
            service_principal_names: application.app_id.iter().cloned().collect(),
            service_principal_type: Some("Application".to_owned()),
            sign_in_audience: application.sign_in_audience.clone(),
            ..ServicePrincipal::default()
        }
    }

    fn audit_application(
        &self,
        batch: &mut Batch,
        actor: &Actor,
        application: &Application,
        principal: &ServicePrincipal,
        has_consent: bool,
    ) -> Result<(), DirectoryError> {
        let entry = |activity| AuditEntry::new(activity, "ApplicationManagement", "Add");
        self.audit(batch, actor, entry("Add application").target(application_target(application)))?;
        self.audit(batch, actor, entry("Add service principal").target(service_principal_target(principal)))?;
        if has_consent {
            let consent = AuditEntry::new("Consent to application", "ApplicationManagement", "Assign")
                .target(service_principal_target(principal))
                .detail("ConsentContext.IsAdminConsent", "True");
            self.audit(batch, actor, consent)?;
        }
        Ok(())
    }
}

fn check_name(name: &str) -> Result<(), DirectoryError> {
    if name.trim().is_empty() {
        return Err(DirectoryError::required("Application", "displayName"));
    }
    if name.chars().count() > 256 || name.chars().any(char::is_control) {
        let reason = "At most 256 characters are allowed, and no control characters.";
        return Err(DirectoryError::invalid("Application", "displayName", reason));
    }
    Ok(())
}

fn check_redirect_uris(uris: &[(Platform, String)]) -> Result<(), DirectoryError> {
    if uris.len() > MOST_REDIRECT_URIS {
        let reason = format!("At most {MOST_REDIRECT_URIS} addresses are allowed.");
        return Err(DirectoryError::invalid("Application", "redirectUris", reason));
    }
    uris.iter().try_for_each(|(platform, uri)| validate_redirect_uri(*platform, uri))
}

fn unknown(name: &str, form: &'static str) -> DirectoryError {
    DirectoryError::UnknownPermission { name: cut(name, 128), form }
}

/// The permissions with their identifiers in one form, each once.
fn resolve(
    names: &[String],
    form: &'static str,
    id: impl Fn(&'static Permission) -> Option<&'static str>,
) -> Result<Vec<(&'static Permission, &'static str)>, DirectoryError> {
    let mut found: Vec<(&Permission, &str)> = Vec::new();
    for name in names {
        let permission = permission(name).ok_or_else(|| unknown(name, form))?;
        let id = id(permission).ok_or_else(|| unknown(name, form))?;
        if !found.iter().any(|(other, _)| other.name == permission.name) {
            found.push((permission, id));
        }
    }
    Ok(found)
}

fn new_application(
    id: String,
    app_id: String,
    new: &NewApplication,
    roles: &[(&Permission, &str)],
    scopes: &[(&Permission, &str)],
    now: Timestamp,
) -> Application {
    let uris = |wanted: Platform| {
        let of_platform = new.redirect_uris.iter().filter(|(platform, _)| *platform == wanted);
        of_platform.map(|(_, uri)| uri.clone()).collect::<Vec<_>>()
    };
    let access = |id: &str, kind: &str| ResourceAccess { id: id.to_owned(), type_: Some(kind.to_owned()) };
    let scope_access = scopes.iter().map(|(_, id)| access(id, "Scope"));
    let resource_access: Vec<_> =
        scope_access.chain(roles.iter().map(|(_, id)| access(id, "Role"))).collect();
    let required = RequiredResourceAccess { resource_access, resource_app_id: GRAPH_APP_ID.to_owned() };
    Application {
        id,
        app_id: Some(app_id),
        created_date_time: Some(now),
        display_name: Some(new.display_name.clone()),
        is_fallback_public_client: Some(new.public),
        public_client: Some(PublicClientApplication { redirect_uris: uris(Platform::PublicClient) }),
        required_resource_access: if required.resource_access.is_empty() { vec![] } else { vec![required] },
        sign_in_audience: Some("AzureADMyOrg".to_owned()),
        spa: Some(SpaApplication { redirect_uris: uris(Platform::Spa) }),
        web: Some(WebApplication {
            redirect_uris: uris(Platform::Web),
            logout_url: new.logout_url.clone(),
            ..WebApplication::default()
        }),
        ..Application::default()
    }
}

/// The record that grants an application permission; its identifier follows from what it says.
fn app_role_assignment(
    principal: &ServicePrincipal,
    resource: &ServicePrincipal,
    app_role_id: &str,
    now: Timestamp,
) -> AppRoleAssignment {
    AppRoleAssignment {
        id: relation_id(&[&principal.id, app_role_id]),
        deleted_date_time: None,
        app_role_id: app_role_id.to_owned(),
        created_date_time: Some(now),
        principal_display_name: principal.display_name.clone(),
        principal_id: Some(principal.id.clone()),
        principal_type: Some("ServicePrincipal".to_owned()),
        resource_display_name: resource.display_name.clone(),
        resource_id: Some(resource.id.clone()),
    }
}
