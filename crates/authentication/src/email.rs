use std::time::Duration;

use aws_lc_rs::hmac;
use riskgate_store::records::{EmailChallenge, EmailMethod};
use riskgate_store::{Batch, StoreError, StoreExt, Versioned, retry};
use subtle::ConstantTimeEq;

use crate::digest::{keyed, sha256_hex};
use crate::throttle::count_failure;
use crate::{AuthnError, Services};

/// How long a code is good.
pub(crate) const LIFETIME: Duration = Duration::from_secs(10 * 60);
/// Wrong codes after which a challenge is over.
const MAX_FAILURES: u32 = 5;
/// Codes of a kind that are sent to one account before a pause.
const SENT_BEFORE_A_PAUSE: u32 = 5;

/// Addresses of people, and the codes that prove that they read mail there. It is no second factor of a sign-in: who reads
/// somebody's mail often has more of him already. It counts for a forgotten password only.
#[derive(Clone)]
pub struct EmailCodes {
    services: Services,
    key: hmac::Key,
}

/// A code to be mailed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedCode {
    /// Token for the page on which it is typed.
    pub challenge: String,
    /// The code, eight digits.
    pub code: String,
}

/// Why a code was not sent or not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmailCodeError {
    /// The code is wrong.
    #[error("the code is wrong")]
    Wrong,
    /// It is too old, was used, or guessed too often.
    #[error("the code is good no longer")]
    Expired,
    /// Too many were sent.
    #[error("too many codes were sent")]
    TooMany,
    /// Nobody's mistake.
    #[error(transparent)]
    Failed(#[from] AuthnError),
}

impl From<StoreError> for EmailCodeError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl EmailCodes {
    /// `key` protects the digests of codes; 32 bytes that stay the same over restarts and nodes.
    pub fn new(services: Services, key: &[u8]) -> Self {
        Self { services, key: hmac::Key::new(hmac::HMAC_SHA256, key) }
    }

    /// For how many minutes a code is good.
    pub fn minutes() -> u64 {
        LIFETIME.as_secs() / 60
    }

    /// The address of a user.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn address(&self, user_id: &str) -> Result<Option<EmailMethod>, AuthnError> {
        let found: Option<Versioned<EmailMethod>> =
            self.services.store.load(self.services.tenant, user_id).await?;
        Ok(found.map(|found| found.record))
    }

    /// Makes a code that proves an address a user wants to register.
    ///
    /// # Errors
    /// [`EmailCodeError::TooMany`], [`EmailCodeError::Failed`].
    pub async fn begin_registration(
        &self,
        user_id: &str,
        address: &str,
    ) -> Result<IssuedCode, EmailCodeError> {
        // Not the counter of forgotten passwords: nobody who is not signed in keeps a person from registering.
        let key = format!("email-register:{user_id}");
        if !count_failure(&self.services, &key, SENT_BEFORE_A_PAUSE, None).await? {
            return Err(EmailCodeError::TooMany);
        }
        Ok(self.issue(user_id, address).await?)
    }

    /// Registers the address the code was sent to, instead of the one there was.
    ///
    /// # Errors
    /// [`EmailCodeError`].
    pub async fn register(
        &self,
        user_id: &str,
        challenge: &str,
        code: &str,
    ) -> Result<EmailMethod, EmailCodeError> {
        let address = self.verify(challenge, user_id, code).await?;
        Ok(self.set(user_id, &address).await?)
    }

    /// Registers an address nobody has proven, as administrators do.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn set(&self, user_id: &str, address: &str) -> Result<EmailMethod, AuthnError> {
        let method = EmailMethod {
            id: user_id.to_owned(),
            address: address.to_owned(),
            created_date_time: self.services.clock.now(),
        };
        retry(|| async {
            let known: Option<Versioned<EmailMethod>> =
                self.services.store.load(self.services.tenant, user_id).await?;
            let mut batch = Batch::new(self.services.tenant);
            match known {
                Some(known) => batch.update(&Versioned { record: method.clone(), version: known.version })?,
                None => batch.insert(&method)?,
            }
            match self.services.store.commit(batch).await {
                Err(StoreError::Exists { table, id }) => Err(StoreError::Conflict { table, id }),
                outcome => outcome,
            }
        })
        .await?;
        Ok(method)
    }

    /// Forgets the address of a user; false if there is none.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn remove(&self, user_id: &str) -> Result<bool, AuthnError> {
        let removed = retry(|| async {
            let known: Option<Versioned<EmailMethod>> =
                self.services.store.load(self.services.tenant, user_id).await?;
            let Some(known) = known else { return Ok(false) };
            let mut batch = Batch::new(self.services.tenant);
            batch.delete(&known);
            self.services.store.commit(batch).await.map(|()| true)
        });
        Ok(removed.await?)
    }

    /// Makes a code. Whoever asks counts how many are sent.
    pub(crate) async fn issue(&self, account: &str, address: &str) -> Result<IssuedCode, AuthnError> {
        let challenge = self.services.rng.token();
        let mut bytes = [0; 8];
        self.services.rng.fill(&mut bytes);
        let code = format!("{:08}", u64::from_be_bytes(bytes) % 100_000_000);
        let id = sha256_hex(&challenge);
        let record = EmailChallenge {
            digest: keyed(&self.key, &[&id, &code]),
            id,
            account: account.to_owned(),
            address: address.to_owned(),
            failures: 0,
            expires_date_time: self.services.clock.now() + LIFETIME,
        };
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(&record)?;
        self.services.store.commit(batch).await?;
        Ok(IssuedCode { challenge, code })
    }

    /// Accepts a code once; the address it was sent to.
    pub(crate) async fn verify(
        &self,
        challenge: &str,
        account: &str,
        code: &str,
    ) -> Result<String, EmailCodeError> {
        let id = sha256_hex(challenge);
        let code: String = code.chars().filter(|c| c.is_ascii_digit()).take(9).collect();
        let digest = keyed(&self.key, &[&id, &code]);
        let tried = retry(|| async {
            let found: Option<Versioned<EmailChallenge>> =
                self.services.store.load(self.services.tenant, &id).await?;
            let now = self.services.clock.now();
            let is_good = |c: &EmailChallenge| {
                c.account == account && c.expires_date_time > now && c.failures < MAX_FAILURES
            };
            let Some(mut challenge) = found.filter(|found| is_good(&found.record)) else {
                return Ok(Err(EmailCodeError::Expired));
            };
            // Both outcomes are written against the version that was read: of guesses sent at the same moment, no more are
            // looked at than sent one after the other.
            let is_right: bool = challenge.record.digest.as_bytes().ct_eq(digest.as_bytes()).into();
            let mut batch = Batch::new(self.services.tenant);
            if is_right {
                batch.delete(&challenge);
            } else {
                challenge.record.failures = challenge.record.failures.saturating_add(1);
                batch.update(&challenge)?;
            }
            self.services.store.commit(batch).await?;
            Ok(if is_right { Ok(challenge.record.address) } else { Err(EmailCodeError::Wrong) })
        });
        match tried.await {
            Err(StoreError::Conflict { .. }) => Err(EmailCodeError::Expired),
            outcome => outcome?,
        }
    }
}
