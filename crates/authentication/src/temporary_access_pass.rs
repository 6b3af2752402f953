use std::net::IpAddr;

use aws_lc_rs::hmac;
use riskgate_core::Timestamp;
use riskgate_model::AuthenticationMethodKind;
use riskgate_store::records::{AuthenticationMethod, TemporaryAccessPass};
use riskgate_store::{Batch, StoreError, StoreExt, Versioned, retry};

use crate::digest::keyed;
use crate::throttle::{ACCOUNT_LIMIT, ADDRESS_LIMIT, count_failure, forget};
use crate::{AuthnError, Services};

/// Letters and digits nobody takes for another one; thirty-two, so that a random byte chooses each as often: five bits each.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Longest pass that is read, in characters.
const LONGEST: usize = 64;

/// Passes an administrator hands to somebody who has nothing else to prove himself with, for a while. A pass stands for both
/// kinds of factor, since whoever hands it out made sure of who gets it. Only its keyed digest is kept.
#[derive(Clone)]
pub struct TemporaryAccessPasses {
    services: Services,
    key: hmac::Key,
}

/// A pass that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTemporaryAccessPass {
    /// From when on it is good.
    pub start_date_time: Timestamp,
    /// For how long.
    pub lifetime_in_minutes: i32,
    /// Whether it is good once.
    pub is_usable_once: bool,
    /// Its characters.
    pub length: usize,
}

/// Why a pass was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PassError {
    /// It is wrong, used up, not good yet or not any more, or there is none.
    #[error("the pass is wrong or not good now")]
    Wrong,
    /// Too many wrong ones; refused for a while.
    #[error("locked after too many wrong passes")]
    Locked,
    /// Nobody's mistake.
    #[error(transparent)]
    Failed(#[from] AuthnError),
}

impl From<StoreError> for PassError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl TemporaryAccessPasses {
    /// `key` protects the digests of passes; 32 bytes that stay the same over restarts and nodes.
    pub fn new(services: Services, key: &[u8]) -> Self {
        Self { services, key: hmac::Key::new(hmac::HMAC_SHA256, key) }
    }

    /// Makes a pass, which is to be written instead of the one its owner has, and the text of it, which is nowhere else.
    pub fn make(&self, user_id: &str, new: &NewTemporaryAccessPass) -> (AuthenticationMethod, String) {
        let mut bytes = vec![0; new.length];
        self.services.rng.fill(&mut bytes);
        let letters = bytes.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]));
        let text: String = letters.collect();
        let method = AuthenticationMethod {
            id: self.id_of(user_id),
            user_id: user_id.to_owned(),
            kind: kind(new.is_usable_once),
            sealed_secret: String::new(),
            created_date_time: self.services.clock.now(),
            last_used_step: None,
            display_name: None,
            passkey: None,
            phone: None,
            temporary_access_pass: Some(TemporaryAccessPass {
                digest: self.digest(user_id, &text),
                start_date_time: new.start_date_time,
                lifetime_in_minutes: new.lifetime_in_minutes,
                is_usable_once: new.is_usable_once,
                was_used: false,
            }),
        };
        (method, text)
    }

    /// The pass of a user, whether or not it is good now.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn of(&self, user_id: &str) -> Result<Option<Versioned<AuthenticationMethod>>, AuthnError> {
        Ok(self.load(user_id).await?)
    }

    /// What a user would prove with his pass now; `None` if there is none that is good.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn usable(&self, user_id: &str) -> Result<Option<AuthenticationMethodKind>, AuthnError> {
        let now = self.services.clock.now();
        Ok(self.load(user_id).await?.filter(|pass| pass.record.is_usable(now)).map(|pass| pass.record.kind))
    }

    /// Accepts the pass of an account: object identifier of a user, or what stands for a name nobody has, which is counted
    /// and refused alike; `from` is where a sign-in begins with it.
    ///
    /// # Errors
    /// [`PassError`].
    pub async fn verify(
        &self,
        account: &str,
        from: Option<IpAddr>,
        pass: &str,
    ) -> Result<AuthenticationMethodKind, PassError> {
        let counter = format!("pass:{account}");
        // Counted before it is looked at, like the codes of apps: however many are sent at the same moment.
        let source = from.map(|from| (format!("pass-from:{}", from.to_canonical()), ADDRESS_LIMIT));
        for (key, limit) in source.into_iter().chain([(counter.clone(), ACCOUNT_LIMIT)]) {
            if !count_failure(&self.services, &key, limit, None).await? {
                return Err(PassError::Locked);
            }
        }
        let digest = self.digest(account, pass);
        let used = retry(|| self.use_up(account, &digest)).await?;
        let kind = used.ok_or(PassError::Wrong)?;
        forget(&self.services, &counter).await?;
        Ok(kind)
    }

    /// One that is good once is written as used against the version that was read: of two who send it, one gets in.
    async fn use_up(
        &self,
        account: &str,
        digest: &str,
    ) -> Result<Option<AuthenticationMethodKind>, StoreError> {
        let now = self.services.clock.now();
        let Some(mut method) = self.load(account).await?.filter(|found| found.record.is_usable(now)) else {
            return Ok(None);
        };
        let kind = method.record.kind;
        let Some(pass) = &mut method.record.temporary_access_pass else { return Ok(None) };
        if pass.digest != digest {
            return Ok(None);
        }
        if !pass.was_used {
            pass.was_used = true;
            let mut batch = Batch::new(self.services.tenant);
            batch.update(&method)?;
            self.services.store.commit(batch).await?;
        }
        Ok(Some(kind))
    }

    async fn load(&self, user_id: &str) -> Result<Option<Versioned<AuthenticationMethod>>, StoreError> {
        let id = self.id_of(user_id);
        let found: Option<Versioned<AuthenticationMethod>> =
            self.services.store.load(self.services.tenant, &id).await?;
        Ok(found.filter(|found| found.record.user_id == user_id))
    }

    /// The identifier of a user's pass, always the same: nobody has two.
    fn id_of(&self, user_id: &str) -> String {
        let digits = keyed(&self.key, &["id", user_id]);
        let part = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
        format!("{}-{}-{}-{}-{}", part(0..8), part(8..12), part(12..16), part(16..20), part(20..32))
    }

    /// Keyed and bound to the account, so the comparison of digests tells nothing about a pass.
    fn digest(&self, account: &str, pass: &str) -> String {
        let letters = pass.chars().filter(char::is_ascii_alphanumeric).take(LONGEST);
        let pass: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
        keyed(&self.key, &[account, &pass])
    }
}

fn kind(is_usable_once: bool) -> AuthenticationMethodKind {
    match is_usable_once {
        true => AuthenticationMethodKind::TemporaryAccessPassOneTime,
        false => AuthenticationMethodKind::TemporaryAccessPassMultiUse,
    }
}
