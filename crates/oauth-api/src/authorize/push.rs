//! `POST /{tenant}/oauth2/v2.0/par` (RFC 9126): a client hands its authorization request over behind the browser's back,
//! proves who it is, and sends the browser with a reference that is good once.

use riskgate_directory::Platform;
use riskgate_tokens::ClientAuthenticationMethod;
use serde_json::{Value as Json, json};

use super::check::check;
use super::client::asking;
use crate::error::OAuthError;
use crate::intake::Intake;

/// The endpoint.
pub(crate) async fn push(intake: Intake) -> Result<Json, OAuthError> {
    let Intake { app, context, trace, form, client, sent, .. } = &intake;
    let proof = app.proof_of_key(&intake)?;
    if form.get("request_uri").is_some() {
        let message = "A pushed request must not have 'request_uri' (RFC 9126 §2.1).";
        return Err(OAuthError::invalid_request(90_023, message));
    }
    let mut asking = asking(app, form, Some(client)).await?;
    let is_public = matches!(asking.platform, Platform::Spa | Platform::PublicClient);
    let at = (context.address, context.at);
    let method = app.authenticate(client, sent, is_public, at).await?;
    asking.proven_key = proof.as_ref().map(|proof| proof.key.clone());
    let checked = check(app, form, &asking, trace).await?;
    if method == ClientAuthenticationMethod::None {
        // Each request writes a row, and a public client proves nothing.
        app.pushed_requests
            .take(&client.app_id, context.address, context.at)
            .map_err(OAuthError::throttled)?;
    }
    app.use_proof(proof.as_ref()).await?;
    let (request_uri, lifetime) = app.api.tokens.push_request(checked).await?;
    Ok(json!({ "request_uri": request_uri, "expires_in": lifetime.as_secs() }))
}
