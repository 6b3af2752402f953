use std::net::IpAddr;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{AuthenticationFacts, User};
use riskgate_odata::Filter;
use riskgate_store::records::Session;
use riskgate_store::{Batch, StoreError, StoreExt, Versioned, retry};

use crate::digest::sha256_hex;
use crate::{AuthnError, Services};

/// Browsers that are signed in. The cookie holds a random token of which only the digest is kept; it changes whenever more
/// was proven, so that a token planted before a sign-in is worth nothing after it.
#[derive(Clone)]
pub struct Sessions {
    services: Services,
    lifetime: Duration,
}

impl Sessions {
    /// Sessions that end after `lifetime` whatever happens.
    pub fn new(services: Services, lifetime: Duration) -> Self {
        Self { services, lifetime }
    }

    /// Signs a browser in; `replaces` is the token it had, whose session goes on under the new one if it is the same
    /// user's and has not expired. Returns the new token for the cookie.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn create(
        &self,
        user_id: &str,
        authentication: &AuthenticationFacts,
        address: IpAddr,
        user_agent: Option<&str>,
        replaces: Option<&str>,
    ) -> Result<(String, Session), AuthnError> {
        let now = self.services.clock.now();
        let token = self.services.rng.token();
        let old: Option<Versioned<Session>> = match replaces {
            Some(token) => self.services.store.load(self.services.tenant, &sha256_hex(token)).await?,
            None => None,
        };
        let is_continued =
            |old: &&Versioned<Session>| old.record.user_id == user_id && old.record.expires_date_time > now;
        let continued = old.as_ref().filter(is_continued).map(|old| &old.record);
        let session = Session {
            id: sha256_hex(&token),
            session_id: continued.map_or_else(|| self.services.rng.guid(), |old| old.session_id.clone()),
            applications: continued.map(|old| old.applications.clone()).unwrap_or_default(),
            user_id: user_id.to_owned(),
            authentication: authentication.clone(),
            created_date_time: now,
            ip_address: address.to_string(),
            user_agent: user_agent.map(str::to_owned),
            expires_date_time: now + self.lifetime,
        };
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(&session)?;
        let alone = batch.clone();
        if let Some(old) = &old {
            batch.delete(old);
            if old.record.session_id != session.session_id {
                self.announce_end(&mut batch, &old.record)?;
            }
        }
        match self.services.store.commit(batch).await {
            // The old one was ended meanwhile.
            Err(StoreError::Conflict { .. }) => self.services.store.commit(alone).await?,
            outcome => outcome?,
        }
        Ok((token, session))
    }

    /// The session of a cookie, if it is still good.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn load(&self, token: &str) -> Result<Option<Session>, AuthnError> {
        if token.len() != 43 {
            return Ok(None);
        }
        let found: Option<Versioned<Session>> =
            self.services.store.load(self.services.tenant, &sha256_hex(token)).await?;
        let Some(session) = found.map(|found| found.record) else { return Ok(None) };
        if session.expires_date_time <= self.services.clock.now() {
            return Ok(None);
        }
        let user: Option<Versioned<User>> =
            self.services.store.load(self.services.tenant, &session.user_id).await?;
        Ok(user.filter(|user| still_counts(&session.authentication, &user.record)).map(|_| session))
    }

    /// Signs a browser out.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn end(&self, token: &str) -> Result<(), AuthnError> {
        let found: Option<Versioned<Session>> =
            self.services.store.load(self.services.tenant, &sha256_hex(token)).await?;
        match found {
            Some(session) => self.delete(&session).await,
            None => Ok(()),
        }
    }

    /// The browsers a user is signed in with, newest first; what counts no longer is not among them.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn list(&self, user: &User) -> Result<Vec<Session>, AuthnError> {
        let filter = Filter::equals("userId", user.id.as_str());
        let now = self.services.clock.now();
        let found = self.services.store.find_all::<Session>(self.services.tenant, filter).await?;
        let mut good: Vec<_> = found
            .into_iter()
            .map(|found| found.record)
            .filter(|session| session.expires_date_time > now && still_counts(&session.authentication, user))
            .collect();
        good.sort_by_key(|session| std::cmp::Reverse(session.created_date_time));
        Ok(good)
    }

    /// Signs one browser of a user out, by its `sid`; false if there is none.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn end_by_sid(&self, user_id: &str, session_id: &str) -> Result<bool, AuthnError> {
        let filter =
            Filter::And(vec![Filter::equals("userId", user_id), Filter::equals("sessionId", session_id)]);
        let found = self.services.store.find_all::<Session>(self.services.tenant, filter).await?;
        for session in &found {
            self.delete(session).await?;
        }
        Ok(!found.is_empty())
    }

    /// Signs all browsers of a user out.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn end_all(&self, user_id: &str) -> Result<(), AuthnError> {
        let filter = Filter::equals("userId", user_id);
        for session in self.services.store.find_all::<Session>(self.services.tenant, filter).await? {
            self.delete(&session).await?;
        }
        Ok(())
    }

    /// Writes that an application was signed in to from a session. One that has ended meanwhile stays ended.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn add_application(&self, session: &Session, client_id: &str) -> Result<(), AuthnError> {
        if session.applications.contains(client_id) {
            return Ok(());
        }
        let added: Result<(), StoreError> = retry(|| async {
            let found = self.services.store.load::<Session>(self.services.tenant, &session.id).await?;
            let Some(mut found) = found else { return Ok(()) };
            if !found.record.applications.insert(client_id.to_owned()) {
                return Ok(());
            }
            let mut batch = Batch::new(self.services.tenant);
            batch.update(&found)?;
            self.services.store.commit(batch).await
        })
        .await;
        Ok(added?)
    }

    /// Sees to it that the applications of a session learn that it has ended.
    fn announce_end(&self, batch: &mut Batch, session: &Session) -> Result<(), AuthnError> {
        let now = self.services.clock.now();
        for notice in session.logout_notices(now, || self.services.rng.guid()) {
            batch.insert(&notice)?;
        }
        Ok(())
    }

    async fn delete(&self, session: &Versioned<Session>) -> Result<(), AuthnError> {
        let mut batch = Batch::new(self.services.tenant);
        batch.delete(session);
        self.announce_end(&mut batch, &session.record)?;
        match self.services.store.commit(batch).await {
            // It is gone already.
            Err(StoreError::Conflict { .. }) => Ok(()),
            outcome => Ok(outcome?),
        }
    }
}

/// The session of this `sid`, if it is one of the user's and still good.
pub(crate) async fn find_good(
    services: &Services,
    user: &User,
    session_id: &str,
) -> Result<Option<Session>, AuthnError> {
    let filter = Filter::And(vec![
        Filter::equals("userId", user.id.as_str()),
        Filter::equals("sessionId", session_id),
    ]);
    let now = services.clock.now();
    let found = services.store.find_all::<Session>(services.tenant, filter).await?;
    let mut good = found.into_iter().map(|found| found.record);
    Ok(good.find(|session| session.expires_date_time > now && still_counts(&session.authentication, user)))
}

/// Whether what somebody proved still counts: the account is enabled, and its sessions were not revoked since the oldest of
/// it.
pub fn still_counts(proven: &AuthenticationFacts, user: &User) -> bool {
    let oldest = proven.methods.iter().map(|used| used.at).min();
    match oldest {
        Some(at) => !was_revoked_since(user, at),
        None => user.account_enabled != Some(false) && user.sign_in_sessions_valid_from_date_time.is_none(),
    }
}

/// Whether the account is disabled, or its sessions were revoked after this moment.
pub(crate) fn was_revoked_since(user: &User, at: Timestamp) -> bool {
    user.account_enabled == Some(false)
        || user.sign_in_sessions_valid_from_date_time.is_some_and(|from| at < from)
}
