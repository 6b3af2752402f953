use riskgate_directory::granted_app_roles;
use riskgate_protection::{Workload, refusing_policies};
use riskgate_risk::CredentialKind;
use riskgate_tokens::{AppTokenRequest, ClientAuthenticationMethod};
use serde_json::{Value as Json, json};

use super::TokenRequest;
use crate::client::Client;
use crate::dpop::token_type;
use crate::error::{OAuthError, quote};
use crate::resource::Resource;
use crate::scope::{ScopeKind, parse};
use crate::state::App;

impl App {
    /// A token for the application itself (RFC 6749 §4.4), with the application permissions it was granted.
    pub(super) async fn client_credentials(&self, request: &TokenRequest<'_>) -> Result<Json, OAuthError> {
        let TokenRequest { form, client, sent, context, .. } = request;
        let method = self.authenticate(client, sent, false, (context.address, context.at)).await?;
        self.use_proof(request.proof).await?;
        let text = form.get("scope").ok_or_else(|| OAuthError::missing("scope"))?;
        let mut scopes = parse(text, &self.origin)?;
        // MSAL for Go asks for them here too. They are about a person, and there is none.
        scopes.retain(|scope| !matches!(scope.kind, ScopeKind::OpenId(_)));
        let [scope] = scopes.as_slice() else { return Err(not_default(text)) };
        let ScopeKind::Default(name) = &scope.kind else { return Err(not_default(text)) };
        let resource = self.resource(name).await?;
        self.check_resource(form.get("resource"), &resource).await?;
        self.check_workload(request, &resource, credential(method)).await?;
        let roles = roles_at(&resource, client);
        let token = self
            .api
            .tokens
            .issue_app_access_token(AppTokenRequest {
                app_id: &client.app_id,
                service_principal_id: &client.principal.id,
                audience: &resource.audience,
                roles: &roles,
                claims: Some(&request.claims),
                dpop_key: request.key.as_deref(),
            })
            .await?;
        let seconds = token.lifetime.as_secs();
        Ok(json!({
            "token_type": token_type(request.key.as_deref()),
            "expires_in": seconds,
            "ext_expires_in": seconds,
            "access_token": token.token,
        }))
    }

    /// Asks Conditional Access whether the application may have the token. A refusal is kept for the administrator, but not
    /// each one of a client that asks in a loop.
    async fn check_workload(
        &self,
        request: &TokenRequest<'_>,
        resource: &Resource,
        credential: CredentialKind,
    ) -> Result<(), OAuthError> {
        let TokenRequest { client, context, trace, claims, .. } = request;
        let workload = Workload {
            service_principal: &client.principal,
            client_app_id: &client.app_id,
            resource_app_id: &resource.app_id,
            authentication_contexts: claims.contexts(),
            credential,
            address: context.address,
            user_agent: context.user_agent.as_deref(),
            correlation_id: &trace.correlation_id,
        };
        let decision = self.api.protection.judge_workload(&workload).await?;
        let Some(code) = decision.outcome.error_code() else { return Ok(()) };
        if self.workload_refusals.take(&client.app_id, context.address, context.at).is_ok() {
            self.api.protection.record_workload_refusal(&workload, &decision).await?;
        }
        let message = format!(
            "Access has been blocked by Conditional Access policies: the policy does not allow this application to get a \
             token from where it is. An administrator finds the policies by their identifiers: {}.",
            refusing_policies(&decision).join(", ")
        );
        Err(OAuthError::unauthorized_client(u32::try_from(code).unwrap_or(53_003), message))
    }
}

/// Names of the application permissions a client has at a resource.
fn roles_at(resource: &Resource, client: &Client) -> Vec<String> {
    if resource.is_graph {
        return granted_app_roles(&client.roles).into_iter().map(str::to_owned).collect();
    }
    let here = client.roles.iter().filter(|role| {
        role.resource_id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(&resource.principal_id))
    });
    let assigned: Vec<&str> = here.map(|role| role.app_role_id.as_str()).collect();
    let is_assigned = |id: &str| assigned.iter().any(|assigned| assigned.eq_ignore_ascii_case(id));
    let names = resource.roles.iter().filter(|(id, _)| is_assigned(id)).map(|(_, name)| name.clone());
    names.collect()
}

/// What the application proved itself with; without proof there is no such token.
fn credential(method: ClientAuthenticationMethod) -> CredentialKind {
    match method {
        ClientAuthenticationMethod::Certificate => CredentialKind::Certificate,
        ClientAuthenticationMethod::Secret | ClientAuthenticationMethod::None => CredentialKind::Secret,
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
