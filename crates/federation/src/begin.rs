use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riskgate_store::records::IdentityProvider;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::people::sha256_hex;
use crate::{Destination, Federation, FederationError, Started};

/// What the sealed `state` is for.
pub(crate) const PURPOSE: &str = "federated-sign-in";
/// How long a person may take at the provider.
const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// Longest address a browser is sent to; servers commonly refuse longer ones.
pub(crate) const LONGEST_ADDRESS: usize = 8_000;
/// What is asked for when the provider's registration does not say.
pub(crate) const SCOPE: &str = "openid profile email";

/// What a provider is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Demand {
    /// Whatever session the person has there will do.
    SignIn,
    /// The person must prove himself there again.
    SignInAgain,
    /// The person must pass multifactor authentication there, now.
    MultiFactor,
}

/// A sign-in that is to go to a provider.
#[derive(Debug)]
pub struct Beginning<'a> {
    /// Which provider.
    pub provider: &'a IdentityProvider,
    /// The browser, by the identifier its forms are tied to.
    pub browser_id: &'a str,
    /// What it is for.
    pub destination: Destination,
    /// What is asked of the provider.
    pub demand: Demand,
    /// The name the person gave.
    pub login_hint: Option<&'a str>,
}

impl Federation {
    /// The address to send the browser to.
    ///
    /// # Errors
    /// [`FederationError::Unreachable`] or [`FederationError::Garbage`] if the provider's metadata cannot be had,
    /// [`FederationError::TooLarge`].
    pub async fn begin(&self, beginning: Beginning<'_>) -> Result<Url, FederationError> {
        let provider = &beginning.provider.provider;
        let metadata = self.metadata(provider).await?;
        let rng = &self.services.rng;
        let started = Started {
            provider_id: provider.id.clone(),
            destination: beginning.destination,
            demand: beginning.demand,
            browser: sha256_hex(&[beginning.browser_id]),
            nonce: rng.token(),
            verifier: rng.token(),
            at: self.services.clock.now(),
        };
        let too_large = |_| FederationError::TooLarge;
        let state = self.sealed.seal(PURPOSE, &started, LIFETIME).map_err(too_large)?;
        let mut url = metadata.authorization_endpoint.clone();
        let mut query = url.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("response_mode", "query")
            .append_pair("client_id", provider.client_id.as_deref().unwrap_or_default())
            .append_pair("redirect_uri", &self.redirect_uri(&provider.id))
            .append_pair("scope", provider.scope.as_deref().unwrap_or(SCOPE))
            .append_pair("state", &state)
            .append_pair("nonce", &started.nonce)
            .append_pair("code_challenge", &challenge(&started.verifier))
            .append_pair("code_challenge_method", "S256");
        if let Some(hint) = beginning.login_hint.filter(|hint| !hint.is_empty()) {
            query.append_pair("login_hint", hint);
        }
        if beginning.demand != Demand::SignIn {
            query.append_pair("prompt", "login").append_pair("max_age", "0");
        }
        if beginning.demand == Demand::MultiFactor && !provider.multi_factor_acr_values.is_empty() {
            query.append_pair("acr_values", &provider.multi_factor_acr_values.join(" "));
        }
        drop(query);
        if url.as_str().len() > LONGEST_ADDRESS { Err(FederationError::TooLarge) } else { Ok(url) }
    }
}

/// `code_challenge` by S256 (RFC 7636 §4.2).
fn challenge(verifier: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, verifier.as_bytes());
    URL_SAFE_NO_PAD.encode(digest.as_ref())
}
