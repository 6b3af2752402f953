use std::sync::Arc;

use super::{DpopError, DpopProof};
use crate::digest::is_same;
use crate::{AccessToken, TokenService, VerifyError};

/// An access token as a request presents it to a resource.
#[derive(Debug, Clone, Copy)]
pub struct Presented<'a> {
    /// The token.
    pub token: &'a str,
    /// Whether its scheme is `DPoP`; otherwise it is `Bearer`.
    pub is_dpop: bool,
    /// The only `DPoP` header.
    pub proof: Option<&'a str>,
    /// HTTP method.
    pub method: &'a str,
    /// Address of the request as clients name it, without query and fragment.
    pub url: &'a str,
}

impl TokenService {
    /// Checks an access token and that whoever presents it has the key it is bound to, if it is bound to one (RFC 9449 §7).
    ///
    /// # Errors
    /// [`VerifyError`]; [`VerifyError::Proof`] for a token that is bound and comes without a good proof, or is not bound and
    /// comes as if it were.
    pub async fn verify_presented(
        &self,
        presented: Presented<'_>,
        is_audience: impl Fn(&str) -> bool,
    ) -> Result<Arc<AccessToken>, VerifyError> {
        let token = self.verify_access_token(presented.token, is_audience).await?;
        match (&token.key_thumbprint, presented.is_dpop) {
            (None, false) => Ok(token),
            (None, true) => Err(DpopError::NotBound.into()),
            (Some(_), false) => Err(DpopError::Missing.into()),
            (Some(bound), true) => {
                let proof = DpopProof {
                    jwt: presented.proof.ok_or(DpopError::Missing)?,
                    method: presented.method,
                    url: presented.url,
                    access_token: Some(presented.token),
                };
                let proof = self.verify_dpop(proof)?;
                if !is_same(&proof.key, bound) {
                    return Err(DpopError::OtherKey.into());
                }
                self.use_proof(&proof).await?;
                Ok(token)
            }
        }
    }
}
