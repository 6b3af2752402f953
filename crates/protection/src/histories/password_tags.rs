use std::sync::{Mutex, PoisonError};

use aws_lc_rs::hmac;
use riskgate_core::Timestamp;
use riskgate_ports::Seal;
use riskgate_store::records::DayKey;
use riskgate_store::{Batch, StoreError, StoreExt};

use crate::{Protection, ProtectionError};

/// What the key is sealed for.
const PURPOSE: &str = "day-key";
const DAY: i64 = 86_400;
/// Of the digest of a password this much is used: equal passwords meet, and whoever has key and tag learns only that it is
/// one of many (one of 60 among a billion).
const BITS: u64 = (1 << 24) - 1;

/// Tells equal passwords and names apart from others for a day, without keeping one. The key is drawn anew each day; where
/// there is a master key, it is kept sealed until the day is over, for other nodes and the next start.
#[derive(Default)]
pub(crate) struct DayKeys(Mutex<Option<(i64, hmac::Key)>>);

impl DayKeys {
    fn of(&self, day: i64) -> Option<hmac::Key> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(of, _)| *of == day).map(|(_, key)| key.clone())
    }

    /// Keeps the key of a day; the first one stays.
    fn keep(&self, day: i64, bytes: &[u8]) -> hmac::Key {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.as_ref().filter(|(of, _)| *of == day) {
            Some((_, key)) => key.clone(),
            None => kept.insert((day, hmac::Key::new(hmac::HMAC_SHA256, bytes))).1.clone(),
        }
    }
}

impl Protection {
    /// A tag that equal passwords of one day share, for [`crate::Attempt::password_tag`].
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn password_tag(&self, password: &str) -> Result<u64, ProtectionError> {
        Ok(self.digest("password", password).await? & BITS)
    }

    /// What stands for a name that does not exist: people type passwords where names belong.
    pub(crate) async fn name_tag(&self, name: &str) -> Result<String, ProtectionError> {
        Ok(format!("name:{:016x}", self.digest("name", name).await?))
    }

    async fn digest(&self, purpose: &str, text: &str) -> Result<u64, ProtectionError> {
        let key = self.day_key().await?;
        let mut context = hmac::Context::with_key(&key);
        context.update(purpose.as_bytes());
        context.update(b"\n");
        context.update(text.as_bytes());
        let digest = context.sign();
        Ok(u64::from_be_bytes(digest.as_ref().first_chunk::<8>().copied().unwrap_or_default()))
    }

    async fn day_key(&self) -> Result<hmac::Key, ProtectionError> {
        let day = self.clock.now().as_seconds().div_euclid(DAY);
        if let Some(known) = self.day_keys.of(day) {
            return Ok(known);
        }
        let bytes = match &self.seal {
            Some(seal) => self.kept_day_key(day, &**seal).await?,
            None => self.drawn_key(),
        };
        Ok(self.day_keys.keep(day, &bytes))
    }

    /// The key of all nodes; of several that draw one at the same moment one wins.
    async fn kept_day_key(&self, day: i64, seal: &dyn Seal) -> Result<Vec<u8>, ProtectionError> {
        let id = day.to_string();
        loop {
            if let Some(kept) = self.store.load::<DayKey>(self.tenant, &id).await? {
                return Ok(seal.open(PURPOSE, &kept.record.sealed_key).unwrap_or_else(|error| {
                    tracing::error!(%error, "the key of the day is of another master key; passwords are told apart by a new one");
                    self.drawn_key()
                }));
            }
            let bytes = self.drawn_key();
            let end = Timestamp::from_seconds(day.saturating_add(1).saturating_mul(DAY));
            let key =
                DayKey { id: id.clone(), sealed_key: seal.seal(PURPOSE, &bytes), expires_date_time: end };
            let mut batch = Batch::new(self.tenant);
            batch.insert(&key)?;
            match self.store.commit(batch).await {
                Ok(()) => return Ok(bytes),
                Err(StoreError::Exists { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn drawn_key(&self) -> Vec<u8> {
        let mut bytes = [0; 32];
        self.rng.fill(&mut bytes);
        bytes.to_vec()
    }
}
