use riskgate_model::User;
use riskgate_store::records::TokenGrant;

use crate::error::OAuthError;
use crate::state::App;

impl App {
    /// The user of a grant, if the account may still have tokens on it.
    ///
    /// # Errors
    /// `invalid_grant`: the account is gone or disabled, or its sessions were revoked since.
    pub(super) async fn user_in_good_standing(&self, grant: &TokenGrant) -> Result<User, OAuthError> {
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
}
