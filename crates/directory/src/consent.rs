//! Which delegated permissions an application was given, by whom and for whom (contract §1.5, oauth2PermissionGrants).

use std::collections::BTreeSet;

use riskgate_model::OAuth2PermissionGrant;
use riskgate_odata::Filter;
use riskgate_store::{AsConflict, StoreError, StoreExt, retry};

use crate::audit::service_principal_target;
use crate::error::cut;
use crate::identifiers::relation_id;
use crate::{Actor, AuditEntry, Directory, DirectoryError, permission};

/// The most characters of a grant's `scope` (contract §1.5).
const LONGEST_SCOPE: usize = 3850;

/// Scopes about the sign-in itself (OpenID Connect Core §5.4, §11): every registered application has them, without consent.
pub const SIGN_IN_SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// For whom consent is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsentType {
    /// For everybody, by an administrator.
    AllPrincipals,
    /// For one user, by that user; the object identifier.
    Principal(String),
}

/// The first of these scopes that only an administrator may consent to; scopes this server does not know are such.
pub fn requires_admin_consent<'a>(scopes: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let needs_administrator = |scope: &str| match permission(scope) {
        Some(known) => known.needs_admin_consent || known.delegated_id.is_none(),
        None => true,
    };
    scopes.into_iter().find(|scope| needs_administrator(scope))
}

impl Directory {
    /// The scopes an application may use on behalf of a user: what the user and what an administrator consented to.
    /// [`SIGN_IN_SCOPES`] need no consent and are not among them unless somebody consented all the same.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn granted_scopes(
        &self,
        client_service_principal_id: &str,
        user_id: &str,
    ) -> Result<BTreeSet<String>, DirectoryError> {
        let for_user =
            [Filter::equals("consentType", "AllPrincipals"), Filter::equals("principalId", user_id)];
        let filter = Filter::And(vec![
            Filter::equals("clientId", client_service_principal_id),
            Filter::Or(for_user.to_vec()),
        ]);
        let grants = self.store.find_all::<OAuth2PermissionGrant>(self.tenant, filter).await?;
        let scopes = grants.iter().filter_map(|grant| grant.record.scope.as_deref());
        Ok(scopes.flat_map(str::split_ascii_whitespace).map(str::to_owned).collect())
    }

    /// Records consent to scopes of Microsoft Graph, beside what was consented to before; returns all that is granted
    /// in the same way. The caller has checked that the actor may consent for everybody, if it is for everybody.
    ///
    /// # Errors
    /// [`DirectoryError::UnknownPermission`]; [`DirectoryError::NeedsAdministrator`] if a user consents to what only an
    /// administrator may; [`DirectoryError::NotFound`] for the application or the user; [`DirectoryError::Store`].
    pub async fn grant_consent(
        &self,
        actor: &Actor,
        client_service_principal_id: &str,
        consent: &ConsentType,
        scopes: &[String],
    ) -> Result<BTreeSet<String>, DirectoryError> {
        let mut names = BTreeSet::new();
        for scope in scopes {
            let known = permission(scope).filter(|known| known.delegated_id.is_some());
            let form = "a delegated";
            let unknown = || DirectoryError::UnknownPermission { name: cut(scope, 128), form };
            names.insert(known.ok_or_else(unknown)?.name);
        }
        if let ConsentType::Principal(user_id) = consent {
            if let Some(scope) = requires_admin_consent(names.iter().copied()) {
                return Err(DirectoryError::NeedsAdministrator { scope: scope.to_owned() });
            }
            self.user(user_id).await?;
        }
        retry(|| self.try_grant(actor, client_service_principal_id, consent, &names)).await
    }

    async fn try_grant(
        &self,
        actor: &Actor,
        client_id: &str,
        consent: &ConsentType,
        names: &BTreeSet<&'static str>,
    ) -> Result<BTreeSet<String>, DirectoryError> {
        let client = self.find_service_principal(client_id).await?;
        let client = client.ok_or_else(|| DirectoryError::not_found(client_id))?;
        let graph = self.graph().await?;
        let mut grant = new_grant(&client.id, &graph.id, consent, names.iter().copied())?;
        let mut batch = self.batch();
        match self.store.load::<OAuth2PermissionGrant>(self.tenant, &grant.id).await? {
            Some(mut existing) => {
                let before = scopes_of(&existing.record);
                let after: BTreeSet<String> =
                    before.iter().cloned().chain(names.iter().map(|&name| name.to_owned())).collect();
                if after == before {
                    return Ok(before);
                }
                existing.record.scope = Some(scope_text(after.iter().map(String::as_str))?);
                batch.update(&existing)?;
                grant = existing.record;
            }
            None => batch.insert(&grant)?,
        }
        let is_for_all = *consent == ConsentType::AllPrincipals;
        let entry = AuditEntry::new("Consent to application", "ApplicationManagement", "Assign")
            .target(service_principal_target(&client))
            .detail("ConsentContext.IsAdminConsent", if is_for_all { "True" } else { "False" })
            .detail("ConsentAction.Permissions", grant.scope.clone().unwrap_or_default());
        self.audit(&mut batch, actor, entry)?;
        match self.store.commit(batch).await {
            // The same grant was made at the same moment: read it and add to it.
            Err(StoreError::Exists { table, id }) => Err(StoreError::Conflict { table, id }.into()),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(scopes_of(&grant)),
        }
    }

    /// Takes back all consent a user gave to an application; does nothing if there is none.
    ///
    /// # Errors
    /// [`DirectoryError::Store`].
    pub async fn revoke_consent(
        &self,
        actor: &Actor,
        client_service_principal_id: &str,
        user_id: &str,
    ) -> Result<(), DirectoryError> {
        let graph = self.graph().await?;
        let id = relation_id(&[client_service_principal_id, &graph.id, user_id]);
        retry(|| async {
            let Some(grant) = self.store.load::<OAuth2PermissionGrant>(self.tenant, &id).await? else {
                return Ok(());
            };
            let mut batch = self.batch();
            batch.delete(&grant);
            let mut entry = AuditEntry::new("Revoke consent", "ApplicationManagement", "Unassign");
            if let Some(client) = self.find_service_principal(client_service_principal_id).await? {
                entry = entry.target(service_principal_target(&client));
            }
            self.audit(&mut batch, actor, entry)?;
            match self.store.commit(batch).await {
                Err(error) if !error.is_conflict() => Err(DirectoryError::from(error)),
                outcome => Ok(outcome?),
            }
        })
        .await
    }
}

fn scopes_of(grant: &OAuth2PermissionGrant) -> BTreeSet<String> {
    grant.scope.as_deref().unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect()
}

pub(crate) fn scope_text<'a>(names: impl Iterator<Item = &'a str>) -> Result<String, DirectoryError> {
    let text = names.collect::<Vec<_>>().join(" ");
    match text.len() > LONGEST_SCOPE {
        true => {
            let reason = format!("At most {LONGEST_SCOPE} characters are allowed.");
            Err(DirectoryError::invalid("OAuth2PermissionGrant", "scope", reason))
        }
        false => Ok(text),
    }
}

/// The record of a consent; its identifier follows from client, resource and user, so there is one of each.
pub(crate) fn new_grant<'a>(
    client_id: &str,
    resource_id: &str,
    consent: &ConsentType,
    names: impl Iterator<Item = &'a str>,
) -> Result<OAuth2PermissionGrant, DirectoryError> {
    let (consent_type, principal_id) = match consent {
        ConsentType::AllPrincipals => ("AllPrincipals", None),
        ConsentType::Principal(user_id) => ("Principal", Some(user_id.clone())),
    };
    let parts: Vec<&str> = [client_id, resource_id].into_iter().chain(principal_id.as_deref()).collect();
    Ok(OAuth2PermissionGrant {
        id: relation_id(&parts),
        client_id: client_id.to_owned(),
        consent_type: Some(consent_type.to_owned()),
        principal_id,
        resource_id: resource_id.to_owned(),
        scope: Some(scope_text(names)?),
    })
}
