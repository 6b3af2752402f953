use std::collections::BTreeMap;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{DirectoryAudit, UserIdentity};
use riskgate_odata::{Comparison, Filter};
use riskgate_store::records::AuditCursor;
use riskgate_store::{Batch, Direction, Query, StoreExt, Versioned, retry};

use crate::{Protection, ProtectionError};

/// Name of the cursor; people are read with applications since they are.
const READER: &str = "workload-activity";
/// What is written now may carry a moment that is a little older.
const SETTLED: Duration = Duration::from_secs(5);
/// Of the audit log before the first reading, this much is learned from.
const LEARNED_FROM: Duration = Duration::from_secs(60 * 86_400);
/// Read at once.
const WINDOW: Duration = Duration::from_secs(3_600);
const WINDOWS: usize = 48;

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doer {
    /// A service principal, by its identifier.
    Application(String),
    /// A person, by his.
    User(String),
}

impl Protection {
    /// Reads on in the audit log and raises what service principals (`anomalousServicePrincipalActivity`) and people
    /// (`anomalousUserActivity`) do unusually. Some hours at most; returns whether there is more. Several nodes may do so at
    /// the same time.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn watch_activity(&self) -> Result<bool, ProtectionError> {
        for _ in 0..WINDOWS {
            if !retry(|| self.watch_window()).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn watch_window(&self) -> Result<bool, ProtectionError> {
        let settled = self.clock.now() - SETTLED;
        let cursor = self.store.load::<AuditCursor>(self.tenant, READER).await?;
        let from = cursor.as_ref().map_or(settled - LEARNED_FROM, |cursor| cursor.record.until_date_time);
        // Where nothing was written, nothing is: an idle tenant costs one look and no write.
        let Some(from) = self.first_entry(from, settled).await? else { return Ok(false) };
        let until = settled.min(from + WINDOW);
        for (doer, done) in self.done_by_others(from, until).await? {
            retry(|| async {
                match &doer {
                    Doer::Application(id) => self.take_of_application(id, &done, until).await,
                    Doer::User(id) => self.take_of_user(id, &done, until).await,
                }
            })
            .await?;
        }
        let read = AuditCursor { id: READER.to_owned(), until_date_time: until };
        let mut batch = Batch::new(self.tenant);
        match cursor {
            Some(cursor) => batch.update(&Versioned { record: read, version: cursor.version })?,
            None => batch.insert(&read)?,
        }
        self.store.commit(batch).await?;
        Ok(until < settled)
    }

    /// The moment of the first audit entry within a time.
    async fn first_entry(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Timestamp>, ProtectionError> {
        let first = Query::filtered(within(from, until), 1).ordered("activityDateTime", Direction::Ascending);
        let found = self.store.find::<DirectoryAudit>(self.tenant, &first).await?.items;
        Ok(found.first().map(|entry| entry.record.activity_date_time))
    }

    /// Audit entries within a time, by who caused them, oldest first. What people do to their own accounts is left out.
    async fn done_by_others(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<BTreeMap<Doer, Vec<DirectoryAudit>>, ProtectionError> {
        let mut by_doer = BTreeMap::<Doer, Vec<DirectoryAudit>>::new();
        for found in self.store.find_all::<DirectoryAudit>(self.tenant, within(from, until)).await? {
            if let Some(doer) = doer(&found.record) {
                by_doer.entry(doer).or_default().push(found.record);
            }
        }
        for done in by_doer.values_mut() {
            done.sort_by(|a, b| (a.activity_date_time, &a.id).cmp(&(b.activity_date_time, &b.id)));
        }
        Ok(by_doer)
    }
}

fn doer(entry: &DirectoryAudit) -> Option<Doer> {
    let by = &entry.initiated_by;
    if let Some(id) = by.app.as_ref().and_then(|app| app.service_principal_id.as_deref()) {
        return Some(Doer::Application(id.to_lowercase()));
    }
    let id = by.user.as_ref().and_then(|user: &UserIdentity| user.id.as_deref())?;
    let is_own = |target: &riskgate_model::TargetResource| {
        target.id.as_deref().is_some_and(|target| target.eq_ignore_ascii_case(id))
    };
    let is_about_himself = !entry.target_resources.is_empty() && entry.target_resources.iter().all(is_own);
    (!is_about_himself).then(|| Doer::User(id.to_lowercase()))
}

fn within(from: Timestamp, until: Timestamp) -> Filter {
    Filter::And(vec![
        Filter::compare("activityDateTime", Comparison::GreaterOrEqual, from),
        Filter::compare("activityDateTime", Comparison::Less, until),
    ])
}
