use riskgate_core::is_guid;
use riskgate_model::{AppRoleAssignment, Application, ServicePrincipal};
use riskgate_odata::Filter;
use riskgate_store::StoreExt;

use crate::{Directory, DirectoryError, GRAPH_APP_ID, permission};

impl Directory {
    /// The application with this `appId`, in any case; `None` if there is none.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn find_application(&self, app_id: &str) -> Result<Option<Application>, DirectoryError> {
        if !is_guid(app_id) {
            return Ok(None);
        }
        let found = self.store.find_one::<Application>(self.tenant, Filter::equals("appId", app_id)).await?;
        Ok(found.map(|application| application.record))
    }

    /// The service principal with this object identifier; `None` if there is none.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn find_service_principal(&self, id: &str) -> Result<Option<ServicePrincipal>, DirectoryError> {
        if !is_guid(id) {
            return Ok(None);
        }
        let found = self.store.load::<ServicePrincipal>(self.tenant, &id.to_ascii_lowercase()).await?;
        Ok(found.map(|principal| principal.record))
    }

    /// Whether a service principal is of an application registered in this tenant and for no other: Conditional Access for
    /// workload identities concerns these alone (`entra-semantics` §3.3).
    pub fn is_single_tenant(&self, principal: &ServicePrincipal) -> bool {
        let owner = principal.app_owner_organization_id.as_deref();
        let is_ours = owner.is_none_or(|owner| owner.eq_ignore_ascii_case(&self.tenant.to_string()));
        is_ours && principal.sign_in_audience.as_deref().is_none_or(|audience| audience == "AzureADMyOrg")
    }

    /// The service principal of the application with this `appId`; `None` if there is none.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn find_service_principal_of(
        &self,
        app_id: &str,
    ) -> Result<Option<ServicePrincipal>, DirectoryError> {
        if !is_guid(app_id) {
            return Ok(None);
        }
        let filter = Filter::equals("appId", app_id);
        let found = self.store.find_one::<ServicePrincipal>(self.tenant, filter).await?;
        Ok(found.map(|principal| principal.record))
    }

    /// What a service principal was granted at other applications.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn app_role_assignments_of(
        &self,
        service_principal_id: &str,
    ) -> Result<Vec<AppRoleAssignment>, DirectoryError> {
        let filter = Filter::equals("principalId", service_principal_id);
        let found = self.store.find_all::<AppRoleAssignment>(self.tenant, filter).await?;
        Ok(found.into_iter().map(|assignment| assignment.record).collect())
    }

    pub(crate) async fn graph(&self) -> Result<ServicePrincipal, DirectoryError> {
        let graph = self.find_service_principal_of(GRAPH_APP_ID).await?;
        graph.ok_or_else(|| DirectoryError::not_found(GRAPH_APP_ID))
    }
}

/// Names of the permissions of Microsoft Graph among what a service principal was granted, sorted: the `roles` of its
/// tokens.
pub fn granted_app_roles(assignments: &[AppRoleAssignment]) -> Vec<&'static str> {
    let names = assignments.iter().filter_map(|assignment| permission(&assignment.app_role_id));
    let mut names: Vec<_> = names.map(|permission| permission.name).collect();
    names.sort_unstable();
    names
}
