use riskgate_core::Timestamp;
use riskgate_model::User;
use riskgate_store::records::{ApplicationSession, TokenGrant};
use riskgate_store::{Batch, StoreError, StoreExt, Versioned};

use crate::digest::sha256_hex;
use crate::sessions::find_good;
use crate::{AuthnError, Services};

/// Browsers that are signed in to applications behind forward authentication. Each is good for one application on one
/// origin, and no longer than the [`crate::Sessions`] session it came from: signing out there, a revocation, a new
/// password or a disabled account ends it with the next request.
#[derive(Clone)]
pub struct ApplicationSessions {
    services: Services,
}

/// Somebody with a good session.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedIn {
    /// The session.
    pub session: ApplicationSession,
    /// The user as he is now.
    pub user: User,
}

impl ApplicationSessions {
    /// Sessions over a store.
    pub fn new(services: Services) -> Self {
        Self { services }
    }

    /// Signs a browser in to the application of a grant, on `origin`; `replaces` is the token it had, which is worth nothing
    /// afterwards. Returns the token for the cookie, or `None` if the grant is no longer good.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn create(
        &self,
        grant: TokenGrant,
        origin: &str,
        replaces: Option<&str>,
    ) -> Result<Option<String>, AuthnError> {
        let Some((_, expires_date_time)) = self.standing(&grant).await? else { return Ok(None) };
        let token = self.services.rng.token();
        let session = ApplicationSession {
            id: sha256_hex(&token),
            grant,
            origin: origin.to_owned(),
            created_date_time: self.services.clock.now(),
            expires_date_time,
        };
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(&session)?;
        self.services.store.commit(batch).await?;
        if let Some(old) = replaces {
            self.end(old).await?;
        }
        Ok(Some(token))
    }

    /// The session of a cookie, if it is still good for this application on this origin.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn load(
        &self,
        token: &str,
        app_id: &str,
        origin: &str,
    ) -> Result<Option<SignedIn>, AuthnError> {
        let found = self.load_any(token, origin).await?;
        Ok(found.filter(|found| found.session.grant.client_id.eq_ignore_ascii_case(app_id)))
    }

    /// The session of a cookie, if it is still good for some application on this origin.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn load_any(&self, token: &str, origin: &str) -> Result<Option<SignedIn>, AuthnError> {
        let Some(session) = self.find(token).await?.map(|found| found.record) else { return Ok(None) };
        if session.origin != origin || session.expires_date_time <= self.services.clock.now() {
            return Ok(None);
        }
        let standing = self.standing(&session.grant).await?;
        Ok(standing.map(|(user, _)| SignedIn { session, user }))
    }

    /// Signs a browser out of the application.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn end(&self, token: &str) -> Result<(), AuthnError> {
        let Some(session) = self.find(token).await? else { return Ok(()) };
        let mut batch = Batch::new(self.services.tenant);
        batch.delete(&session);
        match self.services.store.commit(batch).await {
            // It is gone already.
            Err(StoreError::Conflict { .. }) => Ok(()),
            outcome => Ok(outcome?),
        }
    }

    async fn find(&self, token: &str) -> Result<Option<Versioned<ApplicationSession>>, AuthnError> {
        if token.len() != 43 {
            return Ok(None);
        }
        Ok(self.services.store.load(self.services.tenant, &sha256_hex(token)).await?)
    }

    /// The user of a grant and the end of the session it came from, while both are good.
    async fn standing(&self, grant: &TokenGrant) -> Result<Option<(User, Timestamp)>, AuthnError> {
        let user: Option<Versioned<User>> =
            self.services.store.load(self.services.tenant, &grant.user_id).await?;
        let Some(user) = user.map(|user| user.record) else { return Ok(None) };
        let is_revoked =
            user.sign_in_sessions_valid_from_date_time.is_some_and(|from| grant.granted_date_time < from);
        if is_revoked {
            return Ok(None);
        }
        let session = find_good(&self.services, &user, &grant.session_id).await?;
        Ok(session.map(|session| (user, session.expires_date_time)))
    }
}
