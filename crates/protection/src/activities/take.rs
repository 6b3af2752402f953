use std::net::IpAddr;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{DirectoryAudit, ServicePrincipal, User};
use riskgate_risk::state::{ServicePrincipalOwner, UserOwner};
use riskgate_risk::{
    ActivityHistory, Administration, DirectoryActivity, Finding, UserActivityHistory, UserHistory,
};
use riskgate_store::records::PrincipalActivity;
use riskgate_store::{Batch, StoreExt, Versioned};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::raise::ActivityFound;
use crate::{Protection, ProtectionError};

/// What is older than this is learned, but raises nothing.
const NEWS: Duration = Duration::from_secs(86_400);

/// What somebody is known to do, as it was read.
pub(super) struct Kept<H> {
    row: Option<Versioned<PrincipalActivity>>,
    /// See above; kept by [`Kept::write`].
    pub(super) history: H,
}

impl<H: Serialize> Kept<H> {
    /// Adds what is known now to the batch, with the audit log up to a moment where it was read.
    pub(super) fn write(
        self,
        batch: &mut Batch,
        id: &str,
        until: Option<Timestamp>,
    ) -> Result<(), ProtectionError> {
        let history = serde_json::to_value(&self.history).unwrap_or_default();
        let before = self.row.as_ref().map(|row| row.record.until_date_time);
        let until_date_time = until.or(before).unwrap_or(Timestamp::from_seconds(0));
        let record = PrincipalActivity { id: id.to_owned(), history, until_date_time };
        match self.row {
            Some(row) => batch.update(&Versioned { record, version: row.version })?,
            None => batch.insert(&record)?,
        }
        Ok(())
    }

    fn was_read(&self, until: Timestamp) -> bool {
        self.row.as_ref().is_some_and(|row| row.record.until_date_time >= until)
    }
}

impl Protection {
    pub(super) async fn kept_activity<H: DeserializeOwned + Default>(
        &self,
        id: &str,
    ) -> Result<Kept<H>, ProtectionError> {
        let row = self.store.load::<PrincipalActivity>(self.tenant, id).await?;
        let history = row.as_ref().map(|row| row.record.history.clone()).unwrap_or_default();
        Ok(Kept { row, history: serde_json::from_value(history).unwrap_or_default() })
    }

    /// Counts what a service principal did and raises what is unusual, in one batch, once.
    pub(super) async fn take_of_application(
        &self,
        id: &str,
        done: &[DirectoryAudit],
        until: Timestamp,
    ) -> Result<(), ProtectionError> {
        let mut kept = self.kept_activity::<ActivityHistory>(id).await?;
        if kept.was_read(until) {
            return Ok(());
        }
        let config = &self.settings().workload;
        let found = news(done, until, |entry| {
            let activity =
                DirectoryActivity { name: &entry.activity_display_name, at: entry.activity_date_time };
            kept.history.take(&activity, config)
        });
        let mut batch = Batch::new(self.tenant);
        kept.write(&mut batch, id, Some(until))?;
        if !found.is_empty() {
            let principal = self.store.load::<ServicePrincipal>(self.tenant, id).await?;
            let owner = principal.map(|kept| ServicePrincipalOwner::from(&kept.record));
            self.raise_activities(&mut batch, owner, &found, &json!({ "workload": config })).await?;
        }
        Ok(self.store.commit(batch).await?)
    }

    /// The same of a person.
    pub(super) async fn take_of_user(
        &self,
        id: &str,
        done: &[DirectoryAudit],
        until: Timestamp,
    ) -> Result<(), ProtectionError> {
        let mut kept = self.kept_activity::<UserActivityHistory>(id).await?;
        if kept.was_read(until) {
            return Ok(());
        }
        let sign_ins = self.history(id).await?.history;
        let config = &self.settings().user_activity;
        let found =
            news(done, until, |entry| kept.history.take(&self.administration(entry, &sign_ins), config));
        let mut batch = Batch::new(self.tenant);
        kept.write(&mut batch, id, Some(until))?;
        if !found.is_empty() {
            let owner = self.store.load::<User>(self.tenant, id).await?;
            let owner = owner.map(|user| UserOwner::from(&user.record));
            self.raise_activities(&mut batch, owner, &found, &json!({ "userActivity": config })).await?;
        }
        Ok(self.store.commit(batch).await?)
    }

    fn administration<'a>(&self, entry: &'a DirectoryAudit, sign_ins: &UserHistory) -> Administration<'a> {
        let at = entry.activity_date_time;
        let address = address(entry);
        let network = address
            .and_then(|text| text.parse::<IpAddr>().ok())
            .map(|address| self.intel.network(address, at));
        let what = (&*entry.activity_display_name, at, address);
        Administration::by(sign_ins, network.as_ref(), what, &self.settings().user_activity)
    }
}

/// From where something was done.
pub(super) fn address(entry: &DirectoryAudit) -> Option<&str> {
    entry.initiated_by.user.as_ref().and_then(|user| user.ip_address.as_deref())
}

/// What is found in entries that are new; the others teach as well.
fn news(
    done: &[DirectoryAudit],
    until: Timestamp,
    mut take: impl FnMut(&DirectoryAudit) -> Option<Finding>,
) -> Vec<ActivityFound> {
    let found = done.iter().filter_map(|entry| Some((entry, take(entry)?)));
    let news = found.filter(|(entry, _)| until.since(entry.activity_date_time) <= NEWS);
    news.map(|(entry, finding)| ActivityFound::of_entry(entry, finding)).collect()
}
