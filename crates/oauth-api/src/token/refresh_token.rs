use riskgate_http::RequestContext;
use riskgate_protection::ContinuedSession;
use riskgate_store::records::{IssuedTo, TokenGrant};
use riskgate_tokens::{ClientAuthenticationMethod, RefreshError, RefreshTicket};
use serde_json::{Value as Json, json};

use super::TokenRequest;
use super::device_code::is_of_device;
use crate::dpop::check_bound;
use crate::error::OAuthError;
use crate::proof::sentence;
use crate::state::App;

impl App {
    /// Refreshes (RFC 6749 §6). The token is used up last: a request that is refused for another reason can be repeated
    /// once the reason is gone.
    pub(super) async fn refresh_token(&self, request: &TokenRequest<'_>) -> Result<Json, OAuthError> {
        let TokenRequest { form, client, sent, context, .. } = request;
        let token = form.get("refresh_token").ok_or_else(|| OAuthError::missing("refresh_token"))?;
        let method = self
            .authenticate(client, sent, client.has_public_platform(), (context.address, context.at))
            .await?;
        let mut ticket = match self.api.tokens.inspect_refresh(token, &client.app_id).await {
            Err(RefreshError::Reused) => return Err(self.reused(request, token).await),
            inspected => inspected.map_err(refresh_refusal)?,
        };
        let is_of_public_device = is_of_device(ticket.grant()) && client.allows_public_flows();
        let may_be_public = client.is_native() || ticket.is_single_page() || is_of_public_device;
        if method == ClientAuthenticationMethod::None && !may_be_public {
            let message = "The request must contain 'client_secret' or 'client_assertion'.";
            return Err(OAuthError::invalid_client(7_000_218, message));
        }
        check_bound(ticket.grant().dpop_key.as_deref(), request.key.as_deref())?;
        self.use_proof(request.proof).await?;
        // An id token of a refresh should have no nonce (OpenID Connect Core §12.2).
        let grant = TokenGrant { nonce: None, dpop_key: request.key.clone(), ..ticket.grant().clone() };
        let user = self.user_in_good_standing(&grant).await?;
        let granted = self.granted(client, &grant, form.get("scope")).await?;
        self.check_resource(form.get("resource"), &granted.resource).await?;
        let grant = self.judge(request, &grant, &user, &granted, false, continued(&ticket)).await?;
        let mut answer = self.user_tokens(&grant, &user, &granted, ticket.family_id()).await?;
        ticket.add_claims(&grant.claims);
        let successor = self.api.tokens.rotate_refresh(ticket).await.map_err(refresh_refusal)?;
        answer["refresh_token"] = json!(successor);
        Ok(answer)
    }

    /// Raises that two have the token, and refuses. Two requests with one good token at the same moment are not reported:
    /// that is more often a client with two windows than a thief.
    async fn reused(&self, request: &TokenRequest<'_>, token: &str) -> OAuthError {
        let TokenRequest { client, context, .. } = request;
        let raised = async {
            if let Some(grant) = self.api.tokens.grant_of_refresh(token).await? {
                let (sign_in, address) = (&grant.sign_in_id, context.address);
                self.api.protection.token_was_reused(sign_in, &client.app_id, address).await?;
            }
            Ok::<_, OAuthError>(())
        };
        raised.await.err().unwrap_or_else(|| refresh_refusal(RefreshError::Reused))
    }
}

/// The session a refresh token goes on with.
fn continued(ticket: &RefreshTicket) -> Option<ContinuedSession> {
    let issued_to = ticket.issued_to()?;
    Some(ContinuedSession {
        id: ticket.family_id().to_owned(),
        began_at: issued_to.at,
        address: issued_to.ip_address,
        user_agent: issued_to.user_agent.clone(),
    })
}

/// Whoever is handed a refresh token by this request.
pub(super) fn issued_to(context: &RequestContext) -> IssuedTo {
    IssuedTo { at: context.at, ip_address: context.address, user_agent: context.user_agent.clone() }
}

pub(super) fn refresh_refusal(error: RefreshError) -> OAuthError {
    match (error.code(), error) {
        (None, RefreshError::Store(error)) => error.into(),
        (code, error) => OAuthError::dead_grant(code.unwrap_or(70_000), sentence(&error.to_string())),
    }
}
