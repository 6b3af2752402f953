use riskgate_store::records::TokenGrant;
use riskgate_tokens::{ClientAuthenticationMethod, RefreshError};
use serde_json::{Value as Json, json};

use super::TokenRequest;
use super::device_code::is_of_device;
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
        let mut ticket =
            self.api.tokens.inspect_refresh(token, &client.app_id).await.map_err(refresh_refusal)?;
        let is_of_public_device = is_of_device(ticket.grant()) && client.allows_public_flows();
        let may_be_public = client.is_native() || ticket.is_single_page() || is_of_public_device;
        if method == ClientAuthenticationMethod::None && !may_be_public {
            let message = "The request must contain 'client_secret' or 'client_assertion'.";
            return Err(OAuthError::invalid_client(7_000_218, message));
        }
        // An id token of a refresh should have no nonce (OpenID Connect Core §12.2).
        let grant = TokenGrant { nonce: None, ..ticket.grant().clone() };
        let user = self.user_in_good_standing(&grant).await?;
        let granted = self.granted(client, &grant, form.get("scope")).await?;
        let grant = self.judge(request, &grant, &user, &granted, false).await?;
        let mut answer = self.user_tokens(&grant, &user, &granted).await?;
        ticket.add_claims(&grant.claims);
        let successor = self.api.tokens.rotate_refresh(ticket).await.map_err(refresh_refusal)?;
        answer["refresh_token"] = json!(successor);
        Ok(answer)
    }
}

pub(super) fn refresh_refusal(error: RefreshError) -> OAuthError {
    match (error.code(), error) {
        (None, RefreshError::Store(error)) => error.into(),
        (code, error) => OAuthError::dead_grant(code.unwrap_or(70_000), sentence(&error.to_string())),
    }
}
