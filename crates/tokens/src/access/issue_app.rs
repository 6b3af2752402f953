use riskgate_store::records::RequestedClaims;

use super::claims::{APP, AccessClaims, Confirmation};
use crate::{IssuedToken, TokenError, TokenService};

/// What goes into an access token for an application itself.
#[derive(Debug, Clone, Copy)]
pub struct AppTokenRequest<'a> {
    /// `appid`: the client.
    pub app_id: &'a str,
    /// `oid`: its service principal.
    pub service_principal_id: &'a str,
    /// `aud`: the resource the token is for.
    pub audience: &'a str,
    /// `roles`: application permissions at that resource, such as `IdentityRiskEvent.Read.All`.
    pub roles: &'a [String],
    /// What was asked for by `claims` and is granted: authentication contexts and client capabilities.
    pub claims: Option<&'a RequestedClaims>,
    /// Thumbprint of the key the token is bound to (RFC 9449).
    pub dpop_key: Option<&'a str>,
}

impl TokenService {
    /// Issues an access token with application permissions.
    ///
    /// # Errors
    /// [`TokenError`] if there is no usable signing key.
    pub async fn issue_app_access_token(
        &self,
        request: AppTokenRequest<'_>,
    ) -> Result<IssuedToken, TokenError> {
        let AppTokenRequest { app_id, service_principal_id, audience, roles, claims: asked, dpop_key } =
            request;
        let now = self.clock.now();
        let claims = AccessClaims {
            idtyp: APP.to_owned(),
            roles: roles.to_vec(),
            acrs: asked.map(|asked| asked.access_token_contexts.clone()).unwrap_or_default(),
            xms_cc: asked.map(|asked| asked.client_capabilities.clone()).unwrap_or_default(),
            cnf: dpop_key.map(|key| Confirmation { jkt: key.to_owned() }),
            ..self.common_claims(now, audience, app_id, service_principal_id)
        };
        self.sign_access(&claims).await
    }
}
