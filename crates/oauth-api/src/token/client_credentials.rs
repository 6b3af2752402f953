use riskgate_model::AppRoleAssignment;
use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use riskgate_tokens::{AppTokenRequest, CLAIMS_CHALLENGES};
use serde_json::{Value as Json, json};

use super::TokenRequest;
use crate::error::{OAuthError, quote};
use crate::resource::Resource;
use crate::scope::{ScopeKind, parse};
use crate::state::App;

impl App {
    /// A token for the application itself (RFC 6749 §4.4), with the application permissions it was granted.
    pub(super) async fn client_credentials(&self, request: &TokenRequest<'_>) -> Result<Json, OAuthError> {
        let TokenRequest { form, client, sent, context, .. } = request;
        self.authenticate(client, sent, false, (context.address, context.at)).await?;
        let text = form.get("scope").ok_or_else(|| OAuthError::missing("scope"))?;
        let scopes = parse(text, &self.origin)?;
        let [scope] = scopes.as_slice() else { return Err(not_default(text)) };
        let ScopeKind::Default(name) = &scope.kind else { return Err(not_default(text)) };
        let resource = self.resource(name).await?;
        let roles = self.roles_at(&resource, &client.principal.id).await?;
        let token = self
            .api
            .tokens
            .issue_app_access_token(AppTokenRequest {
                app_id: &client.app_id,
                service_principal_id: &client.principal.id,
                audience: &resource.audience,
                roles: &roles,
                handles_claims_challenges: request.claims.client_capabilities.contains(CLAIMS_CHALLENGES),
            })
            .await?;
        let seconds = token.lifetime.as_secs();
        Ok(json!({
            "token_type": "Bearer",
            "expires_in": seconds,
            "ext_expires_in": seconds,
            "access_token": token.token,
        }))
    }

    /// Names of the application permissions a service principal has at a resource.
    async fn roles_at(&self, resource: &Resource, principal_id: &str) -> Result<Vec<String>, OAuthError> {
        if resource.is_graph {
            let names = self.api.directory.granted_app_roles(principal_id).await?;
            return Ok(names.into_iter().map(str::to_owned).collect());
        }
        let filter = Filter::And(vec![
            Filter::equals("principalId", principal_id),
            Filter::equals("resourceId", &resource.principal_id),
        ]);
        let assigned = self.api.store.find_all::<AppRoleAssignment>(self.api.tenant, filter).await?;
        let is_assigned =
            |id: &str| assigned.iter().any(|found| found.record.app_role_id.eq_ignore_ascii_case(id));
        let names = resource.roles.iter().filter(|(id, _)| is_assigned(id)).map(|(_, name)| name.clone());
        Ok(names.collect())
    }
}

fn not_default(scope: &str) -> OAuthError {
    let message = format!(
        "The provided value for scope '{}' is not valid. Client credential flows must have a scope value with \
         /.default suffixed to the resource identifier (application ID URI).",
        quote(scope)
    );
    OAuthError::invalid_scope(1_002_012, message)
}
