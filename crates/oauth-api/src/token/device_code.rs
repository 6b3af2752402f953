use riskgate_model::TransferMethod;
use riskgate_store::records::{RequestedClaims, TokenGrant};
use riskgate_tokens::{DeviceError, RefreshLifetime};
use serde_json::{Value as Json, json};

use super::TokenRequest;
use super::authorization_code::for_refresh;
use super::consent::is_offline;
use super::refresh_token::{issued_to, refresh_refusal};
use crate::error::OAuthError;
use crate::proof::sentence;
use crate::state::App;

/// Whether a grant came from a device that was signed in from another one.
pub(super) fn is_of_device(grant: &TokenGrant) -> bool {
    grant.authentication.transfer_method == Some(TransferMethod::DeviceCodeFlow)
}

impl App {
    /// What a device gets that polls (RFC 8628 §3.4): tokens once, after somebody has approved it.
    pub(super) async fn device_code(&self, request: &TokenRequest<'_>) -> Result<Json, OAuthError> {
        let TokenRequest { form, client, sent, context, claims, .. } = request;
        // MSAL for Python sends both; the older name is that of the first drafts.
        let code = form.get("device_code").or_else(|| form.get("code"));
        let code = code.ok_or_else(|| OAuthError::missing("device_code"))?;
        let method = self
            .authenticate(client, sent, client.allows_public_flows(), (context.address, context.at))
            .await?;
        let polled = self.api.tokens.poll_device_authorization(code, &client.app_id).await;
        let grant = TokenGrant { dpop_key: request.key.clone(), ..polled.map_err(refusal)? };
        self.use_proof(request.proof).await?;
        let user = self.user_in_good_standing(&grant).await?;
        let granted = self.granted(client, &grant, form.get("scope")).await?;
        self.check_resource(form.get("resource"), &granted.resource).await?;
        // The person was judged where he is; the device is somewhere else. The page could not tell anybody that `claims` of
        // the first request do not hold: there is no address to send an error to.
        let request =
            TokenRequest { claims: with_claims_of(&grant, claims), key: request.key.clone(), ..*request };
        let grant = self.judge(&request, &grant, &user, &granted, false, None).await?;
        let family = self.api.tokens.new_family_id();
        let mut answer = self.user_tokens(&grant, &user, &granted, &family).await?;
        if is_offline(self, &grant) {
            let issued = self
                .api
                .tokens
                .issue_refresh(
                    for_refresh(grant, method),
                    RefreshLifetime::Sliding,
                    Some(family),
                    Some(issued_to(context)),
                )
                .await;
            answer["refresh_token"] = json!(issued.map_err(refresh_refusal)?);
        }
        Ok(answer)
    }
}

/// The demands of this request and of the one the codes were made for.
fn with_claims_of(grant: &TokenGrant, claims: &RequestedClaims) -> RequestedClaims {
    let mut claims = claims.clone();
    claims.access_token_contexts.extend(grant.claims.access_token_contexts.iter().cloned());
    claims.id_token_contexts.extend(grant.claims.id_token_contexts.iter().cloned());
    if claims.acr_values.is_empty() {
        claims.acr_values.clone_from(&grant.claims.acr_values);
    }
    claims.subject = claims.subject.or_else(|| grant.claims.subject.clone());
    claims.authenticated_since = claims.authenticated_since.max(grant.claims.authenticated_since);
    claims
}

/// The errors by the names Entra gives them, which the Azure libraries know, where RFC 8628 §3.5 has another or none.
fn refusal(error: DeviceError) -> OAuthError {
    let (name, code) = match error {
        DeviceError::Store(error) => return error.into(),
        DeviceError::Pending => ("authorization_pending", 70_016),
        DeviceError::SlowDown => ("slow_down", 70_016),
        DeviceError::Declined => ("authorization_declined", 70_017),
        DeviceError::Expired => ("expired_token", 70_019),
        DeviceError::Unknown => ("bad_verification_code", 70_018),
    };
    OAuthError::bad(name, code, sentence(&error.to_string()))
}
