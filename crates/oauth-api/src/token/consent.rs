use std::collections::BTreeSet;

use riskgate_model::OAuth2PermissionGrant;
use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use riskgate_store::records::TokenGrant;

use crate::client::Client;
use crate::error::{OAuthError, quote};
use crate::resource::Resource;
use crate::scope::{ResourceName, Scope, ScopeKind, of_grant, parse};
use crate::state::App;

/// What a token request comes to: one resource, and the scopes that were consented to there.
#[derive(Debug)]
pub(super) struct Granted {
    pub(super) resource: Resource,
    /// `scp` of the access token.
    pub(super) scp: Vec<String>,
    /// `scope` of the answer: the texts as requested, or clients do not find the token in their caches.
    pub(super) texts: Vec<String>,
    /// Whether there is an id token.
    pub(super) is_openid: bool,
    /// Whether anything beside the scopes of OpenID Connect was asked for: what policies for the resource bind to.
    pub(super) uses_resource: bool,
    /// Whether the sign-in was for this resource, so that Conditional Access has seen it.
    pub(super) is_of_grant: bool,
}

/// Whether a grant allows refresh tokens (OpenID Connect Core §11).
pub(super) fn is_offline(app: &App, grant: &TokenGrant) -> bool {
    of_grant(&grant.scopes, &app.origin).iter().any(|scope| scope.is_openid("offline_access"))
}

impl App {
    /// What of the requested scopes may be had on a grant; without `requested`, what the grant was made for.
    ///
    /// A resource and its scopes may be others than the grant's, as in Entra: what counts is what the user, or an
    /// administrator, consented to, which is looked up anew each time. Scopes of OpenID Connect are those of the grant.
    ///
    /// # Errors
    /// `invalid_scope`, `invalid_resource`; `invalid_grant` with AADSTS65001 where there is no consent.
    pub(super) async fn granted(
        &self,
        client: &Client,
        grant: &TokenGrant,
        requested: Option<&str>,
    ) -> Result<Granted, OAuthError> {
        let of_grant = of_grant(&grant.scopes, &self.origin);
        let scopes = match requested {
            Some(text) => parse(text, &self.origin)?,
            None => first_resource(&of_grant),
        };
        let name = only_resource(&scopes)?;
        let resource = self.resource(&name).await?;
        let consented = self.consented(client, grant, &resource).await?;
        let mut granted = Granted {
            uses_resource: scopes.iter().any(|scope| scope.resource().is_some()),
            is_of_grant: of_grant.iter().filter_map(Scope::resource).any(|at| *at == name),
            resource,
            scp: Vec::new(),
            texts: Vec::new(),
            is_openid: false,
        };
        for scope in &scopes {
            granted.add(scope, &of_grant, &consented)?;
        }
        if granted.texts.is_empty() {
            return Err(no_consent(&scopes.first().map(|scope| scope.text.clone()).unwrap_or_default()));
        }
        Ok(granted)
    }

    /// Names consented to at a resource, by the user or for everybody.
    async fn consented(
        &self,
        client: &Client,
        grant: &TokenGrant,
        resource: &Resource,
    ) -> Result<BTreeSet<String>, OAuthError> {
        let filter = Filter::And(vec![
            Filter::equals("clientId", &client.principal.id),
            Filter::equals("resourceId", &resource.principal_id),
            Filter::Or(vec![
                Filter::equals("consentType", "AllPrincipals"),
                Filter::equals("principalId", &grant.user_id),
            ]),
        ]);
        let grants = self.api.store.find_all::<OAuth2PermissionGrant>(self.api.tenant, filter).await?;
        let scopes = grants.iter().filter_map(|grant| grant.record.scope.as_deref());
        Ok(scopes.flat_map(str::split_ascii_whitespace).map(str::to_owned).collect())
    }
}

impl Granted {
    fn add(
        &mut self,
        scope: &Scope,
        of_grant: &[Scope],
        consented: &BTreeSet<String>,
    ) -> Result<(), OAuthError> {
        match &scope.kind {
            ScopeKind::OpenId(name) => {
                if of_grant.iter().any(|held| held.is_openid(name)) {
                    self.is_openid |= *name == "openid";
                    self.texts.push(scope.text.clone());
                    // At the resource they say what userinfo tells; `offline_access` says nothing there.
                    if self.resource.is_graph && *name != "offline_access" {
                        self.push(name);
                    }
                }
            }
            ScopeKind::Named(_, name) => {
                let known = consented.iter().find(|known| known.eq_ignore_ascii_case(name));
                self.push(known.ok_or_else(|| no_consent(&scope.text))?);
                self.texts.push(scope.text.clone());
            }
            ScopeKind::Default(_) => {
                let is_openid = |name: &str| ["openid", "profile", "email", "offline_access"].contains(&name);
                let mut names = consented.iter().filter(|name| !is_openid(name)).peekable();
                names.peek().ok_or_else(|| no_consent(&scope.text))?;
                self.texts.push(scope.text.clone());
                for name in names {
                    self.push(name);
                    self.texts.push(format!("{}{name}", scope.prefix()));
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, name: &str) {
        if self.scp.iter().all(|known| known != name) {
            self.scp.push(name.to_owned());
        }
    }
}

/// The scopes of OpenID Connect and those of the first resource: a token is for one.
fn first_resource(scopes: &[Scope]) -> Vec<Scope> {
    let first = scopes.iter().find_map(Scope::resource);
    scopes.iter().filter(|scope| scope.resource().is_none() || scope.resource() == first).cloned().collect()
}

/// The one resource of the scopes; Microsoft Graph if they name none.
fn only_resource(scopes: &[Scope]) -> Result<ResourceName, OAuthError> {
    let mut resources = scopes.iter().filter_map(Scope::resource);
    let Some(first) = resources.next() else { return Ok(ResourceName::Graph) };
    match resources.find(|other| *other != first) {
        None => Ok(first.clone()),
        Some(_) => {
            let message =
                "The scope names more than one resource; a token is for one. Send one request for each.";
            Err(OAuthError::invalid_scope(28_000, message))
        }
    }
}

fn no_consent(scope: &str) -> OAuthError {
    let message = format!(
        "The user or administrator has not consented to '{}' for this application. \
         Send an interactive authorization request for this user and resource.",
        quote(scope)
    );
    OAuthError { suberror: Some("consent_required"), ..OAuthError::invalid_grant(65_001, message) }
}
