use riskgate_core::TenantId;
use riskgate_model::{AppRole, PermissionScope, ServicePrincipal};

use crate::identifiers::derived_guid;
use crate::{GRAPH_APP_ID, PERMISSIONS};

/// Microsoft's tenant that owns Microsoft Graph, as every real tenant shows it.
const GRAPH_OWNER: &str = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

/// Microsoft Graph as this tenant's resource, with the roles and scopes this server knows.
pub(crate) fn graph_service_principal(tenant: TenantId, base_url: &str) -> ServicePrincipal {
    let names = [GRAPH_APP_ID, "https://graph.microsoft.com", base_url];
    ServicePrincipal {
        app_owner_organization_id: Some(GRAPH_OWNER.to_owned()),
        app_roles: PERMISSIONS
            .iter()
            .filter_map(|permission| {
                Some(AppRole {
                    allowed_member_types: vec!["Application".to_owned()],
                    description: Some(permission.description.to_owned()),
                    display_name: Some(permission.description.to_owned()),
                    id: permission.application_id?.to_owned(),
                    is_enabled: true,
                    origin: Some("Application".to_owned()),
                    value: Some(permission.name.to_owned()),
                })
            })
            .collect(),
        oauth2_permission_scopes: graph_scopes(),
        service_principal_names: names.map(str::to_owned).to_vec(),
        ..built_in(tenant, GRAPH_APP_ID, "Microsoft Graph")
    }
}

fn graph_scopes() -> Vec<PermissionScope> {
    let scope = |permission: &crate::Permission| {
        let text = Some(permission.description.to_owned());
        Some(PermissionScope {
            admin_consent_description: text.clone(),
            admin_consent_display_name: text.clone(),
            id: permission.delegated_id?.to_owned(),
            is_enabled: true,
            origin: Some("Application".to_owned()),
            type_: Some(if permission.needs_admin_consent { "Admin" } else { "User" }.to_owned()),
            user_consent_description: text.clone(),
            user_consent_display_name: text,
            value: Some(permission.name.to_owned()),
        })
    };
    PERMISSIONS.iter().filter_map(scope).collect()
}

/// One of Riskgate's own applications as it shows in this tenant.
pub(crate) fn own_service_principal(
    tenant: TenantId,
    app_id: &str,
    name: &str,
    homepage: String,
) -> ServicePrincipal {
    ServicePrincipal {
        app_owner_organization_id: Some(tenant.to_string()),
        homepage: Some(homepage),
        service_principal_names: vec![app_id.to_owned()],
        ..built_in(tenant, app_id, name)
    }
}

fn built_in(tenant: TenantId, app_id: &str, name: &str) -> ServicePrincipal {
    ServicePrincipal {
        id: derived_guid(tenant, app_id),
        account_enabled: Some(true),
        app_display_name: Some(name.to_owned()),
        app_id: Some(app_id.to_owned()),
        display_name: Some(name.to_owned()),
        service_principal_type: Some("Application".to_owned()),
        sign_in_audience: Some("AzureADMultipleOrgs".to_owned()),
        ..ServicePrincipal::default()
    }
}
