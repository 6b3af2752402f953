use std::collections::BTreeSet;

use riskgate_core::Timestamp;
use riskgate_model::{ClientAppType, User};
use riskgate_protection::{Attempt, ContinuedSession, SignInApplication, SignInKind, SignInResource};
use riskgate_store::records::{RequestedClaims, TokenGrant};
use riskgate_tokens::acr;

use super::TokenRequest;
use super::consent::Granted;
use super::device_code::is_of_device;
use super::refusal::{refusal, too_old};
use crate::client::Client;
use crate::error::OAuthError;
use crate::resource::Resource;
use crate::state::App;

impl App {
    /// Asks Conditional Access whether the grant may be used, from here, for this resource, and with what the request's
    /// `claims` ask for; returns the grant as the tokens of this answer tell it. `is_judged` says that the sign-in was
    /// decided a moment ago, so that only new demands are decided; `continued` is
    /// the session it goes on with.
    ///
    /// Authentication contexts of the request must be granted. Those the grant has from before are decided on their own:
    /// one that is not granted anymore is missing in the tokens and refuses nothing.
    ///
    /// # Errors
    /// `interaction_required` when the user has to do something first, or may not get in at all.
    pub(super) async fn judge(
        &self,
        request: &TokenRequest<'_>,
        grant: &TokenGrant,
        user: &User,
        granted: &Granted,
        is_judged: bool,
        continued: Option<ContinuedSession>,
    ) -> Result<TokenGrant, OAuthError> {
        let (wanted, kept) = (&request.claims, grant.claims.contexts());
        check_proofs(wanted, grant)?;
        let mut contexts = wanted.contexts();
        let mut session = grant.session;
        let mut attempt = attempt(request, grant, user, granted, contexts.clone(), continued);
        if is_judged && contexts.is_subset(&kept) {
            contexts = kept;
        } else {
            let decision = self.api.protection.judge(&attempt).await?.decision;
            refusal(&decision, wanted).map_or(Ok(()), Err)?;
            session.application_enforced_restrictions = decision.session.application_enforced_restrictions;
            let earlier = kept.difference(&contexts).cloned().collect();
            contexts.extend(self.api.protection.granted_contexts(&attempt, &earlier).await?);
        }
        // The sign-in may have been for more than the resource the access token is for.
        if session.application_enforced_restrictions {
            attempt.application.resources = vec![resource_of(&granted.resource)];
            session.application_enforced_restrictions = self.api.protection.is_restricted(&attempt).await?;
        }
        Ok(TokenGrant { claims: held(&grant.claims, wanted, &contexts), session, ..grant.clone() })
    }
}

/// What can be told from the grant alone: how and when the user proved who he is, and that it is he.
fn check_proofs(wanted: &RequestedClaims, grant: &TokenGrant) -> Result<(), OAuthError> {
    let proven = grant.authentication.methods.iter().map(|used| used.at).max();
    // Challenges count whole seconds.
    let proven = proven.map_or(i64::MIN, Timestamp::as_seconds);
    if wanted.authenticated_since.is_some_and(|since| proven < since.as_seconds()) {
        return Err(too_old(wanted));
    }
    if wanted.subject.as_ref().is_some_and(|subject| *subject != grant.user_id) {
        let message = "The user is not the one the parameter 'claims' names as 'sub'.";
        return Err(OAuthError::invalid_grant(50_020, message));
    }
    if !wanted.acr_values.is_empty() && !wanted.acr_values.contains(&acr(&grant.authentication)) {
        let message = "The user did not sign in with an 'acr' that the parameter 'claims' asks for. \
                       Send an interactive request.";
        return Err(OAuthError::bad("unmet_authentication_requirements", 50_076, message));
    }
    Ok(())
}

/// What the tokens say: what was asked for now and before, as far as the contexts hold.
fn held(before: &RequestedClaims, now: &RequestedClaims, contexts: &BTreeSet<String>) -> RequestedClaims {
    let union = |one: &BTreeSet<String>, other: &BTreeSet<String>| -> BTreeSet<String> {
        one.union(other).cloned().collect()
    };
    let holding = |one, other| union(one, other).intersection(contexts).cloned().collect();
    RequestedClaims {
        access_token_contexts: holding(&before.access_token_contexts, &now.access_token_contexts),
        id_token_contexts: holding(&before.id_token_contexts, &now.id_token_contexts),
        client_capabilities: union(&before.client_capabilities, &now.client_capabilities),
        ..RequestedClaims::default()
    }
}

fn attempt(
    request: &TokenRequest<'_>,
    grant: &TokenGrant,
    user: &User,
    granted: &Granted,
    authentication_contexts: BTreeSet<String>,
    session: Option<ContinuedSession>,
) -> Attempt {
    let TokenRequest { client, context, trace, .. } = request;
    let client_app_type = match client.is_public() || is_of_device(grant) {
        true => ClientAppType::MobileAppsAndDesktopClients,
        false => ClientAppType::Browser,
    };
    Attempt {
        kind: SignInKind::Refresh,
        user: user.clone(),
        application: SignInApplication {
            client_app_id: client.app_id.clone(),
            client_display_name: client.application.display_name.clone(),
            resources: resources(client, granted),
            client_app_type,
            user_action: None,
            authentication_contexts,
        },
        address: context.address,
        user_agent: context.user_agent.clone(),
        session,
        device_cookie_id: None,
        password_tag: None,
        request_id: context.request_id.clone(),
        correlation_id: trace.correlation_id.clone(),
        authentication: grant.authentication.clone(),
    }
}

/// What the tokens are for. Whoever gets an id token is signed in to, so the client's own policies count, as they do when
/// a person signs in.
fn resources(client: &Client, granted: &Granted) -> Vec<SignInResource> {
    let asked = granted.uses_resource.then(|| resource_of(&granted.resource));
    let own = || SignInResource {
        app_id: client.app_id.clone(),
        display_name: client.application.display_name.clone(),
    };
    let is_client = granted.is_openid || asked.is_none();
    asked.into_iter().chain(is_client.then(own)).collect()
}

fn resource_of(resource: &Resource) -> SignInResource {
    SignInResource { app_id: resource.app_id.clone(), display_name: resource.display_name.clone() }
}
