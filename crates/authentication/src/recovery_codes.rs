use aws_lc_rs::hmac;
use riskgate_store::records::RecoveryCodeSet;
use riskgate_store::{Batch, StoreError, StoreExt, Versioned, retry};

use crate::digest::keyed;
use crate::throttle::{ACCOUNT_LIMIT, count_failure, forget};
use crate::{AuthnError, Services};

/// Codes in a set.
const CODES: usize = 10;
/// Letters and digits nobody takes for another one; thirty-two, so that a random byte chooses each as often.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Letters of a code: 50 bits.
const LENGTH: usize = 10;

/// Codes for the day on which everything else is lost, each good once. Only keyed digests are kept.
#[derive(Clone)]
pub struct RecoveryCodes {
    services: Services,
    key: hmac::Key,
}

/// Why a recovery code was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryCodeError {
    /// It is wrong or was used before.
    #[error("the code is wrong or was used before")]
    Wrong,
    /// Too many wrong ones; refused for a while.
    #[error("locked after too many wrong codes")]
    Locked,
    /// Nobody's mistake.
    #[error(transparent)]
    Failed(#[from] AuthnError),
}

impl RecoveryCodes {
    /// `key` protects the digests of codes; 32 bytes that stay the same over restarts and nodes.
    pub fn new(services: Services, key: &[u8]) -> Self {
        Self { services, key: hmac::Key::new(hmac::HMAC_SHA256, key) }
    }

    /// Makes a new set, shown this once; codes of the old one are good no longer.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn generate(&self, user_id: &str) -> Result<Vec<String>, AuthnError> {
        let codes: Vec<String> = (0..CODES).map(|_| self.code()).collect();
        let set = RecoveryCodeSet {
            id: user_id.to_owned(),
            digests: codes.iter().map(|code| self.digest(user_id, code)).collect(),
            created_date_time: self.services.clock.now(),
        };
        retry(|| async {
            let mut batch = Batch::new(self.services.tenant);
            match self.load(user_id).await? {
                Some(known) => batch.update(&Versioned { record: set.clone(), version: known.version })?,
                None => batch.insert(&set)?,
            }
            match self.services.store.commit(batch).await {
                Err(StoreError::Exists { table, id }) => Err(StoreError::Conflict { table, id }),
                outcome => outcome,
            }
        })
        .await?;
        Ok(codes)
    }

    /// How many codes are left; `None` if none were ever made.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn left(&self, user_id: &str) -> Result<Option<usize>, AuthnError> {
        Ok(self.load(user_id).await?.map(|set| set.record.digests.len()))
    }

    /// Accepts a code, once.
    ///
    /// # Errors
    /// [`RecoveryCodeError`].
    pub async fn verify(&self, user_id: &str, code: &str) -> Result<(), RecoveryCodeError> {
        self.verify_counted(user_id, code, &format!("recovery:{user_id}")).await
    }

    /// The same, with wrong codes counted under a key of its own.
    pub(crate) async fn verify_counted(
        &self,
        user_id: &str,
        code: &str,
        counter: &str,
    ) -> Result<(), RecoveryCodeError> {
        // Counted before it is looked at, like the codes of apps.
        if !count_failure(&self.services, counter, ACCOUNT_LIMIT, None).await? {
            return Err(RecoveryCodeError::Locked);
        }
        let digest = self.digest(user_id, code);
        let used = retry(|| async {
            let Some(mut set) = self.load(user_id).await? else { return Ok(false) };
            let Some(at) = set.record.digests.iter().position(|known| *known == digest) else {
                return Ok(false);
            };
            set.record.digests.remove(at);
            let mut batch = Batch::new(self.services.tenant);
            batch.update(&set)?;
            self.services.store.commit(batch).await.map(|()| true)
        });
        if !used.await.map_err(AuthnError::from)? {
            return Err(RecoveryCodeError::Wrong);
        }
        Ok(forget(&self.services, counter).await.map_err(AuthnError::from)?)
    }

    async fn load(&self, user_id: &str) -> Result<Option<Versioned<RecoveryCodeSet>>, StoreError> {
        self.services.store.load(self.services.tenant, user_id).await
    }

    /// Keyed and bound to the user, so the comparison of digests tells nothing about a code.
    fn digest(&self, user_id: &str, code: &str) -> String {
        let letters = code.chars().filter(char::is_ascii_alphanumeric).take(LENGTH + 1);
        let code: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
        keyed(&self.key, &[user_id, &code])
    }

    /// `abcde-fghij`.
    fn code(&self) -> String {
        let mut bytes = [0; LENGTH];
        self.services.rng.fill(&mut bytes);
        let letters = bytes.map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
        let (first, second) = letters.split_at(LENGTH / 2);
        format!("{}-{}", first.iter().collect::<String>(), second.iter().collect::<String>())
    }
}
