//! `POST /{tenant}/oauth2/v2.0/introspect` (RFC 7662): what a token is worth at this moment, for the application that was
//! given it or that it is for.

use riskgate_store::records::RefreshTokenFamily;
use riskgate_tokens::{AccessToken, Actor, VerifyError, acr};
use serde_json::{Map, Value as Json, json};

use crate::client::Client;
use crate::dpop::token_type;
use crate::error::OAuthError;
use crate::intake::Intake;
use crate::state::App;

/// The endpoint. Whoever asks proves who he is, so that tokens cannot be fished for (§2.1); public clients cannot ask.
pub(crate) async fn introspect(intake: Intake) -> Result<Json, OAuthError> {
    let Intake { app, context, form, client, sent, .. } = &intake;
    app.authenticate(client, sent, false, (context.address, context.at)).await?;
    let token = form.get("token").ok_or_else(|| OAuthError::missing("token"))?;
    let described = match app.api.tokens.live_refresh(token, &client.app_id).await? {
        Some(family) => app.describe_refresh(&family).await?,
        None => app.describe_access(token, client).await?,
    };
    // Why a token is worth nothing is nobody's business (§2.2).
    let Some(mut members) = described else { return Ok(json!({ "active": false })) };
    members.insert("active".to_owned(), Json::Bool(true));
    members.retain(|_, value| !value.is_null());
    Ok(Json::Object(members))
}

impl App {
    async fn describe_refresh(
        &self,
        family: &RefreshTokenFamily,
    ) -> Result<Option<Map<String, Json>>, OAuthError> {
        let grant = &family.grant;
        let user = match self.user_in_good_standing(grant).await {
            Ok(user) => user,
            Err(error) if error.error == "temporarily_unavailable" => return Err(error),
            Err(_) => return Ok(None),
        };
        Ok(members(json!({
            "scope": grant.scopes.join(" "),
            "client_id": grant.client_id,
            "username": user.user_principal_name,
            "exp": family.expires_date_time.as_seconds(),
            "iat": grant.granted_date_time.as_seconds(),
            "sub": user.id,
            "iss": self.api.tokens.issuer(),
            "sid": grant.session_id,
            "acr": acr(&grant.authentication),
        })))
    }

    /// An access token as the client or the resource it is for may know it.
    async fn describe_access(
        &self,
        token: &str,
        asking: &Client,
    ) -> Result<Option<Map<String, Json>>, OAuthError> {
        let may_know = |name: &str| name.eq_ignore_ascii_case(&asking.app_id);
        let token = match self.api.tokens.verify_access_token(token, |_| true).await {
            Ok(token) if may_know(&token.audience) || may_know(&token.app_id) => token,
            Err(VerifyError::Unavailable(error)) => return Err(error.into()),
            Ok(_) | Err(_) => return Ok(None),
        };
        let is_enabled = match self.client(&token.app_id).await {
            Ok(_) => true,
            Err(error) if error.error == "temporarily_unavailable" => return Err(error),
            Err(_) => false,
        };
        let is_good = is_enabled
            && match &token.actor {
                Actor::User(actor) => self.user_of_token(&token, actor).await?.is_some(),
                Actor::Application { .. } => true,
            };
        Ok(if is_good { self.members_of(&token) } else { None })
    }

    fn members_of(&self, token: &AccessToken) -> Option<Map<String, Json>> {
        let mut described = json!({
            "client_id": token.app_id,
            "token_type": token_type(token.key_thumbprint.as_deref()),
            "cnf": token.key_thumbprint.as_ref().map(|key| json!({ "jkt": key })),
            "exp": token.expires_at.as_seconds(),
            "iat": token.issued_at.as_seconds(),
            "nbf": token.not_before.as_seconds(),
            "aud": token.audience,
            "iss": self.api.tokens.issuer(),
            "jti": token.id,
            "tid": self.api.tenant,
        });
        match &token.actor {
            Actor::User(user) => {
                described["scope"] = json!(user.scopes.join(" "));
                described["username"] = json!(user.user_principal_name);
                described["sub"] = json!(user.user_id);
                described["sid"] = json!(user.session_id);
                described["acr"] = json!(user.acr);
                described["amr"] = json!(user.amr);
                described["auth_time"] = json!(user.authenticated_at.map(|at| at.as_seconds()));
            }
            Actor::Application { service_principal_id, roles } => {
                described["sub"] = json!(service_principal_id);
                described["roles"] = json!(roles);
            }
        }
        members(described)
    }
}

fn members(described: Json) -> Option<Map<String, Json>> {
    match described {
        Json::Object(members) => Some(members),
        _ => None,
    }
}
