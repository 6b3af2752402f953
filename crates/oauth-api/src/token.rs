//! `POST /{tenant}/oauth2/v2.0/token` (RFC 6749 §3.2). To add a grant: a file of its own under `token/`, and its name in
//! [`known_grant`].

mod authorization_code;
mod client_credentials;
mod consent;
mod device_code;
mod judge;
mod refresh_token;
mod refusal;
mod user_tokens;

use riskgate_http::RequestContext;
use riskgate_store::records::RequestedClaims;
use riskgate_tokens::VerifiedProof;
use serde_json::Value as Json;

use crate::claims::requested_claims;
use crate::client::Client;
use crate::error::{OAuthError, quote};
use crate::intake::Intake;
use crate::parameters::Parameters;
use crate::proof::SentProof;
use crate::trace::Trace;

/// A token request that was read, from a client that exists.
struct TokenRequest<'a> {
    form: &'a Parameters,
    client: &'a Client,
    sent: &'a SentProof,
    context: &'a RequestContext,
    trace: &'a Trace,
    /// What the parameter `claims` asks for.
    claims: RequestedClaims,
    /// The key the client proves, to which the tokens are bound (RFC 9449).
    key: Option<String>,
    /// How it proves it; used up as soon as the grant is known to be good.
    proof: Option<&'a VerifiedProof>,
}

/// The endpoint.
pub(crate) async fn token(intake: Intake) -> Result<Json, OAuthError> {
    let Intake { app, context, trace, form, client, sent, .. } = &intake;
    let proof = app.proof_of_key(&intake)?;
    let key = proof.as_ref().map(|proof| proof.key.clone());
    let grant_type = known_grant(form.get("grant_type").ok_or_else(|| OAuthError::missing("grant_type"))?)?;
    let claims = requested_claims(form.get("claims"), trace.at)?;
    let request = TokenRequest { form, client, sent, context, trace, claims, key, proof: proof.as_ref() };
    match grant_type {
        GrantType::ClientCredentials => app.client_credentials(&request).await,
        GrantType::AuthorizationCode => app.authorization_code(&request).await,
        GrantType::RefreshToken => app.refresh_token(&request).await,
        GrantType::DeviceCode => app.device_code(&request).await,
    }
}

#[derive(Clone, Copy)]
enum GrantType {
    ClientCredentials,
    AuthorizationCode,
    RefreshToken,
    DeviceCode,
}

/// The grants there are; each other is refused by name, so that a developer knows what to do instead.
fn known_grant(grant_type: &str) -> Result<GrantType, OAuthError> {
    let refusal = match grant_type {
        "client_credentials" => return Ok(GrantType::ClientCredentials),
        "authorization_code" => return Ok(GrantType::AuthorizationCode),
        "refresh_token" => return Ok(GrantType::RefreshToken),
        // The second is what the first drafts called it.
        "urn:ietf:params:oauth:grant-type:device_code" | "device_code" => return Ok(GrantType::DeviceCode),
        "password" => "The grant 'password' is not offered: it cannot ask for a second factor. \
             Use 'authorization_code' with PKCE, or 'client_credentials'."
            .to_owned(),
        other => format!(
            "The grant type '{}' is not supported. Use 'authorization_code', 'refresh_token' or 'client_credentials'.",
            quote(other)
        ),
    };
    Err(OAuthError::bad("unsupported_grant_type", 70_003, refusal))
}
