use std::net::IpAddr;

use aws_lc_rs::hmac;
use riskgate_model::User;
use riskgate_store::records::UserCredential;
use riskgate_store::{Batch, StoreError, StoreExt, Versioned, retry};
use secrecy::{ExposeSecret, SecretString};

use crate::digest::keyed;
use crate::familiar::{is_familiar, network_of, remember};
use crate::password::breached::BreachedCheck;
use crate::password::hasher::PasswordHasher;
use crate::password::rules::{PasswordRefused, PasswordRules};
use crate::throttle::{ACCOUNT_LIMIT, ADDRESS_LIMIT, count_failure, forget, is_locked};
use crate::{AuthnError, Services};

/// Verifies and changes passwords.
///
/// Nobody learns from the answer, or from how long it takes, whether an account exists: an unknown name is counted, locked
/// and verified against a decoy exactly like a known one. Failures are counted apart for networks the person signed in from
/// before and for all others, so that a stranger who guesses locks out strangers, not the person.
#[derive(Clone)]
pub struct Passwords {
    services: Services,
    hasher: PasswordHasher,
    key: hmac::Key,
    breached: Option<BreachedCheck>,
    rules: PasswordRules,
}

/// A name and a password somebody typed.
#[derive(Debug)]
pub struct PasswordAttempt<'a> {
    /// The account of that name, if there is one.
    pub user: Option<&'a User>,
    /// The name as typed.
    pub user_principal_name: &'a str,
    /// The password as typed.
    pub password: SecretString,
    /// Where from.
    pub address: IpAddr,
}

/// A right password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstFactor {
    /// It must be changed before anything else.
    pub must_change: bool,
    /// That is because it is known from breaches.
    pub is_breached: bool,
}

/// Why somebody did not get past the first factor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FirstFactorError {
    /// Name or password is wrong.
    #[error("wrong user name or password")]
    Wrong,
    /// Too many failures from here; even the right password is refused for a while.
    #[error("locked after too many failures")]
    Locked,
    /// The password is right, the account disabled.
    #[error("the account is disabled")]
    Disabled,
    /// Nobody's mistake.
    #[error(transparent)]
    Failed(#[from] AuthnError),
}

impl FirstFactorError {
    /// Its code in the sign-in log (`entra-semantics` §3.11).
    pub fn code(&self) -> Option<i32> {
        match self {
            Self::Wrong => Some(50_126),
            Self::Locked => Some(50_053),
            Self::Disabled => Some(50_057),
            Self::Failed(_) => None,
        }
    }
}

impl Passwords {
    /// `key` protects the digests of wrong passwords; 32 bytes that stay the same over restarts and nodes.
    pub fn new(services: Services, hasher: PasswordHasher, key: &[u8]) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, key);
        Self { services, hasher, key, breached: None, rules: PasswordRules::default() }
    }

    /// With the rules of the organization.
    pub fn with_rules(self, rules: PasswordRules) -> Self {
        Self { rules, ..self }
    }

    /// With what is done about passwords that are known from breaches; without it, nothing.
    pub fn with_breached_check(self, breached: Option<BreachedCheck>) -> Self {
        Self { breached, ..self }
    }

    /// What a new password must keep.
    pub fn rules(&self) -> &PasswordRules {
        &self.rules
    }

    /// The pool, for hashing passwords that others set.
    pub fn hasher(&self) -> &PasswordHasher {
        &self.hasher
    }

    /// Verifies a password.
    ///
    /// # Errors
    /// [`FirstFactorError`]; unknown names and wrong passwords are one and the same.
    pub async fn verify(&self, attempt: PasswordAttempt<'_>) -> Result<FirstFactor, FirstFactorError> {
        let counters = self.counters(&attempt).await?;
        self.refuse_if_locked(&counters).await?;
        let credential = self.credential(attempt.user).await?;
        let stored = credential.as_ref().map(|credential| credential.record.password_hash.as_str());
        // The digest is keyed by the account, so that equal passwords of two people look different.
        let digest = keyed(&self.key, &[&counters.account, attempt.password.expose_secret()]);
        let password = attempt.password.clone();
        let is_right = self.hasher.verify(stored, attempt.password).await.map_err(AuthnError::from)?;
        let (Some(user), Some(credential), true) = (attempt.user, credential, is_right) else {
            return Err(self.count_failure(&counters, &digest).await?);
        };
        // Guesses that all began before the lock fell are worth no more than those that came after it.
        self.refuse_if_locked(&counters).await?;
        if user.account_enabled == Some(false) {
            return Err(FirstFactorError::Disabled);
        }
        forget(&self.services, &counters.account).await.map_err(AuthnError::from)?;
        if counters.is_familiar {
            forget(&self.services, &counters.address).await.map_err(AuthnError::from)?;
        }
        let is_breached = match &self.breached {
            Some(check) => check.demands_change(&password).await,
            None => false,
        };
        Ok(FirstFactor { must_change: credential.record.must_change || is_breached, is_breached })
    }

    async fn refuse_if_locked(&self, counters: &Counters) -> Result<(), FirstFactorError> {
        for key in [&counters.account, &counters.address] {
            if is_locked(&self.services, key).await.map_err(AuthnError::from)? {
                return Err(FirstFactorError::Locked);
            }
        }
        Ok(())
    }

    /// Counts a wrong password; what to answer.
    async fn count_failure(&self, counters: &Counters, digest: &str) -> Result<FirstFactorError, AuthnError> {
        for (key, limit) in [(&counters.account, ACCOUNT_LIMIT), (&counters.address, ADDRESS_LIMIT)] {
            if !count_failure(&self.services, key, limit, Some(digest)).await? {
                return Ok(FirstFactorError::Locked);
            }
        }
        Ok(FirstFactorError::Wrong)
    }

    /// Learns that the person signs in from here, after a sign-in got through everything.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn remember_network(&self, user_id: &str, address: IpAddr) -> Result<(), AuthnError> {
        Ok(remember(&self.services, user_id, address).await?)
    }

    /// Sets the password a person chose himself.
    ///
    /// # Errors
    /// The refusal in the inner result; [`AuthnError`] if it could not be done.
    pub async fn choose(
        &self,
        user: &User,
        password: SecretString,
    ) -> Result<Result<(), PasswordRefused>, AuthnError> {
        let hash = match self.hash_chosen(user, password).await? {
            Ok(hash) => hash,
            Err(refused) => return Ok(Err(refused)),
        };
        retry(|| self.replace(user, &hash)).await?;
        Ok(Ok(()))
    }

    /// The hash of a password a person chose himself, if it keeps the rules and is another than the current one.
    ///
    /// # Errors
    /// The refusal in the inner result; [`AuthnError`] if it could not be done.
    pub async fn hash_chosen(
        &self,
        user: &User,
        password: SecretString,
    ) -> Result<Result<String, PasswordRefused>, AuthnError> {
        if let Err(refused) = self.rules.check(password.expose_secret(), user.into()) {
            return Ok(Err(refused));
        }
        if let Some(credential) = self.credential(Some(user)).await?
            && self.hasher.verify(Some(&credential.record.password_hash), password.clone()).await?
        {
            return Ok(Err(PasswordRefused::Unchanged));
        }
        if let Some(check) = &self.breached
            && check.refuses(&password).await
        {
            return Ok(Err(PasswordRefused::Breached));
        }
        Ok(Ok(self.hasher.hash(password).await?))
    }

    async fn replace(&self, user: &User, hash: &str) -> Result<(), AuthnError> {
        let mut batch = Batch::new(self.services.tenant);
        let new = UserCredential {
            id: user.id.clone(),
            password_hash: hash.to_owned(),
            changed_date_time: self.services.clock.now(),
            must_change: false,
        };
        match self.credential(Some(user)).await? {
            Some(known) => batch.update(&Versioned { record: new, version: known.version })?,
            None => batch.insert(&new)?,
        }
        match self.services.store.commit(batch).await {
            // Two first passwords at once: the second replaces the first.
            Err(StoreError::Exists { table, id }) => Err(StoreError::Conflict { table, id }.into()),
            outcome => Ok(outcome?),
        }
    }

    /// The stored password of a user.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn credential(
        &self,
        user: Option<&User>,
    ) -> Result<Option<Versioned<UserCredential>>, AuthnError> {
        // A name without an account costs the same read.
        let id = user.map_or("00000000-0000-0000-0000-000000000000", |user| &user.id);
        Ok(self.services.store.load(self.services.tenant, id).await?)
    }

    /// Forgets all failures of an account, passwords and codes alike: after an administrator set a new password, the
    /// person can sign in at once. Addresses that guessed stay locked.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn unlock(&self, user_id: &str) -> Result<(), AuthnError> {
        for kind in ["familiar", "unfamiliar"] {
            forget(&self.services, &self.account_key(kind, user_id)).await?;
        }
        Ok(forget(&self.services, &crate::oath::counter_key(user_id)).await?)
    }

    fn account_key(&self, kind: &str, account: &str) -> String {
        format!("account:{kind}:{}", keyed(&self.key, &[account]))
    }

    /// The counters of an attempt. An address counts with its whole network for IPv6.
    async fn counters(&self, attempt: &PasswordAttempt<'_>) -> Result<Counters, AuthnError> {
        let account = match attempt.user {
            Some(user) => user.id.clone(),
            // No identifier of a user has a colon: who types one as a name does not reach that user's counters.
            None => format!("name:{}", attempt.user_principal_name.to_lowercase()),
        };
        let is_familiar = is_familiar(&self.services, &account, attempt.address).await?;
        let kind = if is_familiar { "familiar" } else { "unfamiliar" };
        let source = match attempt.address.to_canonical() {
            address @ IpAddr::V4(_) => address.to_string(),
            address @ IpAddr::V6(_) => network_of(address),
        };
        // A person at a familiar network is not held up by what his neighbours do.
        let whose = if is_familiar { account.as_str() } else { "" };
        Ok(Counters {
            account: self.account_key(kind, &account),
            address: format!("address:{kind}:{}", keyed(&self.key, &[&source, whose])),
            is_familiar,
        })
    }
}

/// Keys of the counters an attempt is counted under.
struct Counters {
    /// The account, from this kind of network.
    account: String,
    /// The address; at a familiar network that of this account alone.
    address: String,
    is_familiar: bool,
}
