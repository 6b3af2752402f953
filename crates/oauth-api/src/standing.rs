use riskgate_model::User;
use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use riskgate_store::records::{Session, TokenGrant};
use riskgate_tokens::{AccessToken, UserActor};

use crate::error::OAuthError;
use crate::state::App;

impl App {
    /// The user of a grant, if the account may still have tokens on it.
    ///
    /// # Errors
    /// `invalid_grant`: the account is gone or disabled, or its sessions were revoked since.
    pub(crate) async fn user_in_good_standing(&self, grant: &TokenGrant) -> Result<User, OAuthError> {
        let Some(user) = self.api.directory.find_user(&grant.user_id).await? else {
            let message = "The user account has been deleted from the directory.";
            return Err(OAuthError::invalid_grant(500_341, message));
        };
        if user.account_enabled != Some(true) {
            return Err(OAuthError::invalid_grant(50_057, "The user account is disabled."));
        }
        let is_revoked =
            user.sign_in_sessions_valid_from_date_time.is_some_and(|from| grant.granted_date_time < from);
        if is_revoked {
            let message =
                "The grant was revoked, or the user's password was changed or reset. Sign in again.";
            return Err(OAuthError::dead_grant(50_173, message));
        }
        Ok(user)
    }

    /// The user of an access token, if the account is enabled and its sessions were not revoked since. Tokens count whole
    /// seconds; within the second of a revocation the session decides, which a revocation removes.
    pub(crate) async fn user_of_token(
        &self,
        token: &AccessToken,
        actor: &UserActor,
    ) -> Result<Option<User>, OAuthError> {
        let user = self.api.directory.find_user(&actor.user_id).await?;
        let Some(user) = user.filter(|user| user.account_enabled == Some(true)) else { return Ok(None) };
        let Some(valid_from) = user.sign_in_sessions_valid_from_date_time else { return Ok(Some(user)) };
        let (issued, valid) = (token.issued_at.as_seconds(), valid_from.as_seconds());
        if issued > valid {
            return Ok(Some(user));
        }
        let Some(session) = actor.session_id.as_deref().filter(|_| issued == valid) else { return Ok(None) };
        let filter = Filter::equals("sessionId", session);
        let session = self.api.store.find_one::<Session>(self.api.tenant, filter).await?;
        let is_good = session.is_some_and(|session| session.record.created_date_time >= valid_from);
        Ok(is_good.then_some(user))
    }
}
