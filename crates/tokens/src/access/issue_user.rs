use riskgate_model::User;
use riskgate_store::records::TokenGrant;

use super::SessionClaims;
use super::claims::{AccessClaims, Confirmation, USER};
use super::revoke::grant_id;
use crate::authentication::{acr, amr, auth_time};
use crate::{IssuedToken, TokenError, TokenService};

/// What goes into an access token for a user.
#[derive(Debug, Clone, Copy)]
pub struct UserTokenRequest<'a> {
    /// What was granted: client, session, proofs, authentication contexts.
    pub grant: &'a TokenGrant,
    /// The family of refresh tokens of the grant: the token ends with it (RFC 7009 §2.1).
    pub family_id: Option<&'a str>,
    /// The user as he is now.
    pub user: &'a User,
    /// `aud`: the resource the token is for.
    pub audience: &'a str,
    /// `scp`: what the client may do there, bare names such as `User.Read`.
    pub scopes: &'a [String],
    /// `wids`: template identifiers of the user's directory roles.
    pub role_template_ids: &'a [String],
    /// What the application is told about the session.
    pub session: SessionClaims<'a>,
}

impl TokenService {
    /// Issues an access token with delegated permissions.
    ///
    /// # Errors
    /// [`TokenError`] if there is no usable signing key.
    pub async fn issue_user_access_token(
        &self,
        request: UserTokenRequest<'_>,
    ) -> Result<IssuedToken, TokenError> {
        let UserTokenRequest { grant, family_id, user, audience, scopes, role_template_ids, session } =
            request;
        let now = self.clock.now();
        let claims = AccessClaims {
            idtyp: USER.to_owned(),
            acr: Some(acr(&grant.authentication)),
            acrs: grant.claims.access_token_contexts.clone(),
            amr: amr(&grant.authentication),
            auth_time: auth_time(&grant.authentication),
            cnf: grant.dpop_key.clone().map(|jkt| Confirmation { jkt }),
            controls: session.controls(),
            deviceid: session.device_id(),
            grant_id: family_id.map(grant_id),
            name: user.display_name.clone(),
            preferred_username: user.user_principal_name.clone(),
            scp: Some(scopes.join(" ")),
            sid: Some(grant.session_id.clone()),
            signin_state: session.signin_state(),
            upn: user.user_principal_name.clone(),
            wids: role_template_ids.to_vec(),
            xms_cc: grant.claims.client_capabilities.clone(),
            ..self.common_claims(now, audience, &grant.client_id, &user.id)
        };
        self.sign_access(&claims).await
    }
}
