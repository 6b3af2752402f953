use std::collections::BTreeMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use riskgate_core::Timestamp;
use riskgate_model::{RiskDetection, RiskLevel, RiskyUser, User};
use riskgate_risk::state::UserOwner;
use riskgate_risk::{DirectoryReads, UserActivityHistory};
use riskgate_store::{Batch, StoreExt, retry};
use serde_json::json;

use super::raise::ActivityFound;
use crate::digest::sha256;
use crate::{Protection, ProtectionError};

/// People whose reading is counted at once.
const MOST_PEOPLE: usize = 2_000;

/// What people read of the directory just now, on this node.
pub(crate) struct RecentReads(Mutex<Counted>);

struct Counted {
    reads: DirectoryReads,
    /// Who read since the last look: how many objects in his ten minutes, when and from where last.
    latest: BTreeMap<String, Latest>,
}

#[derive(Clone, Copy)]
struct Latest {
    objects: usize,
    at: Timestamp,
    address: IpAddr,
}

impl Default for RecentReads {
    fn default() -> Self {
        Self(Mutex::new(Counted { reads: DirectoryReads::new(MOST_PEOPLE), latest: BTreeMap::new() }))
    }
}

impl Protection {
    /// Counts objects of the directory that a person read through the API, by their identifiers. Writes nothing.
    pub fn count_reads<'a>(&self, user_id: &str, address: IpAddr, ids: impl IntoIterator<Item = &'a str>) {
        let at = self.clock.now();
        let hashes = ids.into_iter().map(|id| BuildHasherDefault::<DefaultHasher>::default().hash_one(id));
        let counted = &mut *self.reads.0.lock().unwrap_or_else(PoisonError::into_inner);
        let objects = counted.reads.count(user_id, hashes, at);
        if counted.latest.len() < MOST_PEOPLE || counted.latest.contains_key(user_id) {
            counted.latest.insert(user_id.to_owned(), Latest { objects, at, address });
        }
    }

    /// Raises who read anomalously much since the last time (`suspiciousAPITraffic`), and learns how much the others read.
    /// To be called every few seconds by one task.
    ///
    /// # Errors
    /// What the store fails with; who was not looked at is looked at when he reads again.
    pub async fn watch_reads(&self) -> Result<(), ProtectionError> {
        let latest = {
            let mut counted = self.reads.0.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut counted.latest)
        };
        for (user_id, latest) in latest {
            retry(|| self.look_at_reads(&user_id, latest)).await?;
        }
        Ok(())
    }

    async fn look_at_reads(&self, user_id: &str, latest: Latest) -> Result<(), ProtectionError> {
        let Some(user) = self.store.load::<User>(self.tenant, user_id).await? else { return Ok(()) };
        let mut kept = self.kept_activity::<UserActivityHistory>(user_id).await?;
        let reading = &mut kept.history.reading;
        let config = &self.settings().user_activity;
        if reading.suspected > 0.0 && !self.is_at_risk(user_id).await? {
            reading.settle(latest.at);
        }
        let known = reading.reading(latest.at, config);
        let found = {
            let counted = self.reads.0.lock().unwrap_or_else(PoisonError::into_inner);
            counted.reads.find(user_id, known, config)
        };
        let is_found = found.is_some();
        let mut batch = Batch::new(self.tenant);
        match found {
            Some(finding) => {
                reading.suspect(latest.objects);
                let found = ActivityFound {
                    id: once_a_day(user_id, latest.at),
                    at: latest.at,
                    address: Some(latest.address),
                    finding,
                    audit_id: None,
                };
                kept.write(&mut batch, user_id, None)?;
                // Said today on this or another node: it is learned that it is suspected, and nothing is raised again.
                if self.store.load::<RiskDetection>(self.tenant, &found.id).await?.is_none() {
                    let owner = Some(UserOwner::from(&user.record));
                    let settings = json!({ "userActivity": config });
                    self.raise_activities(&mut batch, owner, &[found], &settings).await?;
                }
            }
            None if f64::from(config.reads) <= latest.objects as f64 && reading.suspected > 0.0 => {
                return Ok(());
            }
            None if !reading.learn(latest.objects, latest.at) => return Ok(()),
            None => kept.write(&mut batch, user_id, None)?,
        }
        self.store.commit(batch).await?;
        if is_found {
            self.reads.0.lock().unwrap_or_else(PoisonError::into_inner).reads.was_said(user_id);
        }
        Ok(())
    }

    async fn is_at_risk(&self, user_id: &str) -> Result<bool, ProtectionError> {
        let row = self.store.load::<RiskyUser>(self.tenant, user_id).await?;
        let level = row.and_then(|row| row.record.risk_level).unwrap_or(RiskLevel::None);
        Ok(level != RiskLevel::None)
    }
}

fn once_a_day(user_id: &str, at: Timestamp) -> String {
    let day = at.as_seconds().div_euclid(86_400);
    sha256(format!("reading of the directory\n{user_id}\n{day}").as_bytes())
}
