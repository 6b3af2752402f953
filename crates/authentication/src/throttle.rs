//! Smart lockout: failures are counted for each key; at the limit the key is locked for a minute, then for twice as long
//! each time, up to an hour. A success forgets them.

use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_store::records::FailureCounter;
use riskgate_store::{Batch, StoreError, StoreExt, Versioned, retry};

use crate::{AuthnError, Services};

/// Failures before an account, or the codes of one, are locked.
pub(crate) const ACCOUNT_LIMIT: u32 = 10;
/// Failures before an address is locked. Many people share one behind an office or a mobile carrier, and a lock that fell
/// early would hide a password spray from the detectors, which need to see whom it tries.
pub(crate) const ADDRESS_LIMIT: u32 = 100;
const FIRST_LOCK: Duration = Duration::from_secs(60);
const LONGEST_LOCK: Duration = Duration::from_secs(60 * 60);
/// A counter nobody adds to is forgotten after this long.
const KEEP: Duration = Duration::from_secs(24 * 60 * 60);
/// How many wrong passwords are remembered, so that repeating one is not counted twice.
const REMEMBERED: usize = 3;

/// Whether a key is locked now.
pub(crate) async fn is_locked(services: &Services, key: &str) -> Result<bool, StoreError> {
    let counter: Option<Versioned<FailureCounter>> = services.store.load(services.tenant, key).await?;
    let now = services.clock.now();
    Ok(counter.is_some_and(|counter| is_locked_at(&counter.record, now)))
}

/// Counts a failure; false if the key is locked, which counts nothing. `digest` stands for the wrong value; one of the last
/// three is not counted again.
pub(crate) async fn count_failure(
    services: &Services,
    key: &str,
    limit: u32,
    digest: Option<&str>,
) -> Result<bool, AuthnError> {
    match retry(|| try_count(services, key, limit, digest)).await {
        // As many others as there were attempts have been counted in between: this is a flood, and it is refused.
        Err(StoreError::Conflict { .. }) => Ok(false),
        outcome => Ok(outcome?),
    }
}

async fn try_count(
    services: &Services,
    key: &str,
    limit: u32,
    digest: Option<&str>,
) -> Result<bool, StoreError> {
    let now = services.clock.now();
    let found: Option<Versioned<FailureCounter>> = services.store.load(services.tenant, key).await?;
    let mut counter = match &found {
        Some(known) if known.record.expires_date_time > now => known.record.clone(),
        _ => nothing_counted(key, now),
    };
    if is_locked_at(&counter, now) {
        return Ok(false);
    }
    if !add(&mut counter, now, limit, digest) {
        return Ok(true);
    }
    let mut batch = Batch::new(services.tenant);
    match found {
        Some(known) => batch.update(&Versioned { record: counter, version: known.version })?,
        None => batch.insert(&counter)?,
    }
    match services.store.commit(batch).await {
        // Two first failures at once: the second counts on top of the first.
        Err(StoreError::Exists { table, id }) => Err(StoreError::Conflict { table, id }),
        outcome => outcome.map(|()| true),
    }
}

fn nothing_counted(key: &str, now: Timestamp) -> FailureCounter {
    FailureCounter {
        id: key.to_owned(),
        failures: 0,
        locks: 0,
        locked_until: None,
        recent_digests: Vec::new(),
        expires_date_time: now + KEEP,
    }
}

fn is_locked_at(counter: &FailureCounter, now: Timestamp) -> bool {
    counter.locked_until.is_some_and(|until| until > now)
}

/// Adds one failure; false if it is a repetition.
fn add(counter: &mut FailureCounter, now: Timestamp, limit: u32, digest: Option<&str>) -> bool {
    if let Some(digest) = digest {
        if counter.recent_digests.iter().any(|known| known == digest) {
            return false;
        }
        counter.recent_digests.push(digest.to_owned());
        let excess = counter.recent_digests.len().saturating_sub(REMEMBERED);
        counter.recent_digests.drain(..excess);
    }
    counter.failures = counter.failures.saturating_add(1);
    counter.expires_date_time = now + KEEP;
    if counter.failures >= limit {
        let lock = FIRST_LOCK.saturating_mul(1 << counter.locks.min(10)).min(LONGEST_LOCK);
        counter.locked_until = Some(now + lock);
        counter.locks = counter.locks.saturating_add(1);
        counter.failures = 0;
    }
    true
}

/// Forgets the failures of a key.
pub(crate) async fn forget(services: &Services, key: &str) -> Result<(), StoreError> {
    let forgotten = retry(|| async {
        let found: Option<Versioned<FailureCounter>> = services.store.load(services.tenant, key).await?;
        let Some(counter) = found else { return Ok(()) };
        let mut batch = Batch::new(services.tenant);
        batch.delete(&counter);
        services.store.commit(batch).await
    });
    match forgotten.await {
        // Failures keep coming in: they stay counted.
        Err(StoreError::Conflict { .. }) => Ok(()),
        outcome => outcome,
    }
}
