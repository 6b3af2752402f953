//! `POST /{tenant}/oauth2/v2.0/revoke` (RFC 7009): a client gives back a token it needs no more.

use riskgate_tokens::{Revocation, VerifyError};
use serde_json::{Value as Json, json};

use crate::client::Client;
use crate::error::OAuthError;
use crate::intake::Intake;
use crate::state::App;

/// The endpoint.
pub(crate) async fn revoke(intake: Intake) -> Result<Json, OAuthError> {
    let Intake { app, context, form, client, sent, .. } = &intake;
    let is_public = client.has_public_platform();
    app.authenticate(client, sent, is_public, (context.address, context.at)).await?;
    let token = form.get("token").ok_or_else(|| OAuthError::missing("token"))?;
    // `token_type_hint` only says where to look first (§2.1); the two kinds cannot be mistaken for each other.
    let mut outcome = app.api.tokens.revoke_refresh(token, &client.app_id).await?;
    if outcome == Revocation::Unknown {
        outcome = app.revoke_access(token, client).await?;
    }
    match outcome {
        // What is unknown is not good either, and that is all the client wants (§2.2).
        Revocation::Revoked | Revocation::Unknown => Ok(json!({})),
        Revocation::OfAnotherClient => {
            let message = "The token was issued to another client, which alone may revoke it.";
            Err(OAuthError::invalid_grant(70_000, message))
        }
    }
}

impl App {
    async fn revoke_access(&self, token: &str, client: &Client) -> Result<Revocation, OAuthError> {
        let token = match self.api.tokens.verify_access_token(token, |_| true).await {
            Ok(token) => token,
            Err(VerifyError::Unavailable(error)) => return Err(error.into()),
            Err(_) => return Ok(Revocation::Unknown),
        };
        if !token.app_id.eq_ignore_ascii_case(&client.app_id) {
            return Ok(Revocation::OfAnotherClient);
        }
        self.api.tokens.revoke_access_token(&token).await?;
        Ok(Revocation::Revoked)
    }
}
