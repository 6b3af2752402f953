use riskgate_access::{Decision, Outcome};
use riskgate_model::{AppliedConditionalAccessPolicyResult, ClientAppType, User};
use riskgate_protection::{Attempt, SignInApplication, SignInKind, SignInResource};
use riskgate_store::records::TokenGrant;
use serde_json::json;

use super::TokenRequest;
use super::consent::Granted;
use crate::client::Client;
use crate::error::OAuthError;
use crate::state::App;

impl App {
    /// The user of a grant, if the account may still have tokens on it.
    ///
    /// # Errors
    /// `invalid_grant`: the account is gone or disabled, or its sessions were revoked since.
    pub(super) async fn user_in_good_standing(&self, grant: &TokenGrant) -> Result<User, OAuthError> {
        let Some(user) = self.api.directory.find_user(&grant.user_id).await? else {
            let message = "The user account has been deleted from the directory.";
            return Err(OAuthError::invalid_grant(500_341, message));
        };
        if user.account_enabled != Some(true) {
            return Err(OAuthError::invalid_grant(50_057, "The user account is disabled."));
        }
        let is_revoked =
            user.sign_in_sessions_valid_from_date_time.is_some_and(|from| grant.granted_date_time < from);
        if is_revoked {
            let message =
                "The grant was revoked, or the user's password was changed or reset. Sign in again.";
            return Err(OAuthError::invalid_grant(50_173, message));
        }
        Ok(user)
    }

    /// Asks Conditional Access whether the grant may still be used, from here and for this resource.
    ///
    /// # Errors
    /// `interaction_required` when the user has to do something first, or may not get in at all.
    pub(super) async fn judge(
        &self,
        request: &TokenRequest<'_>,
        grant: &TokenGrant,
        user: &User,
        granted: &Granted,
    ) -> Result<(), OAuthError> {
        let TokenRequest { client, context, trace, .. } = request;
        let client_app_type = match client.is_public() {
            true => ClientAppType::MobileAppsAndDesktopClients,
            false => ClientAppType::Browser,
        };
        let attempt = Attempt {
            kind: SignInKind::Refresh,
            user: user.clone(),
            application: SignInApplication {
                client_app_id: client.app_id.clone(),
                client_display_name: client.application.display_name.clone(),
                resources: resources(client, granted),
                client_app_type,
                user_action: None,
                authentication_contexts: Default::default(),
            },
            address: context.address,
            user_agent: context.user_agent.clone(),
            request_id: context.request_id.clone(),
            correlation_id: trace.correlation_id.clone(),
            authentication: grant.authentication.clone(),
        };
        refusal(&self.api.protection.judge(&attempt).await?.decision).map_or(Ok(()), Err)
    }
}

/// What the tokens are for. Whoever gets an id token is signed in to, so the client's own policies count, as they do when
/// a person signs in.
fn resources(client: &Client, granted: &Granted) -> Vec<SignInResource> {
    let (at, own) = (&granted.resource, &client.application);
    let resource = |app_id: &str, name: &Option<String>| SignInResource {
        app_id: app_id.to_owned(),
        display_name: name.clone(),
    };
    let asked = granted.uses_resource.then(|| resource(&at.app_id, &at.display_name));
    let is_client = granted.is_openid || asked.is_none();
    asked.into_iter().chain(is_client.then(|| resource(&client.app_id, &own.display_name))).collect()
}

/// What a client is told about a decision; `None` if it grants access. Policies go by identifier, never by name.
fn refusal(decision: &Decision) -> Option<OAuthError> {
    let code = decision.outcome.error_code().and_then(|code| u32::try_from(code).ok());
    let (code, message, suberror) = match (&decision.outcome, code?) {
        (Outcome::Block { .. }, code @ 53_004) => (
            code,
            "Multifactor authentication must be registered, which is refused because of risk.",
            "message_only",
        ),
        (Outcome::Block { .. }, code) => {
            (code, "Access has been blocked by Conditional Access policies.", "message_only")
        }
        (_, code @ 50_072) => (
            code,
            "The user must register multifactor authentication. Send an interactive request.",
            "basic_action",
        ),
        (_, code) => (
            code,
            "Due to a configuration change made by your administrator, or because of where or how you sign in, \
             you must use multifactor authentication. Send an interactive request.",
            "basic_action",
        ),
    };
    let failed = decision.trace.iter().filter(|trace| {
        trace.result == AppliedConditionalAccessPolicyResult::Failure
            && !trace.enforced_grant_controls.is_empty()
    });
    let policies: Vec<&str> = failed.map(|trace| &*trace.policy_id).collect();
    let claims = json!({ "access_token": { "capolids": { "essential": true, "values": policies } } });
    let error = OAuthError::bad("interaction_required", code, message);
    Some(OAuthError { suberror: Some(suberror), claims: Some(claims.to_string()), ..error })
}
