use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::StatusCode;
use riskgate_model::OidcIdentityProvider;
use riskgate_store::records::IdentityProvider;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::sync::Arc;

use crate::http::{Metadata, parse};
use crate::{Federation, FederationError, Started};

/// Form encoding, which the parts of HTTP Basic have as well (RFC 6749 §2.3.1).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*');

/// What the token endpoint answered; the access token is of no use here.
#[derive(Deserialize)]
struct Tokens {
    id_token: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

impl Federation {
    /// What the provider says of itself.
    pub(crate) async fn metadata(
        &self,
        provider: &OidcIdentityProvider,
    ) -> Result<Arc<Metadata>, FederationError> {
        let issuer = provider.issuer.as_deref().unwrap_or_default();
        let well_known = provider.well_known_endpoint.as_deref().unwrap_or_default();
        let unusable = || FederationError::Garbage("its metadata address cannot be used".to_owned());
        let well_known = self.network.endpoint(well_known).ok_or_else(unusable)?;
        self.cache.metadata(&self.network, &well_known, issuer).await
    }

    /// Redeems the code (RFC 6749 §4.1.3); the ID token.
    pub(crate) async fn redeem(
        &self,
        provider: &IdentityProvider,
        metadata: &Metadata,
        started: &Started,
        code: &str,
    ) -> Result<String, FederationError> {
        let client_id = provider.provider.client_id.as_deref().unwrap_or_default();
        let redirect_uri = self.redirect_uri(&provider.provider.id);
        let secret = self.open_secret(provider)?;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &redirect_uri),
            ("client_id", client_id),
            ("code_verifier", &started.verifier),
        ];
        let escape = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
        let exposed = secret.as_ref().map(ExposeSecret::expose_secret);
        let basic =
            exposed.filter(|_| metadata.takes_basic).map(|secret| (escape(client_id), escape(secret)));
        if let (Some(secret), None) = (exposed, &basic) {
            form.push(("client_secret", secret));
        }
        let basic = basic.as_ref().map(|(user, password)| (user.as_str(), password.as_str()));
        let (status, body) = self.network.post(&metadata.token_endpoint, &form, basic).await?;
        if status != StatusCode::OK {
            let error =
                parse::<Refusal>(&body).map_or_else(|_| format!("status {status}"), |refusal| refusal.error);
            return Err(FederationError::Refused(error.chars().take(64).collect()));
        }
        let tokens: Tokens = parse(&body)?;
        tokens.id_token.ok_or_else(|| FederationError::Garbage("its answer has no ID token".to_owned()))
    }

    fn open_secret(&self, provider: &IdentityProvider) -> Result<Option<SecretString>, FederationError> {
        let Some(sealed) = &provider.sealed_secret else { return Ok(None) };
        crate::providers::open_secret(&*self.services.seal, &provider.provider.id, sealed).map(Some)
    }
}
