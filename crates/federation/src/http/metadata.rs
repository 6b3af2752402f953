use jsonwebtoken::Algorithm;
use serde::Deserialize;
use url::Url;

use super::Network;
use crate::FederationError;

/// Algorithms a token may be signed with: asymmetric ones, so that no secret of Riskgate's makes a token.
const ALGORITHMS: [(&str, Algorithm); 9] = [
    ("RS256", Algorithm::RS256),
    ("RS384", Algorithm::RS384),
    ("RS512", Algorithm::RS512),
    ("PS256", Algorithm::PS256),
    ("PS384", Algorithm::PS384),
    ("PS512", Algorithm::PS512),
    ("ES256", Algorithm::ES256),
    ("ES384", Algorithm::ES384),
    ("EdDSA", Algorithm::EdDSA),
];

/// What a provider says of itself (OpenID Connect Discovery §3), checked.
#[derive(Debug, Clone)]
pub(crate) struct Metadata {
    pub(crate) authorization_endpoint: Url,
    pub(crate) token_endpoint: Url,
    pub(crate) jwks_uri: Url,
    /// Where people sign out (RP-Initiated Logout §2.1), if that is possible.
    pub(crate) end_session_endpoint: Option<Url>,
    /// What it may sign with.
    pub(crate) algorithms: Vec<(&'static str, Algorithm)>,
    /// Whether it takes a client secret as HTTP Basic, the default; in the form otherwise.
    pub(crate) takes_basic: bool,
    /// Whether every answer names the issuer (RFC 9207 §3).
    pub(crate) names_issuer: bool,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    end_session_endpoint: Option<String>,
    id_token_signing_alg_values_supported: Option<Vec<String>>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    /// Fetches and checks it. The issuer must be the one that is registered, letter for letter (Discovery §4.3).
    ///
    /// # Errors
    /// [`FederationError::Unreachable`], [`FederationError::Garbage`].
    pub(crate) async fn fetch(
        network: &Network,
        well_known: &Url,
        issuer: &str,
    ) -> Result<Self, FederationError> {
        let document: Document = network.get(well_known).await?;
        if document.issuer != issuer {
            return Err(FederationError::Garbage("its metadata names another issuer".to_owned()));
        }
        let endpoint = |name: &str, text: &str| {
            let wrong = || FederationError::Garbage(format!("its {name} cannot be used"));
            network.endpoint(text).ok_or_else(wrong)
        };
        let offered = document.id_token_signing_alg_values_supported;
        let is_offered = |name: &str| match &offered {
            Some(names) => names.iter().any(|offered| offered == name),
            None => name == "RS256",
        };
        let algorithms: Vec<_> = ALGORITHMS.into_iter().filter(|(name, _)| is_offered(name)).collect();
        if algorithms.is_empty() {
            return Err(FederationError::Garbage("it signs with no algorithm that is accepted".to_owned()));
        }
        let methods = document.token_endpoint_auth_methods_supported;
        Ok(Self {
            authorization_endpoint: endpoint("authorization_endpoint", &document.authorization_endpoint)?,
            token_endpoint: endpoint("token_endpoint", &document.token_endpoint)?,
            jwks_uri: endpoint("jwks_uri", &document.jwks_uri)?,
            // One that cannot be used keeps nobody from signing in.
            end_session_endpoint: document.end_session_endpoint.and_then(|text| network.endpoint(&text)),
            algorithms,
            takes_basic: methods.is_none_or(|known| known.iter().any(|name| name == "client_secret_basic")),
            names_issuer: document.authorization_response_iss_parameter_supported,
        })
    }
}
