use riskgate_model::User;
use riskgate_store::records::TokenGrant;
use riskgate_tokens::{IdTokenRequest, SessionClaims, UserTokenRequest};
use serde_json::{Value as Json, json};

use super::consent::Granted;
use crate::dpop::token_type;
use crate::error::OAuthError;
use crate::state::App;

impl App {
    /// Access token and id token for a user, as the answer of the endpoint without refresh token. They end
    /// with the family of refresh tokens, also if that has none yet.
    pub(super) async fn user_tokens(
        &self,
        grant: &TokenGrant,
        user: &User,
        granted: &Granted,
        family_id: &str,
    ) -> Result<Json, OAuthError> {
        let tokens = &self.api.tokens;
        let roles: Vec<String> = self.api.directory.role_template_ids(&user.id).await?.into_iter().collect();
        let device = self.api.protection.proven_device(&grant.authentication, &user.id).await?;
        let access = tokens
            .issue_user_access_token(UserTokenRequest {
                grant,
                family_id: Some(family_id),
                user,
                audience: &granted.resource.audience,
                scopes: &granted.scp,
                role_template_ids: &roles,
                session: SessionClaims {
                    is_restricted: grant.session.application_enforced_restrictions,
                    device: device.as_ref(),
                    stays_signed_in: grant.session.stays_signed_in,
                },
            })
            .await?;
        let seconds = access.lifetime.as_secs();
        let mut answer = json!({
            "token_type": token_type(grant.dpop_key.as_deref()),
            "scope": granted.texts.join(" "),
            "expires_in": seconds,
            "ext_expires_in": seconds,
            "access_token": access.token,
        });
        if granted.is_openid {
            // What the id token says follows from this request's scopes.
            let grant = TokenGrant { scopes: granted.texts.clone(), ..grant.clone() };
            let access_token = Some(access.token.as_str());
            let request = IdTokenRequest { grant: &grant, user, access_token, code: None };
            answer["id_token"] = json!(tokens.issue_id_token(request).await?.token);
        }
        answer["client_info"] = json!(tokens.client_info(&user.id));
        Ok(answer)
    }
}
