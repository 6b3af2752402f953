//! The beginning of a tenant, and how a node finds the tenant of a database it is given.
//!
//! Reads need a tenant, so one well-known tenant, the registry (the nil GUID), holds one row that points to the real one.
//! It is written last: until then nobody sees the new tenant, and of two nodes that begin at the same moment one finds
//! the row taken, removes what it wrote and uses the other's.

use std::sync::Arc;

use riskgate_core::{Clock, Rng, TenantId, Timestamp};
use riskgate_model::{Organization, User, VerifiedDomain};
use riskgate_store::{Batch, Store, StoreError, Write, tables};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::applications::{graph_service_principal, own_service_principal};
use crate::role_assignments::role_assignment;
use crate::users::{credential, new_user};
use crate::{
    Actor, AuditEntry, DirectoryError, GLOBAL_ADMINISTRATOR, NewUser, audit, is_domain, other_target, role,
    user_target,
};

/// `appId` of the pages where people manage their own account and security information.
pub const ACCOUNT_APP_ID: &str = "7d1c1fa6-6b0e-4c53-9d0c-2f9a8e5b41c3";

const REGISTRY: TenantId = TenantId(Uuid::nil());
const REGISTRY_ROW: &str = "00000000-0000-0000-0000-000000000001";

/// A tenant, as much of it as is needed to work with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Its identifier.
    pub id: TenantId,
    /// Its first domain.
    pub domain: String,
    /// Its name.
    pub display_name: String,
}

/// A tenant to be created.
#[derive(Debug, Clone)]
pub struct BootstrapRequest {
    /// Its domain, for example `contoso.com`.
    pub domain: String,
    /// Its name.
    pub display_name: String,
    /// Where it is served; without a slash at the end.
    pub base_url: String,
    /// User principal name of the first administrator, in the domain.
    pub admin_upn: String,
    /// Argon2id hash of the administrator's password, in PHC form.
    pub admin_password_hash: String,
    /// Whether the administrator must change the password at the first sign-in.
    pub admin_must_change_password: bool,
}

/// What became of a [`BootstrapRequest`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bootstrap {
    /// The tenant was created.
    Created {
        /// The tenant.
        tenant: Tenant,
        /// Object identifier of its first administrator.
        administrator_id: String,
    },
    /// There was a tenant already; nothing was changed, and the password of the request is not good for anything.
    Existed(Tenant),
}

impl Bootstrap {
    /// The tenant, new or not.
    pub fn tenant(&self) -> &Tenant {
        match self {
            Self::Created { tenant, .. } | Self::Existed(tenant) => tenant,
        }
    }
}

/// The tenant this database holds; `None` if it is new.
///
/// # Errors
/// [`DirectoryError::NoOrganization`] if its record cannot be read, [`DirectoryError::Store`].
pub async fn find_tenant(store: &dyn Store) -> Result<Option<Tenant>, DirectoryError> {
    match store.get(REGISTRY, &tables::ORGANIZATIONS, REGISTRY_ROW).await? {
        Some(row) => Ok(Some(tenant_of(&row.document).ok_or(DirectoryError::NoOrganization)?)),
        None => Ok(None),
    }
}

fn tenant_of(document: &Json) -> Option<Tenant> {
    let organization: Organization = serde_json::from_value(document.clone()).ok()?;
    let initial = organization.verified_domains.into_iter().find(|domain| domain.is_initial == Some(true));
    Some(Tenant {
        id: organization.id.parse().ok()?,
        domain: initial?.name?,
        display_name: organization.display_name.unwrap_or_default(),
    })
}

/// Creates the tenant with its first administrator and the applications every tenant has, unless there is one.
///
/// # Errors
/// [`DirectoryError::InvalidValue`] for a domain that is none; [`DirectoryError::InvalidUserPrincipalName`] for an
/// administrator outside of it; [`DirectoryError::Store`].
pub async fn create_tenant(
    store: &Arc<dyn Store>,
    clock: &dyn Clock,
    rng: &dyn Rng,
    actor: &Actor,
    request: &BootstrapRequest,
) -> Result<Bootstrap, DirectoryError> {
    if let Some(tenant) = find_tenant(&**store).await? {
        return Ok(Bootstrap::Existed(tenant));
    }
    let id = TenantId(rng.uuid());
    let (now, organization) = (clock.now(), new_organization(id, clock.now(), request)?);
    let admin = new_user(&organization, rng.uuid(), now, &admin_properties(request))?;
    let batch = first_batch(clock, rng, actor, request, &organization, &admin)?;
    let written: Vec<_> = batch.writes.iter().filter_map(undo).collect();
    store.commit(batch).await?;
    match store.commit(registration(&organization)).await {
        Ok(()) => Ok(Bootstrap::Created {
            tenant: Tenant { id, domain: request.domain.clone(), display_name: request.display_name.clone() },
            administrator_id: admin.id,
        }),
        Err(StoreError::Exists { .. }) => {
            store.commit(Batch { tenant: id, writes: written }).await?;
            Ok(Bootstrap::Existed(find_tenant(&**store).await?.ok_or(DirectoryError::NoOrganization)?))
        }
        Err(error) => Err(error.into()),
    }
}

fn admin_properties(request: &BootstrapRequest) -> serde_json::Map<String, Json> {
    NewUser::new(&request.admin_upn, "Administrator", String::new(), false).properties
}

fn new_organization(
    id: TenantId,
    now: Timestamp,
    request: &BootstrapRequest,
) -> Result<Organization, DirectoryError> {
    if !is_domain(&request.domain) {
        let reason = "A domain in lower case such as contoso.com is expected, at most 48 characters.";
        return Err(DirectoryError::invalid("Organization", "verifiedDomains", reason));
    }
    let name = &request.display_name;
    if name.trim().is_empty() || name.chars().count() > 256 || name.chars().any(char::is_control) {
        return Err(DirectoryError::invalid(
            "Organization",
            "displayName",
            "1 to 256 characters are expected.",
        ));
    }
    Ok(Organization {
        id: id.to_string(),
        created_date_time: Some(now),
        display_name: Some(name.clone()),
        tenant_type: Some("AAD".to_owned()),
        verified_domains: vec![VerifiedDomain {
            capabilities: Some("Email, OfficeCommunicationsOnline".to_owned()),
            is_default: Some(true),
            is_initial: Some(true),
            name: Some(request.domain.clone()),
            type_: Some("Managed".to_owned()),
        }],
        ..Organization::default()
    })
}

fn first_batch(
    clock: &dyn Clock,
    rng: &dyn Rng,
    actor: &Actor,
    request: &BootstrapRequest,
    organization: &Organization,
    admin: &User,
) -> Result<Batch, DirectoryError> {
    let tenant = organization.id.parse().map_err(|_| DirectoryError::NoOrganization)?;
    let administrators = role(GLOBAL_ADMINISTRATOR).ok_or(DirectoryError::NoOrganization)?;
    let homepage = format!("{}/account", request.base_url);
    let mut batch = Batch::new(tenant);
    batch.insert(organization)?;
    batch.insert(admin)?;
    let (hash, must_change) = (&request.admin_password_hash, request.admin_must_change_password);
    batch.insert(&credential(&admin.id, hash, must_change, clock.now()))?;
    batch.insert(&role_assignment(&admin.id, administrators))?;
    batch.insert(&graph_service_principal(tenant, &request.base_url))?;
    batch.insert(&own_service_principal(tenant, ACCOUNT_APP_ID, "Riskgate Account", homepage))?;
    let name = organization.display_name.as_deref();
    let entries = [
        AuditEntry::new("Create company", "DirectoryManagement", "Add").target(other_target(
            "Directory",
            &organization.id,
            name,
        )),
        AuditEntry::new("Add user", "UserManagement", "Add").target(user_target(admin, &[])),
        AuditEntry::new("Add member to role", "RoleManagement", "Assign")
            .target(user_target(admin, &[]))
            .target(other_target("Role", administrators.template_id, Some(administrators.display_name))),
    ];
    for entry in entries {
        audit(&mut batch, clock, rng, actor, entry)?;
    }
    Ok(batch)
}

fn registration(organization: &Organization) -> Batch {
    let mut batch = Batch::new(REGISTRY);
    let document = serde_json::to_value(organization).unwrap_or_default();
    batch.writes.push(Write::Insert { table: &tables::ORGANIZATIONS, id: REGISTRY_ROW.to_owned(), document });
    batch
}

fn undo(write: &Write) -> Option<Write> {
    match write {
        Write::Insert { table, id, .. } => Some(Write::Delete { table, id: id.clone(), version: 1 }),
        Write::Update { .. } | Write::Delete { .. } => None,
    }
}
