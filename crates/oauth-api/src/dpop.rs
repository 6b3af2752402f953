use riskgate_tokens::{DpopError, DpopProof, VerifiedProof, VerifyError};

use crate::error::OAuthError;
use crate::intake::Intake;
use crate::proof::sentence;
use crate::state::App;

impl App {
    /// The proof of a key that a request comes with (RFC 9449 §5); `None` if it comes without.
    ///
    /// # Errors
    /// `invalid_dpop_proof`.
    pub(crate) fn proof_of_key(&self, request: &Intake) -> Result<Option<VerifiedProof>, OAuthError> {
        let mut values = request.headers.get_all("dpop").iter();
        let Some(value) = values.next() else { return Ok(None) };
        let (Ok(jwt), None) = (value.to_str(), values.next()) else {
            return Err(refusal(DpopError::Malformed("there must be one DPoP header")));
        };
        let url = format!("{}{}", self.api.base_url, request.uri.path());
        let proof = DpopProof { jwt, method: request.method.as_str(), url: &url, access_token: None };
        self.api.tokens.verify_dpop(proof).map(Some).map_err(refusal)
    }

    /// Uses up the proof a request came with, once it is known that the request is good for something.
    ///
    /// # Errors
    /// `invalid_dpop_proof` if it was used before.
    pub(crate) async fn use_proof(&self, proof: Option<&VerifiedProof>) -> Result<(), OAuthError> {
        let Some(proof) = proof else { return Ok(()) };
        self.api.tokens.use_proof(proof).await.map_err(|error| match error {
            VerifyError::Unavailable(error) => error.into(),
            _ => refusal(DpopError::Replayed),
        })
    }
}

/// Checks that a request proves the key that something is bound to.
///
/// # Errors
/// `invalid_dpop_proof`.
pub(crate) fn check_bound(bound: Option<&str>, proven: Option<&str>) -> Result<(), OAuthError> {
    match (bound, proven) {
        (None, _) => Ok(()),
        (Some(bound), Some(proven)) if bound == proven => Ok(()),
        (Some(_), Some(_)) => Err(refusal(DpopError::OtherKey)),
        (Some(_), None) => Err(refusal(DpopError::Missing)),
    }
}

/// `token_type` of an access token.
pub(crate) fn token_type(key: Option<&str>) -> &'static str {
    if key.is_some() { "DPoP" } else { "Bearer" }
}

fn refusal(error: DpopError) -> OAuthError {
    OAuthError::bad("invalid_dpop_proof", 50_027, sentence(&error.to_string()))
}
