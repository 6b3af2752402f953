use riskgate_directory::Platform;
use riskgate_store::records::TokenGrant;
use riskgate_tokens::{
    ClientAuthenticationMethod, CodeRedemption, RedeemError, RefreshError, RefreshLifetime,
};
use serde_json::{Value as Json, json};

use super::TokenRequest;
use super::consent::is_offline;
use super::refresh_token::{issued_to, refresh_refusal};
use crate::dpop::check_bound;
use crate::error::OAuthError;
use crate::proof::sentence;
use crate::state::App;

impl App {
    /// Redeems an authorization code (RFC 6749 §4.1.3).
    pub(super) async fn authorization_code(&self, request: &TokenRequest<'_>) -> Result<Json, OAuthError> {
        let TokenRequest { form, client, sent, context, .. } = request;
        let code = form.get("code").ok_or_else(|| OAuthError::missing("code"))?;
        let redirect_uri = form.get("redirect_uri").ok_or_else(|| OAuthError::missing("redirect_uri"))?;
        let platform = client.platform(redirect_uri);
        let is_public = matches!(platform, Some(Platform::Spa | Platform::PublicClient));
        let method = self.authenticate(client, sent, is_public, (context.address, context.at)).await?;
        let redemption = CodeRedemption {
            code,
            client_id: &client.app_id,
            redirect_uri,
            code_verifier: form.get("code_verifier"),
        };
        let redeemed = self.api.tokens.redeem_code(redemption).await.map_err(refusal)?;
        check_bound(redeemed.grant.dpop_key.as_deref(), request.key.as_deref())?;
        self.use_proof(request.proof).await?;
        let grant = TokenGrant { dpop_key: request.key.clone(), ..redeemed.grant };
        let user = self.user_in_good_standing(&grant).await?;
        let granted = self.granted(client, &grant, form.get("scope")).await?;
        self.check_resource(form.get("resource"), &granted.resource).await?;
        let is_judged = granted.is_of_grant || !granted.uses_resource;
        let grant = self.judge(request, &grant, &user, &granted, is_judged, None).await?;
        let mut answer = self.user_tokens(&grant, &user, &granted, &redeemed.family_id).await?;
        if is_offline(self, &grant) {
            let lifetime = match platform {
                Some(Platform::Spa) => RefreshLifetime::SinglePage,
                _ => RefreshLifetime::Sliding,
            };
            let family = Some(redeemed.family_id);
            let token = self
                .api
                .tokens
                .issue_refresh(for_refresh(grant, method), lifetime, family, Some(issued_to(context)))
                .await
                .map_err(|error| match error {
                    RefreshError::Revoked => refusal(RedeemError::AlreadyRedeemed),
                    error => refresh_refusal(error),
                })?;
            answer["refresh_token"] = json!(token);
        }
        Ok(answer)
    }
}

/// What a refresh token stands for. One of a public client is bound to the key; another client proves itself each time
/// (RFC 9449 §5).
pub(super) fn for_refresh(grant: TokenGrant, method: ClientAuthenticationMethod) -> TokenGrant {
    let dpop_key = grant.dpop_key.filter(|_| method == ClientAuthenticationMethod::None);
    TokenGrant { dpop_key, ..grant }
}

fn refusal(error: RedeemError) -> OAuthError {
    match (error.code(), error) {
        (None, RedeemError::Store(error)) => error.into(),
        (code, error) => OAuthError::invalid_grant(code.unwrap_or(70_000), sentence(&error.to_string())),
    }
}
